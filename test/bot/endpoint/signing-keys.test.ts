import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { channelMetadataUrl, createSigningKeys, type SigningKeys } from '../../../bot/endpoint/signing-keys.ts';
import { aSigningKey, type KeyHost, recordingLog, type SigningKey, startKeyHost } from './front-door.ts';

const HOUR = 3_600_000;
const [first, second] = (await Promise.all([aSigningKey('k1'), aSigningKey('k2')])) as [SigningKey, SigningKey];

let keyHost: KeyHost;
let keys: SigningKeys;
let clock: number;
let logged: string[];

beforeEach(async () => {
  keyHost = await startKeyHost([first.publicJwk]);
  clock = Date.parse('2026-11-20T10:00:00Z');
  logged = [];
  keys = createSigningKeys({
    metadataUrl: channelMetadataUrl(keyHost.url),
    fetch,
    now: () => new Date(clock),
    log: recordingLog(logged),
  });
});

afterEach(() => keyHost.close());

const found = expect.objectContaining({ endorsements: ['msteams'] });
/** One look at the publisher is two fetches: where the keys are, and the keys. */
const looks = (): number => keyHost.fetches.filter((path) => path === '/keys').length;

/** Waits for what was started in the background. */
async function settled(expected: number): Promise<void> {
  await expect.poll(looks).toBe(expected);
  await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('the keys of the channel', () => {
  it('are fetched once, however many ask at the same time, and kept', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => keys.find('k1')));
    for (const answer of answers) expect(answer).toEqual(found);
    clock += 23 * HOUR;
    expect(await keys.find('k1')).toEqual(found);
    expect(looks()).toBe(1);
  });

  it('are looked at again for a key nobody knows, at most once a minute', async () => {
    expect(await keys.find('k1')).toEqual(found);
    clock += 61_000;
    for (let i = 0; i < 100; i++) expect(await keys.find(`strange-${i}`)).toBe('unknown');
    expect(looks()).toBe(2);
    clock += 59_000;
    expect(await keys.find('k2')).toBe('unknown');
    expect(looks()).toBe(2);
    clock += 1_000;
    expect(await keys.find('k2')).toBe('unknown');
    expect(looks()).toBe(3);
  });

  it('roll over: a new key is found as soon as its token arrives, a withdrawn one is gone', async () => {
    expect(await keys.find('k1')).toEqual(found);
    keyHost.published = [second.publicJwk];
    clock += 61_000;
    expect(await keys.find('k2')).toEqual(found);
    expect(await keys.find('k1')).toBe('unknown');
  });

  it('are refreshed in the background after a day, without making anybody wait', async () => {
    await keys.find('k1');
    clock += 25 * HOUR;
    keyHost.mode = 'hanging';
    expect(await keys.find('k1')).toEqual(found);
    await expect.poll(() => keyHost.fetches.length).toBe(3);
  });

  it('of yesterday serve one more day of an outage, and then nobody is let in', async () => {
    await keys.find('k1');
    keyHost.mode = 'failing';
    for (let hours = 25; hours < 48; hours += 2) {
      clock = Date.parse('2026-11-20T10:00:00Z') + hours * HOUR;
      expect(await keys.find('k1')).toEqual(found);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    clock += 2 * HOUR;
    expect(await keys.find('k1')).toBe('unavailable');
    expect(logged.every((line) => line.startsWith('warn signing keys could not be fetched'))).toBe(true);
    keyHost.mode = 'up';
    clock += 61_000;
    expect(await keys.find('k1')).toEqual(found);
  });

  it.each(['failing', 'empty', 'garbage', 'elsewhere', 'redirecting', 'oversized'] as const)(
    'are unavailable, never open, when the publisher is %s from the start, and come back with it',
    async (mode) => {
      keyHost.mode = mode;
      expect(await keys.find('k1')).toBe('unavailable');
      expect(await keys.find('k1')).toBe('unavailable');
      expect(keyHost.fetches.length).toBeLessThanOrEqual(2);
      keyHost.mode = 'up';
      clock += 5_000;
      expect(await keys.find('k1')).toEqual(found);
    },
  );

  it.each(['failing', 'empty', 'garbage', 'elsewhere'] as const)(
    'stay as they are when the publisher is %s later',
    async (mode) => {
      await keys.find('k1');
      keyHost.mode = mode;
      clock += 61_000;
      expect(await keys.find('k2')).toBe('unknown');
      expect(await keys.find('k1')).toEqual(found);
    },
  );

  it('leave out entries that are no RSA keys', async () => {
    keyHost.published = [{ kty: 'EC', kid: 'e1' }, { kid: 'k9' }, { ...first.publicJwk, n: 7 }, second.publicJwk];
    expect(await keys.find('k2')).toEqual(found);
    expect(await keys.find('e1')).toBe('unknown');
    await settled(1);
  });

  it('are looked for again after the clock was set back', async () => {
    await keys.find('k1');
    clock -= HOUR;
    keyHost.published = [second.publicJwk];
    expect(await keys.find('k2')).toEqual(found);
  });
});
