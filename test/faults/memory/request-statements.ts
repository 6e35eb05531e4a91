import type { Row } from '../../../services/storage/ports.ts';
import { by, Duplicate, json, type Statements, type Tables } from './tables.ts';

const SELECT =
  "select r.*, (select jsonb_agg(jsonb_build_object('signInName', a.sign_in_name, 'userId', a.user_id, 'name', a.name, 'roles', a.roles) order by a.position) from approvers a where a.request_id = r.id) as approvers from requests r";

/** What `services/relationships` says to the database. */
export const REQUEST_STATEMENTS: Statements = {
  [`${SELECT} where r.id = $1`]: (t, [id]) => select(t, found(t.get('requests', String(id)))),
  [`${SELECT} where r.reference = $1`]: (t, [reference]) => select(t, t.among('requests', reference, 'reference')),
  [`${SELECT} where r.customer_tenant_id = $1 and r.state in ('sent', 'approved')`]: (t, [customer]) =>
    select(t, t.among('requests', customer).filter(isOpen)),
  [`${SELECT} where r.customer_tenant_id = $1 and exists (select 1 from approvers a where a.request_id = r.id and (a.user_id = $2 or (a.user_id is null and a.sign_in_name = $3))) order by r.created_at desc limit 20`]:
    (t, [customer, user, name]) =>
      select(
        t,
        t.among('requests', customer).filter((row) => asks(t, row, user, name)),
      )
        .toReversed()
        .slice(0, 20),

  [`${SELECT} where r.state = 'active' and not exists (select 1 from customers c where c.tenant_id = r.customer_tenant_id and c.is_reseller) order by r.created_at limit 500`]:
    (t) =>
      select(
        t,
        t
          .where('requests', ({ state }) => state === 'active')
          .filter((row) => t.get('customers', String(row.customer_tenant_id))?.is_reseller !== true)
          .toSorted(by('created_at'))
          .slice(0, 500),
      ),

  "select decision from requests where customer_tenant_id = $1 and state = 'active' and decision is not null order by created_at desc limit 1":
    (t, [customer]) =>
      t
        .among('requests', customer)
        .filter((row) => row.state === 'active' && row.decision !== null)
        .toSorted(by('created_at'))
        .slice(-1)
        .map(({ decision }) => ({ decision })),

  'insert into requests (id, reference, customer_tenant_id, customer_name, customer_domain, route, link, note, requested_by, state, created_at, expires_at, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10, $11, $12, $13)':
    (t, values) => {
      insert(t, values);
      return [];
    },
  'insert into approvers (request_id, position, customer_tenant_id, sign_in_name, user_id, name) values ($1, $2, $3, $4, $5, $6)':
    (t, [request_id, position, customer_tenant_id, sign_in_name, user_id, name]) => {
      const row = { request_id, position, customer_tenant_id, sign_in_name, user_id, name, roles: null };
      t.put('approvers', `${request_id}/${position}`, row);
      return [];
    },
  'update requests set state = $3, decision = $4::jsonb, active_at = $5, reminders = $6::jsonb, version = version + 1 where id = $1 and version = $2 returning id':
    (t, [id, version, state, decision, active_at, reminders]) => {
      const row = t.get('requests', String(id));
      if (!row || row.version !== version) return [];
      const next = {
        state,
        decision: json(decision),
        active_at,
        reminders: json(reminders),
        version: Number(version) + 1,
      };
      t.change('requests', String(id), row, next);
      return [{ id }];
    },
  'update approvers set user_id = $3, name = $4, roles = $5::jsonb where request_id = $1 and position = $2': (
    t,
    [id, position, user_id, name, roles],
  ) => {
    const row = t.get('approvers', `${id}/${position}`);
    if (row) t.change('approvers', `${id}/${position}`, row, { user_id, name, roles: json(roles) });
    return [];
  },
};

function found(row: Row | undefined): readonly Row[] {
  return row ? [row] : [];
}

function select(t: Tables, requests: readonly Row[]): readonly Row[] {
  return requests.map((row) => ({ ...row, approvers: approversOf(t, row) }));
}

function approversOf(t: Tables, { id }: Row): readonly Row[] {
  const rows = t.among('approvers', id).toSorted(by('position'));
  return rows.map(({ sign_in_name, user_id, name, roles }) => ({
    signInName: sign_in_name,
    userId: user_id,
    name,
    roles,
  }));
}

function asks(t: Tables, request: Row, user: unknown, name: unknown): boolean {
  const named = t.among('approvers', request.id);
  return named.some((row) => row.user_id === user || (row.user_id === null && row.sign_in_name === name));
}

function isOpen({ state }: Row): boolean {
  return state === 'sent' || state === 'approved';
}

function insert(t: Tables, values: readonly unknown[]): void {
  const [id, reference, customer_tenant_id, customer_name, customer_domain, route, link, note, ...rest] = values;
  const [requestedBy, state, created_at, expires_at, version] = rest;
  const open = t.among('requests', customer_tenant_id).filter(isOpen);
  if (open.length > 0) throw new Duplicate('requests_one_open_per_customer');
  const customer = { customer_tenant_id, customer_name, customer_domain };
  const times = { created_at, expires_at, active_at: null };
  const wish = { route, link, note, requested_by: json(requestedBy), decision: null, reminders: [] };
  t.put('requests', String(id), { id, reference, ...customer, ...wish, state, ...times, version });
}
