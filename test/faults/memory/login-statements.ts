import type { Row } from '../../../services/storage/ports.ts';
import type { Statements, Tables } from './tables.ts';

/** What `services/login` says to the database. */
export const LOGIN_STATEMENTS: Statements = {
  'SELECT * FROM secrets WHERE name = $1': (t, [name]) => found(t.get('secrets', String(name))),
  'INSERT INTO secrets (name, sealed, version) VALUES ($1, $2, $3::integer + 1) ON CONFLICT (name) DO NOTHING RETURNING version':
    (t, [name, sealed, before]) =>
      t.get('secrets', String(name)) ? [] : keep(t, { name, sealed, version: Number(before) + 1 }),
  'UPDATE secrets SET sealed = $2, version = version + 1, updated_at = now() WHERE name = $1 AND version = $3::integer RETURNING version':
    (t, [name, sealed, before]) =>
      t.get('secrets', String(name))?.version === before ? keep(t, { name, sealed, version: Number(before) + 1 }) : [],
  'INSERT INTO secrets (name, sealed, version) VALUES ($1, $2, 1) ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed, version = secrets.version + 1, updated_at = now(), begun_at = now()':
    (t, [name, sealed]) => {
      const version = Number(t.get('secrets', String(name))?.version ?? 0) + 1;
      keep(t, { name, sealed, version, begun_at: t.now() });
      return [];
    },
  'select name, sealed from secrets order by name for update': (t) =>
    t.rows('secrets').map(({ name, sealed }) => ({ name, sealed })),
  'update secrets set sealed = $2 where name = $1': (t, [name, sealed]) => {
    const row = t.get('secrets', String(name));
    if (row) t.change('secrets', String(name), row, { sealed });
    return [];
  },

  "INSERT INTO secret_leases (name, holder, until) VALUES ($1, $2, now() + $3::double precision * interval '1 millisecond') ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until WHERE secret_leases.until < now() RETURNING name":
    (t, [name, holder, forMs]) => {
      const until = t.get('secret_leases', String(name))?.until;
      const nowMs = t.now().getTime();
      if (until !== undefined && Number(until) >= nowMs) return [];
      t.put('secret_leases', String(name), { name, holder, until: nowMs + Number(forMs) });
      return [{ name }];
    },
  'DELETE FROM secret_leases WHERE name = $1 AND holder = $2': (t, [name, holder]) => {
    if (t.get('secret_leases', String(name))?.holder === holder) t.remove('secret_leases', String(name));
    return [];
  },

  'select * from sign_in_troubles where ended_at is null': (t) => t.where('sign_in_troubles', isOpen),
  'select * from sign_in_troubles where id = $1': (t, [id]) => found(t.get('sign_in_troubles', String(id))),
  'insert into sign_in_troubles (id, noticed_by, reason, aadsts, began_at) values ($1, $2, $3, $4, $5) on conflict do nothing returning id':
    (t, [id, noticed_by, reason, aadsts, began_at]) => {
      if (t.where('sign_in_troubles', isOpen).length > 0) return [];
      const unset = { ended_at: null, notices: 0, told_at: null };
      t.put('sign_in_troubles', String(id), { id, noticed_by, reason, aadsts, began_at, ...unset });
      return [{ id }];
    },
  'update sign_in_troubles set ended_at = $2 where id = $1 and ended_at is null returning id': (t, [id, ended_at]) => {
    const row = t.get('sign_in_troubles', String(id));
    if (!row || !isOpen(row)) return [];
    t.change('sign_in_troubles', String(id), row, { ended_at });
    return [{ id }];
  },
  'update sign_in_troubles set notices = notices + 1, told_at = $3 where id = $1 and notices = $2 and ended_at is null returning id':
    (t, [id, notices, told_at]) => {
      const row = t.get('sign_in_troubles', String(id));
      if (!row || !isOpen(row) || row.notices !== notices) return [];
      t.change('sign_in_troubles', String(id), row, { notices: Number(notices) + 1, told_at });
      return [{ id }];
    },
};

type Secret = Readonly<{ name: unknown; sealed: unknown; version: number; begun_at?: Date }>;

function keep(t: Tables, secret: Secret): readonly Row[] {
  const begun_at = t.get('secrets', String(secret.name))?.begun_at ?? t.now();
  t.put('secrets', String(secret.name), { begun_at, ...secret, updated_at: t.now() });
  return [{ version: secret.version }];
}

function isOpen({ ended_at }: Row): boolean {
  return ended_at === null;
}

function found(row: Row | undefined): readonly Row[] {
  return row ? [row] : [];
}
