import { z } from 'zod';
import { findBatch } from '../devices/batch-store.ts';
import type { ErrorCode } from '../errors.ts';
import { type BatchId, isGuestName, type TenantId } from '../identity.ts';
import type { Log } from '../log.ts';
import type { Deciding } from '../relationships/relationship.ts';
import { findRequestByReference } from '../relationships/request-store.ts';
import type { Database } from '../storage/ports.ts';
import { type AuditEntry, record } from './audit.ts';

/** Somebody tried what they may not do. */
export type Refusal = Readonly<{
  who: Deciding;
  /** Why not. */
  code: ErrorCode;
  /** What they tried: the verb of a button, or the name of an invoke. */
  tried: string;
  /** What the button carried, unread. */
  data?: unknown;
  place: string;
}>;

export interface Refusals {
  /** Notes a refusal that is worth it, within bounds; never fails. */
  note(refusal: Refusal): Promise<void>;
}

/** The wrong person, a missing role, the wrong place. Anything else that goes wrong is no attempt at what is not theirs. */
const WORTH_IT: ReadonlySet<ErrorCode> = new Set([
  'not-a-rep',
  'not-an-approver',
  'not-your-request',
  'second-person-needed',
  'personal-chat-only',
  'request-not-found',
  'batch-not-found',
  'sign-in-other-person',
]);

const HOUR_MS = 3_600_000;
/** So many refusals of one person, and of everybody together, are noted in an hour, in this process. */
const PER_PERSON = 10;
const ALTOGETHER = 500;

type Counted = { since: number; noted: number; left: number };

/**
 * Notes in the audit who was refused what. A press costs whoever presses nothing, so the number of entries is bounded: what
 * is left out is counted and told with that person's next entry.
 */
export function createRefusals({ db, now, log }: Readonly<{ db: Database; now: () => Date; log: Log }>): Refusals {
  const people = new Map<string, Counted>();
  const all: Counted = { since: 0, noted: 0, left: 0 };

  /** How many went unnoted before this one; `undefined` when this one is one too many. */
  function allowed({ tenantId, userId }: Deciding): number | undefined {
    const at = now().getTime();
    const key = `${tenantId}/${userId}`;
    const mine = people.get(key) ?? { since: at, noted: 0, left: 0 };
    if (people.size >= ALTOGETHER) people.clear(); // bounded; the count of all together holds on
    people.set(key, mine);
    for (const counted of [mine, all]) {
      if (at - counted.since >= HOUR_MS) Object.assign(counted, { since: at, noted: 0 });
    }
    if (mine.noted >= PER_PERSON || all.noted >= ALTOGETHER) {
      mine.left += 1;
      return undefined;
    }
    mine.noted += 1;
    all.noted += 1;
    const { left } = mine;
    mine.left = 0;
    return left;
  }

  return {
    async note(refusal) {
      if (!WORTH_IT.has(refusal.code)) return;
      const unnoted = allowed(refusal.who);
      if (unnoted === undefined) return;
      try {
        const entry = await entryOf(db, refusal, unnoted, now());
        await db.transaction((tx) => record(tx, entry));
      } catch (error) {
        log.warn('a refusal could not be noted', { error });
      }
    },
  };
}

async function entryOf(db: Database, refusal: Refusal, unnoted: number, at: Date): Promise<AuditEntry> {
  const { who, code, tried, data, place } = refusal;
  const { subject, customerTenantId } = await subjectOf(db, refusal, data);
  return {
    at,
    actor: { tenantId: who.tenantId, userId: who.userId, name: who.name },
    action: `${subject.kind}.refused`,
    subject,
    customerTenantId,
    details: { tried, why: code, place, guest: isGuestName(who.signInName), ...(unnoted > 0 && { unnoted }) },
  };
}

const reference = z.object({ reference: z.string().max(100) });
const batch = z.object({ batchId: z.string().max(100) });

/** The request or batch they reached for, where there is one; otherwise they themselves. */
async function subjectOf(
  db: Database,
  { who }: Refusal,
  data: unknown,
): Promise<{ subject: AuditEntry['subject']; customerTenantId?: TenantId }> {
  const named = reference.safeParse(data).data;
  const request = named && (await findRequestByReference(db, named.reference));
  if (request) return { subject: { kind: 'request', id: request.id }, customerTenantId: request.customer.tenantId };
  const batchId = batch.safeParse(data).data?.batchId;
  const found = batchId ? await findBatch(db, batchId as BatchId) : undefined;
  if (found) return { subject: { kind: 'batch', id: found.id }, customerTenantId: found.customer.tenantId };
  return { subject: { kind: 'person', id: who.userId } };
}
