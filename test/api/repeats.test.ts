import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRepeats } from '../../bot/api/repeats.ts';
import { ServiceError } from '../../services/errors.ts';
import { forgetCallsBefore } from '../../services/idempotency/call-store.ts';
import { migrate } from '../../services/storage/migrations.ts';
import { MIGRATIONS } from '../../services/storage/schema/migrations.ts';
import { inMemory, quietLog, type TestDatabase } from '../contracts/test-databases.ts';

let test: TestDatabase;
let done: number;
const NOW = new Date('2026-11-21T09:00:00Z');
const says = ['sendRequest', '', '{}', new Uint8Array([1])] as const;
const act = async () => {
  done += 1;
  await new Promise((resolve) => setTimeout(resolve, 20));
  return { status: 201, body: { number: done } };
};

beforeAll(async () => {
  test = await inMemory.create();
  await migrate(test.database, MIGRATIONS, quietLog);
  done = 0;
});

afterAll(() => test?.remove());

const repeats = () => createRepeats(test.database, () => NOW);

describe('a call with a key', () => {
  it('is done once, and answered the same again', async () => {
    const first = await repeats().once({ caller: 'robin', key: 'key-00001', says }, act);
    const again = await repeats().once({ caller: 'robin', key: 'key-00001', says }, act);
    expect(first).toEqual({ status: 201, body: { number: 1 }, isRepeat: false });
    expect(again).toEqual({ status: 201, body: { number: 1 }, isRepeat: true });
    expect(done).toBe(1);
  });

  it('is done once, however many arrive together', async () => {
    const before = done;
    const all = await Promise.all(
      Array.from({ length: 16 }, () => repeats().once({ caller: 'robin', key: 'key-00002', says }, act)),
    );
    expect(done).toBe(before + 1);
    expect(all.filter((one) => 'isRepeat' in one && !one.isRepeat)).toHaveLength(1);
    for (const one of all) expect('code' in one ? one.code : 'answered').toMatch(/answered|outcome-unknown/);
  });

  it('is another one for another caller', async () => {
    const before = done;
    await repeats().once({ caller: 'sam', key: 'key-00001', says }, act);
    expect(done).toBe(before + 1);
  });

  it.each([
    ['another body', ['sendRequest', '', '{}', new Uint8Array([2])]],
    ['another address', ['withdrawRequest', '', '{}', new Uint8Array([1])]],
    ['the same bytes cut elsewhere', ['sendRequest{}', '', '', new Uint8Array([1])]],
  ])('is not taken for %s', async (_what, other) => {
    const before = done;
    expect(await repeats().once({ caller: 'robin', key: 'key-00001', says: other }, act)).toMatchObject({
      code: 'key-reused',
    });
    expect(done).toBe(before);
  });

  it.each([undefined, '', 'short', 'with blank', 'x'.repeat(201), 'a/b/c/d/e/f'])(
    'needs a key that is one: %s',
    async (key) => {
      expect(await repeats().once({ caller: 'robin', key, says }, act)).toMatchObject({ code: 'key-missing' });
    },
  );

  it('that was cut off is not begun again', async () => {
    const before = done;
    const cut = repeats().once({ caller: 'robin', key: 'key-00003', says }, () =>
      Promise.reject(new Error('the process died')),
    );
    await expect(cut).rejects.toThrow('the process died');
    expect(await repeats().once({ caller: 'robin', key: 'key-00003', says }, act)).toMatchObject({
      status: 409,
      code: 'outcome-unknown',
    });
    expect(done).toBe(before);
  });

  it('that was refused changed nothing, and may come again', async () => {
    const refused = repeats().once({ caller: 'robin', key: 'key-00004', says }, () =>
      Promise.reject(new ServiceError('graph-unavailable', 'down')),
    );
    await expect(refused).rejects.toThrow('down');
    expect(await repeats().once({ caller: 'robin', key: 'key-00004', says }, act)).toMatchObject({
      status: 201,
      isRepeat: false,
    });
  });

  it('is forgotten after its time', async () => {
    expect(await forgetCallsBefore(test.database, NOW)).toBe(0);
    expect(await forgetCallsBefore(test.database, new Date(NOW.getTime() + 1))).toBeGreaterThan(3);
    const before = done;
    await repeats().once({ caller: 'robin', key: 'key-00001', says }, act);
    expect(done).toBe(before + 1);
  });
});
