import { z } from 'zod';
import type { MessageId } from '../identity.ts';
import type { Job, Jobs } from '../queue/ports.ts';
import type { Queryable, Row, Transaction } from '../storage/ports.ts';
import { count, optionalMoment, optionalText, tenantId, text, userId } from '../storage/rows.ts';
import {
  MESSAGE_ROLES,
  type Message,
  type MessageRole,
  type Recipient,
  SUBJECT_KINDS,
  type SubjectKind,
} from './message.ts';

/** The thing a message shows. Each notice about a trouble with the sign-in is a thing of its own: `<trouble>/<number>`; so is each day on which events were given up. */
export type Subject = Readonly<{ kind: SubjectKind; id: string }>;

/** Messages in one transaction: what is wanted is stored, and its delivery enqueued, together with the change itself. */
export type Outbox = Readonly<{
  /** Wants a message for this recipient: a new one, or the existing one brought up to date. */
  /** An urgent one waits for nobody's quiet hours. */
  want(subject: Subject, role: MessageRole, recipient: Recipient, urgency?: 'urgent'): Promise<void>;
  /** Wants every message about this thing brought up to date. */
  redraw(subject: Subject): Promise<void>;
}>;

export function createOutbox(tx: Transaction, jobs: Jobs, newId: () => string): Outbox {
  return {
    async want(subject, role, recipient, urgency) {
      const rows = await tx.query(
        `insert into messages (id, subject_kind, subject_id, role, recipient_key, recipient, state, wanted, urgent)
         values ($1, $2, $3, $4, $5, $6::jsonb, $7, 1, $8)
         on conflict (subject_kind, subject_id, role, recipient_key) do update set wanted = messages.wanted + 1,
           urgent = excluded.urgent
         returning id, wanted, state`,
        [
          newId(),
          subject.kind,
          subject.id,
          role,
          recipientKey(recipient),
          JSON.stringify(recipient),
          (await isReachable(tx, recipient)) ? 'due' : 'waiting',
          urgency === 'urgent',
        ],
      );
      await enqueue(tx, jobs, rows);
    },

    redraw: (subject) => redraw(tx, jobs, subject),
  };
}

/** Wants every live card about this thing brought up to date. */
export async function redraw(tx: Transaction, jobs: Jobs, subject: Subject): Promise<void> {
  const rows = await tx.query(
    `update messages set wanted = wanted + 1 where subject_kind = $1 and subject_id = $2
           and role in ('request.rep', 'request.approver', 'batch.rep', 'batch.channel', 'removal.rep',
             'removal.remover', 'reminder')
         returning id, wanted, state`,
    [subject.kind, subject.id],
  );
  await enqueue(tx, jobs, rows);
}

/** Sends what waited for this person: called when they install the app, or are seen for the first time. */
export async function releaseWaiting(
  tx: Transaction,
  jobs: Jobs,
  who: { tenantId: string; userId: string; signInName?: string },
): Promise<number> {
  const keys = [`${who.tenantId}/${who.userId}`, `${who.tenantId}/@${who.signInName?.toLowerCase() ?? ''}`];
  const rows = await tx.query(
    `update messages set state = 'due', problem = null, recipient = recipient || jsonb_build_object('userId', $2::text)
     where state = 'waiting' and recipient_key = any($1::text[]) returning id, wanted, state`,
    [keys, who.userId],
  );
  await enqueue(tx, jobs, rows);
  return rows.length;
}

/** Looks again at what was not posted yet to this person, such as notices that wait for the end of quiet hours. */
export async function releaseHeld(
  tx: Transaction,
  jobs: Jobs,
  who: { tenantId: string; userId: string },
): Promise<void> {
  const rows = await tx.query(
    `update messages set wanted = wanted + 1
     where state = 'due' and posted_at is null and recipient->>'tenantId' = $1 and recipient->>'userId' = $2
     returning id, wanted, state`,
    [who.tenantId, who.userId],
  );
  await enqueue(tx, jobs, rows);
}

/** The same for a conversation that is nobody's own. */
export async function releaseHeldAt(tx: Transaction, jobs: Jobs, conversationId: string): Promise<void> {
  const rows = await tx.query(
    `update messages set wanted = wanted + 1
     where state = 'due' and posted_at is null and recipient_key = $1 returning id, wanted, state`,
    [conversationId],
  );
  await enqueue(tx, jobs, rows);
}

/** Gives up what was not posted yet to these conversations, because nobody wants it there any more. */
export async function dropUnposted(
  tx: Transaction,
  role: MessageRole,
  conversationIds: readonly string[],
): Promise<void> {
  await tx.query(
    `update messages set state = 'undeliverable', problem = 'unsubscribed'
     where role = $1 and state = 'due' and posted_at is null and recipient_key = any($2::text[])`,
    [role, conversationIds],
  );
}

