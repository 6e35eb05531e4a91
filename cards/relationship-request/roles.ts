import type { RoleReading } from '../../services/access/directory-roles.ts';
import { MAX_NAME_CHARS } from '../customer.ts';
import { plain } from '../text.ts';
import type { Wording } from '../wording/wording.ts';
import type { RequestView } from './view.ts';

/** Roles by their names in Microsoft's own words; `undefined` when the reading found none. */
export function roleNames({ roles }: RoleReading, { say }: Wording): string | undefined {
  const [first, second] = roles;
  if (second) return say('role.both');
  return first && say(`role.${first}`);
}

/** What Entra said about those who signed in: of the one who answered, or of everybody while an answer is awaited. */
export function roleLines(view: RequestView, wording: Wording): string[] {
  const { state, approvers, decidedBy, decidedRoles } = view;
  if (state === 'sent') {
    return approvers.flatMap(({ name, signInName, roles }) =>
      roles ? [roleLine(name ?? signInName, roles, view, wording)] : [],
    );
  }
  return decidedBy && decidedRoles ? [roleLine(decidedBy, decidedRoles, view, wording)] : [];
}

function roleLine(name: string, reading: RoleReading, { customer }: RequestView, wording: Wording): string {
  const roles = roleNames(reading, wording);
  const values = { name: plain(name, MAX_NAME_CHARS), date: wording.dateTime(reading.at) };
  if (!roles) return wording.say('request.role.none', values);
  return wording.say('request.role.has', { ...values, roles, domain: plain(customer.domain, MAX_NAME_CHARS) });
}
