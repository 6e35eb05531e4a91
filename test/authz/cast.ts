import type { Person, TenantId, UserId } from '../../services/identity.ts';

/** Somebody who presses: who they are in Entra, and what Teams' roster calls them. */
export type Actor = Person & Readonly<{ signInName: string; groups: readonly string[] }>;

export const NORTHWIND = tenant(1);
export const CONTOSO = tenant(2);
const FABRIKAM = tenant(3);
const NOWHERE = tenant(4);

/** Entra groups of the roles. */
export const GROUPS = {
  rep: '9a000000-0000-4000-8000-000000000001',
  remover: '9a000000-0000-4000-8000-000000000002',
  admin: '9a000000-0000-4000-8000-000000000003',
} as const;

/** The twelve who press every button. */
export const ACTORS = {
  'the rep who asked': actor(1, NORTHWIND, 'Robin Reyes', 'robin@northwind.example', ['rep']),
  'another rep': actor(2, NORTHWIND, 'Sam Sato', 'sam@northwind.example', ['rep', 'remover']),
  'an administrator who is no rep': actor(3, NORTHWIND, 'Ada Admin', 'ada@northwind.example', ['admin']),
  'a colleague without a role': actor(4, NORTHWIND, 'Nils Nobody', 'nils@northwind.example', []),
  'a guest of the partner in the group of reps': actor(
    5,
    NORTHWIND,
    'Gus Guest',
    'gus_else.example#EXT#@northwind.onmicrosoft.com',
    ['rep'],
  ),
  'the approver, known by object id': actor(6, CONTOSO, 'Anna Andersson', 'anna@contoso.example', []),
  'an approver, named but never seen': actor(7, CONTOSO, 'Bo Berg', 'bo@contoso.example', []),
  'an administrator nobody asked': actor(8, CONTOSO, 'Cleo Chief', 'cleo@contoso.example', []),
  'an ordinary user of the customer': actor(9, CONTOSO, 'Ulla User', 'ulla@contoso.example', []),
  'the rep as a guest of the customer, listed as approver': actor(
    10,
    CONTOSO,
    'Robin Reyes',
    'robin_northwind.example#ext#@contoso.onmicrosoft.com',
    [],
  ),
  'an administrator of another customer': actor(11, FABRIKAM, 'Farah Finch', 'farah@fabrikam.example', []),
  'a stranger with the approver’s sign-in name': actor(12, NOWHERE, 'Anna Andersson', 'anna@contoso.example', []),
} as const satisfies Record<string, Actor>;

export type ActorName = keyof typeof ACTORS;
export const ACTOR_NAMES = Object.keys(ACTORS) as ActorName[];

/** Where a button is pressed. A meeting's chat is a group chat that names its meeting. */
export const PLACES = ['personal', 'group', 'channel', 'meeting'] as const;
export type PlaceName = (typeof PLACES)[number];

function tenant(number: number): TenantId {
  return `c0000000-0000-4000-8000-00000000000${number}` as TenantId;
}

function actor(
  number: number,
  tenantId: TenantId,
  name: string,
  signInName: string,
  roles: readonly (keyof typeof GROUPS)[],
): Actor {
  const userId = `a0000000-0000-4000-8000-0000000000${String(number).padStart(2, '0')}` as UserId;
  return { tenantId, userId, name, signInName, groups: roles.map((role) => GROUPS[role]) };
}