export async function findMessage(db: Queryable, id: string): Promise<Message | undefined> {
  const [found] = await db.query('select * from messages where id = $1', [id]);
  return found && parse(found);
}

/** Messages about a thing: which recipient has which copy. */
export async function messagesAbout(db: Queryable, subject: Subject): Promise<readonly Message[]> {
  const rows = await db.query('select * from messages where subject_kind = $1 and subject_id = $2 order by id', [
    subject.kind,
    subject.id,
  ]);
  return rows.map(parse);
}

/** Everybody to whom messages go about things of this kind whose ids begin so, each once. */
export async function recipientsOfSubjects(
  db: Queryable,
  kind: Subject['kind'],
  idPrefix: string,
): Promise<readonly Recipient[]> {
  const rows = await db.query(
    `select distinct on (recipient_key) recipient from messages
     where subject_kind = $1 and starts_with(subject_id, $2) order by recipient_key`,
    [kind, idPrefix],
  );
  return rows.map(({ recipient }) => recipientColumn.parse(recipient));
}

/** Writes how a delivery stands, unless somebody else got further since `before` was read. */
export async function saveDelivery(db: Queryable, before: Message, after: Message): Promise<'saved' | 'conflict'> {
  const rows = await db.query(
    `update messages set state = $4, drawn = greatest(drawn, $5), attempts = $6, sending_since = $7, posted_at = $8::jsonb,
       problem = $9
     where id = $1 and state = $2 and attempts = $3 returning id`,
    [
      before.id,
      before.state,
      before.attempts,
      after.state,
      after.drawn,
      after.attempts,
      after.sendingSince ?? null,
      after.postedAt ? JSON.stringify(after.postedAt) : null,
      after.problem ?? null,
    ],
  );
  return rows.length === 0 ? 'conflict' : 'saved';
}

/** The job that brings a message to what is wanted now. */
export function deliveryJob(id: string, wanted: number): Job {
  return { queue: 'deliver', id, step: wanted };
}

/** Tells recipients apart: a person by tenant and id or sign-in name, a conversation by its id. */
export function recipientKey(recipient: Recipient): string {
  if (recipient.kind === 'conversation') return recipient.conversationId;
  return recipient.signInName
    ? `${recipient.tenantId}/@${recipient.signInName}`
    : `${recipient.tenantId}/${recipient.userId}`;
}

async function isReachable(tx: Transaction, recipient: Recipient): Promise<boolean> {
  if (recipient.kind === 'conversation') return true;
  const rows = await tx.query(
    `select 1 from people where tenant_id = $1 and (user_id = $2 or sign_in_name = $3)
       and installed and conversation_id is not null`,
    [recipient.tenantId, recipient.userId ?? '', recipient.signInName ?? ''],
  );
  return rows.length > 0;
}

async function enqueue(tx: Transaction, jobs: Jobs, rows: readonly Row[]): Promise<void> {
  const due = rows
    .map((raw) => wantedRow.parse(raw))
    .filter(({ state }) => !['waiting', 'undeliverable'].includes(state));
  if (due.length > 0)
    await jobs.enqueue(
      tx,
      due.map(({ id, wanted }) => deliveryJob(id, wanted)),
    );
}

const wantedRow = z.object({ id: text, wanted: count, state: text });

const recipientColumn = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('person'),
    tenantId,
    userId: userId.optional(),
    signInName: z.string().optional(),
  }),
  z.object({
    kind: z.literal('conversation'),
    tenantId,
    conversationId: z.string(),
    serviceUrl: z.string(),
    locale: z.string().optional(),
  }),
]);

const row = z.object({
  id: text.transform((value) => value as MessageId),
  subject_kind: z.enum(SUBJECT_KINDS),
  subject_id: text,
  role: z.enum(MESSAGE_ROLES),
  recipient: recipientColumn,
  state: z.enum(['waiting', 'due', 'sending', 'sent', 'ambiguous', 'undeliverable']),
  wanted: count,
  drawn: count,
  attempts: count,
  sending_since: optionalMoment,
  posted_at: z
    .object({ serviceUrl: z.string(), conversationId: z.string(), activityId: z.string() })
    .nullish()
    .transform((value) => value ?? undefined),
  problem: optionalText,
  urgent: z.boolean(),
});

function parse(raw: Row): Message {
  const found = row.parse(raw);
  return {
    id: found.id,
    subjectKind: found.subject_kind,
    subjectId: found.subject_id,
    role: found.role,
    recipient: found.recipient,
    state: found.state,
    wanted: found.wanted,
    drawn: found.drawn,
    attempts: found.attempts,
    sendingSince: found.sending_since,
    postedAt: found.posted_at,
    problem: found.problem,
    urgent: found.urgent,
  };
}
