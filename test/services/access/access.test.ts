import { beforeEach, describe, expect, it } from 'vitest';
import { createAccess } from '../../../services/access/access.ts';
import { ServiceError } from '../../../services/errors.ts';
import type { TenantId, UserId } from '../../../services/identity.ts';

const PARTNER = '11111111-0000-4000-8000-000000000001' as TenantId;
const OTHER = '22222222-0000-4000-8000-000000000001' as TenantId;
const groupOf = { rep: 'g-reps', remover: 'g-removers', admin: 'g-admins' };
const robin = { tenantId: PARTNER, userId: 'robin' as UserId, name: 'Robin', signInName: 'robin@northwind.example' };
const sam = { ...robin, userId: 'sam' as UserId, name: 'Sam' };

const REMOVERS = [
  { userId: sam.userId, name: sam.name, signInName: 'sam@northwind.example' },
  { userId: robin.userId, name: robin.name, signInName: robin.signInName },
  { userId: 'gus' as UserId, name: 'Gus', signInName: 'gus_else.example#EXT#@northwind.onmicrosoft.com' },
];

let groups: Map<string, string[]>;
let asked: string[];
let cached: Map<string, unknown>;
let lifetimes: number[];

beforeEach(() => {
  groups = new Map();
  asked = [];
  cached = new Map();
  lifetimes = [];
});

function anAccess() {
  return createAccess({
    partnerTenantId: PARTNER,
    groupOf,
    groups: {
      peopleOf: async () => REMOVERS,
      async memberOf(userId, groupIds) {
        asked.push(userId);
        return new Set((groups.get(userId) ?? []).filter((id) => groupIds.includes(id)));
      },
    },
    cache: {
      get: async (key) => cached.get(key),
      async set(key, value, ttlMs) {
        cached.set(key, value);
        lifetimes.push(ttlMs);
      },
    },
  });
}

async function codeOf(act: Promise<unknown>): Promise<string> {
  try {
    await act;
  } catch (error) {
    if (error instanceof ServiceError) return error.code;
    throw error;
  }
  return 'allowed';
}

describe('roles', () => {
  it('are those of the groups somebody is in', async () => {
    groups.set('robin', ['g-reps', 'g-admins', 'g-else']);
    expect(await anAccess().rolesOf(robin)).toEqual(new Set(['rep', 'admin']));
    expect(await anAccess().rolesOf(sam)).toEqual(new Set());
  });

  it('are nobody’s outside the partner’s tenant, and Entra is not asked', async () => {
    groups.set('robin', ['g-reps']);
    expect(await anAccess().rolesOf({ ...robin, tenantId: OTHER })).toEqual(new Set());
    expect(asked).toEqual([]);
  });

  it('are no guest’s, in whatever letter case the mark stands', async () => {
    groups.set('robin', ['g-reps']);
    for (const signInName of ['r_x.example#EXT#@northwind.example', 'r_x.example#ext#@northwind.example']) {
      expect(await anAccess().rolesOf({ ...robin, signInName }, true)).toEqual(new Set());
    }
    expect(await anAccess().rolesOf({ ...robin, signInName: undefined })).toEqual(new Set(['rep']));
  });

  it('are believed for five minutes, and read again where something is confirmed', async () => {
    const access = anAccess();
    groups.set('robin', ['g-reps']);
    await access.rolesOf(robin);
    groups.set('robin', []);
    expect(await access.rolesOf(robin)).toEqual(new Set(['rep']));
    expect(lifetimes).toEqual([300_000]);
    expect(await codeOf(access.requireRep(robin))).toBe('allowed');
    expect(await codeOf(access.requireRep(robin, true))).toBe('not-a-rep');
    expect(await codeOf(access.requireRep(robin))).toBe('not-a-rep'); // and what was read is what is believed now
  });

  it('are kept apart by person and tenant', async () => {
    const access = anAccess();
    groups.set('robin', ['g-reps']);
    await access.rolesOf(robin);
    expect(await access.rolesOf(sam)).toEqual(new Set());
    expect([...cached.keys()]).toEqual([`roles/${PARTNER}/robin`, `roles/${PARTNER}/sam`]);
  });

  it('from a cache that holds something else are only those we know', async () => {
    cached.set(`roles/${PARTNER}/robin`, ['rep', 'owner', 7]);
    expect(await anAccess().rolesOf(robin)).toEqual(new Set(['rep']));
    cached.set(`roles/${PARTNER}/robin`, 'rep');
    expect(await anAccess().rolesOf(robin)).toEqual(new Set());
  });

  it('names everybody else who may remove as a second person, but no guests', async () => {
    expect(await anAccess().secondsFor(robin)).toEqual([{ tenantId: PARTNER, userId: 'sam', name: 'Sam' }]);
    expect(await anAccess().secondsFor({ ...robin, userId: 'rep' as UserId })).toHaveLength(2);
  });

  it('are none when Entra does not answer: the error is passed on', async () => {
    const error = new ServiceError('graph-unavailable', 'down');
    const access = createAccess({
      partnerTenantId: PARTNER,
      groupOf,
      groups: { peopleOf: () => Promise.reject(error), memberOf: () => Promise.reject(error) },
      cache: { get: async () => undefined, set: async () => {} },
    });
    expect(await codeOf(access.requireRep(robin))).toBe('graph-unavailable');
  });

  it.each([
    ['rep', 'allowed'],
    ['remover', 'not-a-rep'],
    ['admin', 'not-a-rep'],
  ] as const)('%s alone: %s to request and register', async (role, outcome) => {
    groups.set('robin', [groupOf[role]]);
    expect(await codeOf(anAccess().requireRep(robin))).toBe(outcome);
  });

  it('tell whose side somebody is on', () => {
    expect(anAccess().isPartner(robin)).toBe(true);
    expect(anAccess().isPartner({ tenantId: OTHER })).toBe(false);
  });
});

