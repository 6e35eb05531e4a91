import { z } from 'zod';
import { MAX_NAME_CHARS } from '../customer.ts';
import { status } from '../facts.ts';
import { id, reader } from '../paging.ts';
import { type AdaptiveCard, prepare } from '../render.ts';
import { plain } from '../text.ts';
import type { Wording } from '../wording/wording.ts';
import { approverParts } from './for-approver.ts';
import { repParts } from './for-rep.ts';
import template from './template.json' with { type: 'json' };
import { MAX_REASON_CHARS, REQUEST_COLORS, type RequestView } from './view.ts';

export type { RequestStateName, RequestView } from './view.ts';

/** Draws a request in whatever state it is in, for the rep who asked or for an approver. */
export function requestCard(view: RequestView, audience: 'rep' | 'approver', wording: Wording): AdaptiveCard {
  const forApprover = audience === 'approver';
  const title = forApprover
    ? wording.say('ask.title', { partner: plain(view.partnerName, MAX_NAME_CHARS) })
    : wording.say('request.title', { customer: plain(view.customer.name, MAX_NAME_CHARS) });
  const yours = forApprover && view.state === 'sent';
  const shown = status(
    REQUEST_COLORS[view.state],
    wording.say(yours ? 'request.state.sent.approver' : `request.state.${view.state}`),
  );
  const parts = forApprover ? approverParts(view, wording) : repParts(view, wording);
  return draw({ title, status: shown, ...parts }, wording, `${title}. ${shown.text}`);
}

/** Reads which request a button is about. */
export const parseRequestReference = reader({ reference: id });
/** Reads a refusal; the reason is what was typed, trimmed. */
export const parseDecline = reader({ reference: id, reason: z.string().trim().max(MAX_REASON_CHARS).default('') });

/** Reads which colleague is asked instead: one sign-in name as typed. */
export const parseDelegate = reader({ reference: id, colleague: z.string().trim().max(254).default('') });

const draw = prepare(template);
