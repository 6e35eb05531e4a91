import { describe, expect, it } from 'vitest';
import { BEHAVIOURS } from './behaviours.ts';
import { soak } from './soak.ts';
import { lifeOf } from './suites.ts';

const DAYS = 3;

describe(`one world of ${DAYS} days, with a tenth of all calls failing`, () => {
  it('keeps every promise through kills, deployments, new keys and an ended sign-in', async () => {
    const life = lifeOf(11, DAYS);
    const { world, counts, broken } = await soak(life);
    expect(broken).toEqual([]);
    expect(counts).toMatchObject({ decided: life.requests, deployments: life.deployments });
    expect(counts.registered).toBeGreaterThanOrEqual(life.batches);
    expect(counts.customers).toBeGreaterThan(life.requests / 4);
    expect(counts.rotations).toBeGreaterThan(DAYS * 12);
    expect(counts.keyChanges).toBeGreaterThan(0);
    expect(counts.lapsesTold).toBeGreaterThanOrEqual(life.lapses);
    expect(counts.behaviours).toBe(2 * Object.keys(BEHAVIOURS).length);
    expect(counts.reminded).toBeGreaterThan(life.requests / 100);
    expect(counts.lapsesEnded).toBeGreaterThanOrEqual(life.lapses);
    expect(world.deaths()).toBeGreaterThan(life.deployments);
    expect(world.faultsTaken.length).toBeGreaterThan(1_000);
  }, 1_200_000);

  it('goes the same way twice', async () => {
    const life = { ...lifeOf(12, 1), requests: 20, batches: 12 };
    const trace = async () => {
      const { world, counts } = await soak(life);
      return { counts, points: world.watch.calls.length, ended: world.clock.ms, posted: world.chat.posted };
    };
    expect(await trace()).toEqual(await trace());
  });

  it('would notice a bot that forgets what a dead process had in hand', async () => {
    const { broken } = await soak({ ...lifeOf(13, 2), sabotage: 'forget-jobs' });
    expect(broken.filter((sentence) => sentence.startsWith('lost')).length).toBeGreaterThan(0);
  });
});
