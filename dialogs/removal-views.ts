import { type NoticeView, noticeCard } from '../cards/notice/card.ts';
import { type RemovalDeviceRow, type RemovalView, removalCard } from '../cards/removal/card.ts';
import type { AdaptiveCard } from '../cards/render.ts';
import { bare, plain } from '../cards/text.ts';
import { deviceWords } from '../cards/wording/sentences.ts';
import type { Wording } from '../cards/wording/wording.ts';
import { autopilotErrorName } from '../services/devices/batch.ts';
import type { RemovalId } from '../services/identity.ts';
import type { Message } from '../services/messages/message.ts';
import { concerned, type Removal, type RemovalDevice } from '../services/removals/removal.ts';
import type { RemovalService } from '../services/removals/removal-service.ts';

/** So many rows of devices fit on a card that is still read. */
const ROWS = 10;
const BATCHES = 5;
const FIRST_FAILURES = 5;
const MAX_NAME_CHARS = 80;

export type RemovalAudience = RemovalView['audience'];

/** Removals and what became of their devices, as their cards show them. */
export function createRemovalViews(removals: RemovalService) {
  async function view(
    removal: Removal,
    audience: RemovalAudience,
    wording: Wording,
    { page = 1, problem }: { page?: number; problem?: string } = {},
  ): Promise<RemovalView> {
    const counts = await removals.counts(removal.id);
    const pages = Math.max(1, Math.ceil(counts.total / ROWS));
    const shown = Math.min(page, pages);
    const devices = await removals.devices(removal.id, { limit: ROWS, offset: (shown - 1) * ROWS });
    return {
      removalId: removal.id,
      audience,
      state: removal.state,
      customer: removal.customer,
      requestedBy: removal.requestedBy.name,
      decidedBy: removal.decision?.by.name,
      decidedAt: removal.decision?.at,
      reason: removal.decision?.reason,
      expiresAt: removal.expiresAt,
      counts,
      batches: await removals.batchNames(removal.id, BATCHES),
      devices: devices.map((device) => row(device, wording)),
      page: shown,
      pages,
      problem,
    };
  }

  async function notice(removal: Removal, wording: Wording): Promise<NoticeView> {
    const { say } = wording;
    const names = {
      customer: plain(removal.customer.name, MAX_NAME_CHARS),
      name: plain(removal.decision?.by.name ?? '', MAX_NAME_CHARS),
    };
    const buttons = [
      { verb: 'removal.refresh', title: say('removal.openCard'), data: { removalId: removal.id } },
    ] as const;
    if (removal.state === 'refused') {
      const reason = removal.decision?.reason;
      const lines = reason ? [`${say('common.reason')} ${plain(reason, 500)}`] : [];
      return { tone: 'attention', title: say('notice.removal.refused', names), lines, buttons };
    }
    if (removal.state === 'expired')
      return {
        tone: 'attention',
        title: say('notice.removal.expired', names),
        lines: [say('removal.expired.text')],
        buttons,
      };
    const counts = await removals.counts(removal.id);
    const failed = counts.failed + counts.unknown;
    const done = say('notice.removal.done', { ...names, count: counts.removed + counts.gone });
    if (failed === 0) return { tone: 'good', title: done, lines: [say('removal.effect.stays')], buttons };
    const title = say('notice.removal.failures', { ...names, failed, total: concerned(counts) });
    const worst = await removals.devices(removal.id, { limit: FIRST_FAILURES, offset: 0 });
    const lines = worst
      .filter(({ state }) => state === 'failed' || state === 'unknown')
      .map((device) => row(device, wording))
      .map(({ identifier, reason = '' }) => plain(`${identifier}: ${reason}`, 400));
    return { tone: 'attention', title, lines: [...lines, done], buttons };
  }

  return {
    async removalCard(
      removal: Removal,
      audience: RemovalAudience,
      wording: Wording,
      more?: { page?: number; problem?: string },
    ): Promise<AdaptiveCard> {
      return removalCard(await view(removal, audience, wording, more), wording);
    },

    /** Draws a message about a removal: the live card of whoever asked or may confirm, or a notice of its end. */
    async removalMessage({ subjectId, role }: Message, wording: Wording): Promise<AdaptiveCard> {
      const removal = await removals.find(subjectId as RemovalId);
      if (role === 'removal.rep' || role === 'removal.remover')
        return this.removalCard(removal, role === 'removal.rep' ? 'rep' : 'remover', wording);
      return noticeCard(await notice(removal, wording), wording);
    },
  };
}

export type RemovalViews = ReturnType<typeof createRemovalViews>;

function row(device: RemovalDevice, wording: Wording): RemovalDeviceRow {
  const { pkid, serial, manufacturer, model, state, batchName } = device;
  const identifier = [pkid, serial, pkid ? '' : manufacturer, pkid ? '' : model].filter(Boolean).join(' · ');
  return { identifier, state, batchName, reason: reasonOf(device, wording) };
}

function reasonOf({ state, errorCode, errorStatus }: RemovalDevice, wording: Wording): string | undefined {
  if (state === 'unknown') return wording.say('removal.failed.unknown');
  if (state !== 'failed') return undefined;
  if (errorCode === 'relationship-not-active') return wording.say('removal.failed.relationship');
  if (errorCode === 'not-recorded') return wording.say('removal.failed.notRecorded');
  const name = autopilotErrorName(errorCode, undefined);
  if (name?.startsWith('Ztd')) {
    const { cause, nextStep } = deviceWords({ name, code: errorCode }, wording);
    return `${cause} ${nextStep}`;
  }
  return wording.say('removal.failed.other', { code: bare([errorStatus, errorCode].filter(Boolean).join(' '), 80) });
}
