import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createWording } from '../../cards/wording/wording.ts';
import { quietLog } from '../contracts/test-databases.ts';
import { ACTORS } from './cast.ts';
import { type House, openHouse, PROFILE_ID } from './house.ts';
import { DRAFT, SECRET_PKID, SENT_BATCH, setScene } from './scene.ts';

const SAM = ACTORS['another rep'];
const GONE = createWording('en').say('error.batch-not-found');
let house: House;

beforeAll(async () => {
  house = await openHouse(quietLog);
});
beforeEach(() => setScene(house, 'active'));
afterAll(() => house?.close());

/** Every button that takes the id of a batch, and what else it carries. */
const ROADS = [
  ['batch.open', {}],
  ['batch.page', { page: 1 }],
  ['batch.refresh', {}],
  ['batch.export', {}],
  ['batch.file', { format: 'csv' }],
  ['batch.resend', {}],
  ['batch.ask-profile', {}],
  ['batch.apply-profile', { applicationId: PROFILE_ID, profile: PROFILE_ID }],
  ['register.more', {}],
  ['register.page', { page: 1, version: 1 }],
  ['register.confirm', { version: 1, batchName: 'Mine now' }],
  ['register.cancel', {}],
  ['surface.show', {}],
  ['surface.file', {}],
] as const;

it.each(ROADS)('a list that a colleague is putting together is not there for another rep: %s', async (verb, more) => {
  const before = await house.digest();
  const { cards, texts, body } = await house.press(SAM, 'personal', verb, { batchId: DRAFT, ...more });
  const said = JSON.stringify([cards, texts, body]);
  expect(said).not.toMatch(new RegExp(`${SECRET_PKID}|Order draft`));
  expect(await house.digest()).toBe(before);
  if (verb.startsWith('batch.')) expect(said).toContain(GONE);
});

it('what a colleague has sent is there: the test can fail', async () => {
  const answer = await house.press(SAM, 'personal', 'batch.open', { batchId: SENT_BATCH });
  expect(JSON.stringify(answer)).toContain(SECRET_PKID);
});
