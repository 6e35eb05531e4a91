import { parseDecline, parseDelegate, parseRequestReference } from '../../cards/relationship-request/card.ts';
import type { AdaptiveCard } from '../../cards/render.ts';
import { plain } from '../../cards/text.ts';
import { textsOf } from '../../dialogs/shown.ts';
import type { SignInDialog } from '../../dialogs/sign-in-dialog.ts';
import { type PressReply, requirePersonal, type Turn } from '../../dialogs/turn.ts';
import type { Views } from '../../dialogs/views.ts';
import { sentenceOf } from '../../dialogs/wording.ts';
import type { Access } from '../../services/access/access.ts';
import { noteShown, type Shown } from '../../services/audit/shown.ts';
import { ServiceError } from '../../services/errors.ts';
import type { Decision, RelationshipRequest } from '../../services/relationships/relationship.ts';
import type { RelationshipService } from '../../services/relationships/relationship-service.ts';
import { type ActionsFor, action, shown } from './action.ts';

export type ApprovalParts = Readonly<{
  relationships: RelationshipService;
  access: Access;
  views: Views;
  signIn: SignInDialog;
}>;

/** The approver's own buttons. The only road to a decision. */
export function createApproval({ relationships, access, views, signIn }: ApprovalParts) {
  const draw = (turn: Turn, request: RelationshipRequest) =>
    views.requestCard(request, access.isPartner(turn.speaker) ? 'rep' : 'approver', turn.wording);

  /** People of the partner see requests as reps or not at all; approvers see theirs in their own chat. */
  async function requireSight(turn: Turn): Promise<void> {
    if (access.isPartner(turn.speaker)) await access.requireRep(turn.speaker);
    else requirePersonal(turn);
  }

  /** What stands on the card whose button was pressed. It is drawn again: cards are drawn from the request alone. */
  function read(turn: Turn): (request: RelationshipRequest) => Promise<Shown> {
    const { wording, activityId } = turn;
    return async (request) => noteShown(wording.language, textsOf(await draw(turn, request)), activityId);
  }

  async function see(turn: Turn, reference: string): Promise<AdaptiveCard> {
    await requireSight(turn);
    return draw(turn, await relationships.see(reference, turn.speaker));
  }

  /** A press that comes too late gets the request as it is now, and a sentence that says so. */
  async function orCurrent(turn: Turn, reference: string, act: () => Promise<PressReply>): Promise<PressReply> {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof ServiceError) || error.code !== 'already-decided') throw error;
      return { replace: await see(turn, reference), replies: [{ text: sentenceOf(error, turn.wording, '') }] };
    }
  }

  return {
    orCurrent,
    open: see,

    answer(turn: Turn, reference: string, decision: Decision, reason?: string): Promise<PressReply> {
      const roles = () => signIn.readNow(turn);
      const answered = { decision, by: turn.speaker, reason, shown: read(turn), roles };
      return orCurrent(turn, reference, async () =>
        shown(await draw(turn, await relationships.answer(reference, answered))),
      );
    },

    delegate(turn: Turn, reference: string, colleague: string): Promise<PressReply> {
      return orCurrent(turn, reference, async () => {
        const request = await relationships.delegate(reference, turn.speaker, colleague);
        const text = turn.wording.say('chat.delegated', { name: plain(colleague, 120) });
        return { replace: await draw(turn, request), replies: [{ text }] };
      });
    },

    async check(turn: Turn, reference: string): Promise<PressReply> {
      await requireSight(turn);
      const request = await relationships.checkNow(reference, turn.speaker);
      const replace = await draw(turn, request);
      return request.state === 'approved'
        ? { replace, replies: [{ text: turn.wording.say('chat.notYetAccepted') }] }
        : { replace };
    },
  };
}

export type Approval = ReturnType<typeof createApproval>;

/** What an approver's buttons do. */
export function approvalActions(approval: Approval) {
  return {
    'request.open': action(parseRequestReference, async (turn, { reference }) =>
      shown(await approval.open(turn, reference)),
    ),
    'relationship.approve': action(parseRequestReference, (turn, { reference }) =>
      approval.answer(turn, reference, 'approve'),
    ),
    'relationship.decline': action(parseDecline, (turn, { reference, reason }) =>
      approval.answer(turn, reference, 'decline', reason),
    ),
    'relationship.delegate': action(parseDelegate, (turn, { reference, colleague }) =>
      approval.delegate(turn, reference, colleague),
    ),
    'relationship.check': action(parseRequestReference, (turn, { reference }) => approval.check(turn, reference)),
  } satisfies ActionsFor;
}
