import type { Database } from '../../../services/storage/ports.ts';
import type { Busy } from './people.ts';
import type { KillWorld } from './world.ts';

/** What Partner Center, Teams and the audit, the witnesses, say after all the kills. */
export type KillFigures = Readonly<{
  kills: number;
  seed: number;
  confirmed: number;
  registered: number;
  asked: number;
  decided: number;
  /** Messages that arrived more than once: at most one for each kill. */
  copies: number;
  lost: readonly string[];
  doubled: readonly string[];
  untold: readonly string[];
}>;

export type People = Readonly<Record<'registering' | 'requesting' | 'declining', Busy>>;

/** What has been promised to somebody and has not happened yet. */
export function stillOpen({ partnerCenter, robin, sam }: KillWorld, people: People) {
  const batches = partnerCenter.state().batches.map(({ batchId }) => batchId);
  const names = [...new Set([...people.registering.done, ...batches])];
  return {
    lost: people.registering.done.filter((name) => !batches.includes(name)),
    untold: [
      ...names.filter((name) => !endsOf(robin, name)),
      ...people.declining.done.filter((reason) => !noticesOf(sam, reason)),
    ],
  };
}

/** The final account. The audit is read after the last process has ended. */
export async function account(
  world: KillWorld,
  people: People,
  db: Database,
  run: Pick<KillFigures, 'kills' | 'seed'>,
): Promise<KillFigures> {
  const { partnerCenter, robin, sam } = world;
  const { creations, uploads } = partnerCenter.state().counters;
  const batches = partnerCenter.state().batches.map(({ batchId }) => batchId);
  const twice = await db.query(
    `select action || ' ' || subject_id as what from audit where subject_kind = 'request' or action ~ '^batch\\.'
     group by action, subject_id having count(*) > 1`,
  );
  const decisions = await db.query(
    `select subject_id from audit where action in ('request.declined', 'request.approved')`,
  );
  const copiesOf = [
    ...batches.map((name) => endsOf(robin, name)),
    ...people.declining.done.map((one) => noticesOf(sam, one)),
  ];
  return {
    ...run,
    confirmed: people.registering.done.length,
    registered: batches.length,
    asked: Number((await db.query(`select count(*) as n from audit where action = 'request.sent'`))[0]?.n),
    decided: new Set(decisions.map(({ subject_id }) => subject_id)).size,
    copies: copiesOf.reduce((sum, count) => sum + Math.max(count - 1, 0), 0),
    ...stillOpen(world, people),
    doubled: [
      ...[...Object.entries(creations), ...Object.entries(uploads)].filter(([, n]) => n > 1).map(([key]) => key),
      ...twice.map(({ what }) => String(what)),
    ],
  };
}

/** Notices, told apart from the card of the batch by what they say. */
function endsOf({ messages }: KillWorld['robin'], name: string): number {
  return countOf(messages, (card) => card.includes(name) && /devices? registered for/i.test(card));
}

function noticesOf({ messages }: KillWorld['sam'], reason: string): number {
  return countOf(messages, (card) => card.includes(reason) && card.includes('Fabrikam declined'));
}

function countOf(messages: KillWorld['robin']['messages'], fits: (card: string) => boolean): number {
  return messages.filter(({ from, cards }) => from === 'bot' && fits(JSON.stringify(cards))).length;
}