describe('what cannot be undone', () => {
  it.each([
    ['another person who may remove', sam, ['g-removers'], 'allowed'],
    ['another person who may not', sam, ['g-reps', 'g-admins'], 'second-person-needed'],
    ['the same person', robin, ['g-removers'], 'second-person-needed'],
    ['the same object id in another tenant', { ...robin, tenantId: OTHER }, ['g-removers'], 'second-person-needed'],
    ['a guest', { ...sam, signInName: 'x#EXT#@y.example' }, ['g-removers'], 'second-person-needed'],
  ])('is confirmed by %s: %s', async (_who, confirming, memberOf, outcome) => {
    groups.set(confirming.userId, [...memberOf]);
    expect(await codeOf(anAccess().requireSecond(robin, confirming))).toBe(outcome);
  });

  it('is confirmed by roles of this moment', async () => {
    const access = anAccess();
    groups.set('sam', ['g-removers']);
    await access.rolesOf(sam);
    groups.set('sam', []);
    expect(await codeOf(access.requireSecond(robin, sam))).toBe('second-person-needed');
  });
});

describe('what takes something away', () => {
  it.each([
    ['requireRemover', ['g-reps', 'g-removers'], 'allowed'],
    ['requireRemover', ['g-reps', 'g-admins'], 'not-a-remover'],
    ['requireRemover', ['g-removers'], 'not-a-rep'],
    ['requireAdmin', ['g-admins'], 'allowed'],
    ['requireAdmin', ['g-reps', 'g-removers'], 'not-an-admin'],
  ] as const)('%s of somebody in %j: %s', async (require, memberOf, outcome) => {
    groups.set('robin', [...memberOf]);
    expect(await codeOf(anAccess()[require](robin))).toBe(outcome);
  });

  it.each(['requireRemover', 'requireAdmin'] as const)('%s reads the roles of this moment', async (require) => {
    const access = anAccess();
    groups.set('robin', Object.values(groupOf));
    await access.rolesOf(robin);
    groups.set('robin', []);
    expect(await codeOf(access[require](robin))).not.toBe('allowed');
  });
});
