import type { Row } from '../../../services/storage/ports.ts';
import { json, type Statements, type Tables } from './tables.ts';

const CARDS = [
  'request.rep',
  'request.approver',
  'batch.rep',
  'batch.channel',
  'removal.rep',
  'removal.remover',
  'reminder',
];

/** What `services/messages` says to the database. */
export const MESSAGE_STATEMENTS: Statements = {
  'insert into messages (id, subject_kind, subject_id, role, recipient_key, recipient, state, wanted, urgent) values ($1, $2, $3, $4, $5, $6::jsonb, $7, 1, $8) on conflict (subject_kind, subject_id, role, recipient_key) do update set wanted = messages.wanted + 1, urgent = excluded.urgent returning id, wanted, state':
    (t, values) => [told(want(t, values))],
  "update messages set wanted = wanted + 1 where subject_kind = $1 and subject_id = $2 and role in ('request.rep', 'request.approver', 'batch.rep', 'batch.channel', 'removal.rep', 'removal.remover', 'reminder') returning id, wanted, state":
    (t, [kind, id]) =>
      t
        .among('messages', id)
        .filter((row) => row.subject_kind === kind && CARDS.includes(String(row.role)))
        .map((row) => told(wantMore(t, row))),
  "update messages set state = 'due', problem = null, recipient = recipient || jsonb_build_object('userId', $2::text) where state = 'waiting' and recipient_key = any($1::text[]) returning id, wanted, state":
    (t, [keys, userId]) =>
      t
        .among('messages', 'waiting', 'state')
        .filter(({ recipient_key }) => includes(keys, recipient_key))
        .map((row) => {
          const recipient = { ...Object(row.recipient), userId };
          return told(t.change('messages', String(row.id), row, { state: 'due', problem: null, recipient }));
        }),
  'select distinct on (recipient_key) recipient from messages where subject_kind = $1 and starts_with(subject_id, $2) order by recipient_key':
    (t, [kind, prefix]) => {
      const fits = (row: Row) => row.subject_kind === kind && String(row.subject_id).startsWith(String(prefix));
      const byKey = new Map(t.where('messages', fits).map((row) => [String(row.recipient_key), row.recipient]));
      return [...byKey].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, recipient]) => ({ recipient }));
    },
  'select * from channels order by created_at': (t) => t.rows('channels'),
  'select * from messages where id = $1': (t, [id]) => {
    const row = t.get('messages', String(id));
    return row ? [row] : [];
  },
  'select * from messages where subject_kind = $1 and subject_id = $2 order by id': (t, [kind, id]) =>
    t
      .among('messages', id)
      .filter((row) => row.subject_kind === kind)
      .toSorted((a, b) => (String(a.id) < String(b.id) ? -1 : 1)),
  'update messages set state = $4, drawn = greatest(drawn, $5), attempts = $6, sending_since = $7, posted_at = $8::jsonb, problem = $9 where id = $1 and state = $2 and attempts = $3 returning id':
    (t, [id, stateBefore, attemptsBefore, state, drawn, attempts, sending_since, postedAt, problem]) => {
      const row = t.get('messages', String(id));
      if (!row || row.state !== stateBefore || row.attempts !== attemptsBefore) return [];
      const progress = { state, drawn: Math.max(Number(row.drawn), Number(drawn)), attempts, sending_since, problem };
      t.change('messages', String(id), row, { ...progress, posted_at: json(postedAt) });
      return [{ id }];
    },
  'update messages set wanted = wanted + 1 where id = $1 returning wanted': (t, [id]) => {
    const row = t.get('messages', String(id));
    return row ? [{ wanted: wantMore(t, row).wanted }] : [];
  },
};

function want(
  t: Tables,
  [id, subject_kind, subject_id, role, recipient_key, recipient, state, urgent]: readonly unknown[],
): Row {
  const [before] = t
    .among('messages', subject_id)
    .filter((row) => row.role === role && row.recipient_key === recipient_key);
  if (before) return wantMore(t, { ...before, urgent });
  const unset = { drawn: 0, attempts: 0, sending_since: null, posted_at: null, problem: null };
  const subject = { subject_kind, subject_id, role, recipient_key, recipient: json(recipient) };
  return t.put('messages', String(id), { id, ...subject, state, wanted: 1, urgent, ...unset });
}

function wantMore(t: Tables, row: Row): Row {
  return t.change('messages', String(row.id), row, { wanted: Number(row.wanted) + 1 });
}

function told({ id, wanted, state }: Row): Row {
  return { id, wanted, state };
}

function includes(keys: unknown, key: unknown): boolean {
  return Array.isArray(keys) && keys.includes(key);
}
