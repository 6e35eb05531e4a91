import { describe, expect, it } from 'vitest';
import type { RemovalId } from '../../services/identity.ts';
import { brokenProfilePromises, brokenPromises, brokenRemovalPromises } from './invariants.ts';
import { createLocalPartnerCenter } from './local-partner-center.ts';
import { mixedFaults } from './mixed-faults.ts';
import {
  addition,
  ended,
  longRegistration,
  type Outcome,
  profile,
  registration,
  removal,
  request,
} from './scenarios.ts';

/** What happened, without the ids that Microsoft makes up, as one text: quicker to compare than thousands of entries. */
function trace({ world, broken, toldAfterMs }: Outcome): string {
  const { watch, partnerCenter, chat, faultsTaken } = world;
  const calls = partnerCenter.calls.map(({ atMs, method, status }) => `${atMs} ${method} ${status}`);
  return JSON.stringify({ points: watch.calls, calls, posted: chat.posted, faultsTaken, broken, toldAfterMs });
}

describe('the simulation can be trusted, because it', () => {
  it.each([registration, longRegistration, addition, request, ended, profile, removal])(
    'replays a seed exactly, twenty times of twenty',
    async (scenario) => {
      const run = async () => trace(await scenario({ seed: 77, ...mixedFaults(0.3), deathRate: 0.02 }));
      const first = await run();
      for (let again = 1; again < 20; again++) expect(await run()).toBe(first);
    },
  );

  it('notices a bot that forgets what a dead process had in hand', async () => {
    const outcomes = [];
    for (let seed = 0; seed < 30; seed++) {
      outcomes.push(await registration({ seed, deathRate: 0.05, sabotage: 'forget-jobs' }));
    }
    expect(
      outcomes.filter(({ broken }) => broken.some((sentence) => sentence.startsWith('lost'))).length,
    ).toBeGreaterThan(5);
  });

  it('notices a bot that repeats its POSTs', async () => {
    const behaviour = { sameRequestId: 'ignore', duplicateBatch: 'accept' } as const;
    const { broken } = await registration({ seed: 1, behaviour, sabotage: 'post-twice' });
    expect(broken.join()).toMatch(/doubled/);
  });

  it('notices a POST that no look at the relationship came before', async () => {
    const { world, broken } = await registration({ seed: 1 });
    expect(broken).toEqual([]);
    const { calls } = world.partnerCenter;
    const others = calls.filter(({ path }) => !path.endsWith(`/customers/${world.customer.tenantId}`));
    expect(others.length).toBeLessThan(calls.length);
    calls.splice(0, calls.length, ...others);
    expect(brokenPromises(world)).toEqual([expect.stringMatching(/^I1: /)]);
  });

  it('notices a bot that uses a token before its sign-in is stored', async () => {
    const { broken } = await registration({ seed: 1, sabotage: 'forget-sign-in' });
    expect(broken.join()).toMatch(/I13: .* used before/);
  });

  it('notices a device that is said to have a profile and has not', async () => {
    const { world, broken } = await profile({ seed: 1 });
    expect(broken).toEqual([]);
    for (const { device } of world.partnerCenter.state().batches.flatMap(({ devices }) => devices))
      device.policies = null;
    const [applied] = world.memory.tables.rows('profile_applications');
    expect(brokenProfilePromises(world, String(applied?.id)).join()).toMatch(/wrong: .* said to have the profile/);
  });

  it('notices a device that goes without a second person’s word, and one that goes twice', async () => {
    const { world, broken } = await removal({ seed: 20 }); // refused
    expect(broken).toEqual([]);
    const id = String(world.memory.tables.rows('removals')[0]?.id) as RemovalId;
    const gone = { resourceType: 'device', operationType: 'device_deleted', newValue: '{"id":"a"}' };
    const record = {
      id: 'a',
      at: world.clock.ms,
      customerId: world.customer.tenantId,
      customerName: 'Contoso',
      ...gone,
    };
    world.partnerCenter.state().audit.push(record, record);
    const sentences = brokenRemovalPromises(world, id, 'refused').join();
    expect(sentences).toMatch(/wrong: .* went without a second word/);
    expect(sentences).toMatch(/doubled: .* was deleted twice/);
  });

  it('notices a removal that a dead process had in hand and nobody took up', async () => {
    const outcomes = [];
    for (let seed = 0; seed < 30; seed++)
      outcomes.push(await removal({ seed, deathRate: 0.05, sabotage: 'forget-jobs' }));
    expect(
      outcomes.filter(({ broken }) => broken.some((sentence) => sentence.startsWith('lost'))).length,
    ).toBeGreaterThan(5);
  });

  it('lets no call of the adapter pass without a point', async () => {
    const { world } = await longRegistration({ seed: 1 });
    const points = world.watch.calls.filter((name) => name === 'partner-center.fetch');
    expect(points).toHaveLength(world.partnerCenter.calls.length);
    expect(world.watch.calls.filter((name) => name === 'login.fetch')).toHaveLength(world.login.rotations());
    expect(world.watch.calls.filter((name) => name === 'chat.post')).toHaveLength(world.chat.posted.length);
  });

  it('serves the bot from the emulator’s own routes', async () => {
    const tenant = { tenantId: crypto.randomUUID(), name: 'Contoso', domain: 'c.example', defaultDomain: 'c.example' };
    const local = createLocalPartnerCenter({ clock: { ms: 0 }, tenant });
    const answer = await local.fetch(`http://127.0.0.1:9/v1/customers/${tenant.tenantId}`, {
      headers: { authorization: 'Bearer app' },
    });
    expect(answer.status).toBe(404);
  });
});
