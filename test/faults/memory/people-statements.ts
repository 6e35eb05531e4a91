import type { Row } from '../../../services/storage/ports.ts';
import { by, json, type Statements, type Tables } from './tables.ts';

/** What `services/customers`, `services/people` and `services/audit` say to the database. */
export const PEOPLE_STATEMENTS: Statements = {
  'select * from customers where tenant_id = $1': (t, [id]) => found(t.get('customers', String(id))),
  'insert into customers (tenant_id, name, domain, is_reseller, since, checked_at) values ($1, $2, $3, $4, case when $4 then $5::timestamptz end, $5) on conflict (tenant_id) do update set name = excluded.name, domain = excluded.domain, is_reseller = excluded.is_reseller, checked_at = excluded.checked_at, since = case when excluded.is_reseller then coalesce(customers.since, excluded.since) end':
    (t, [tenant_id, name, domain, is_reseller, checked_at]) => {
      const since = is_reseller ? (t.get('customers', String(tenant_id))?.since ?? checked_at) : null;
      t.put('customers', String(tenant_id), { tenant_id, name, domain, is_reseller, since, checked_at });
      return [];
    },
  'update customers set is_reseller = false, since = null, checked_at = $2 where tenant_id = $1': (t, [id, at]) => {
    const row = t.get('customers', String(id));
    if (row) t.change('customers', String(id), row, { is_reseller: false, since: null, checked_at: at });
    return [];
  },

  'select * from people where tenant_id = $1 and user_id = $2': (t, [tenant, user]) =>
    found(t.get('people', `${tenant}/${user}`)),
  'select * from people where tenant_id = $1 and sign_in_name = $2 order by seen_at desc': (t, [tenant, name]) =>
    t.among('people', tenant).filter((row) => row.sign_in_name === name),
  'insert into people (tenant_id, user_id, name, sign_in_name, locale, time_zone, installed, conversation_id, service_url, seen_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (tenant_id, user_id) do update set name = excluded.name, sign_in_name = coalesce(excluded.sign_in_name, people.sign_in_name), locale = coalesce(excluded.locale, people.locale), time_zone = coalesce(excluded.time_zone, people.time_zone), installed = excluded.installed, conversation_id = coalesce(excluded.conversation_id, people.conversation_id), service_url = coalesce(excluded.service_url, people.service_url), seen_at = excluded.seen_at':
    (t, values) => {
      savePerson(t, values);
      return [];
    },
  'select 1 from people where conversation_id = $1 and service_url = $2 and not (tenant_id = $3 and user_id = $4)': (
    t,
    [conversation, serviceUrl, tenant, user],
  ) =>
    t
      .among('people', conversation, 'conversation_id')
      .filter((row) => row.service_url === serviceUrl)
      .filter((row) => !(row.tenant_id === tenant && row.user_id === user))
      .map(() => ({ '?column?': 1 })),
  'update people set installed = false where tenant_id = $1 and (user_id = $2 or sign_in_name = $3)': (
    t,
    [tenant, user, name],
  ) => {
    for (const [key, row] of t.entries('people')) {
      const isThem = row.tenant_id === tenant && (row.user_id === user || row.sign_in_name === name);
      if (isThem) t.change('people', key, row, { installed: false });
    }
    return [];
  },
  'select 1 from people where tenant_id = $1 and (user_id = $2 or sign_in_name = $3) and installed and conversation_id is not null':
    (t, [tenant, user, name]) =>
      t
        .among('people', tenant)
        .filter((row) => row.user_id === user || row.sign_in_name === name)
        .filter(({ installed, conversation_id }) => installed === true && conversation_id !== null)
        .map(() => ({ '?column?': 1 })),

  "insert into audit (seq, at, actor, action, subject_kind, subject_id, customer_tenant_id, details, previous, hash) values (0, $1, $2::jsonb, $3, $4, $5, $6, $7::jsonb, '', '')":
    (t, [at, actor, action, subject_kind, subject_id, customer_tenant_id, details]) => {
      const seq = t.count('audit') + 1;
      const subject = { subject_kind, subject_id, customer_tenant_id };
      t.put('audit', String(seq), { seq, at, actor: json(actor), action, ...subject, details: json(details) });
      return [];
    },
  'select action, customer_tenant_id from audit where subject_kind = $1 and subject_id = $2 and action = any($3::text[]) order by seq desc limit 1':
    (t, [kind, id, actions]) =>
      t
        .among('audit', id)
        .filter(({ subject_kind }) => subject_kind === kind)
        .filter(({ action }) => Array.isArray(actions) && actions.includes(action))
        .toSorted(by('seq'))
        .slice(-1)
        .map(({ action, customer_tenant_id }) => ({ action, customer_tenant_id })),
};

function found(row: Row | undefined): readonly Row[] {
  return row ? [row] : [];
}

function savePerson(t: Tables, values: readonly unknown[]): void {
  const [tenant_id, user_id, name, signInName, locale, timeZone, installed, conversationId, serviceUrl, seen_at] =
    values;
  const before = t.get('people', `${tenant_id}/${user_id}`);
  t.put('people', `${tenant_id}/${user_id}`, {
    ...{ tenant_id, user_id, name, installed, seen_at },
    sign_in_name: signInName ?? before?.sign_in_name ?? null,
    locale: locale ?? before?.locale ?? null,
    time_zone: timeZone ?? before?.time_zone ?? null,
    conversation_id: conversationId ?? before?.conversation_id ?? null,
    service_url: serviceUrl ?? before?.service_url ?? null,
    settings: before?.settings ?? {},
  });
}
