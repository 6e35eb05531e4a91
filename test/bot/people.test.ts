import { expect, it } from 'vitest';
import { type Heard, readActivity } from '../../bot/activity.ts';
import { createPeople } from '../../bot/people.ts';
import { findPerson, savePerson } from '../../services/people/people-store.ts';
import { migrate } from '../../services/storage/migrations.ts';
import { MIGRATIONS } from '../../services/storage/schema/migrations.ts';
import { inMemory, quietLog } from '../contracts/test-databases.ts';

const TENANT = '10000000-0000-4000-8000-000000000001';
const USER = '20000000-0000-4000-8000-000000000002';

function removal(conversationType: 'personal' | 'groupChat' | 'channel'): Heard {
  const heard = readActivity({
    type: 'installationUpdate',
    action: 'remove',
    serviceUrl: 'https://smba.trafficmanager.net/emea/',
    from: { id: '29:rep', name: 'Rep', aadObjectId: USER },
    recipient: { id: '28:bot', name: 'Tarmac' },
    conversation: { id: 'a:1', name: '', conversationType, tenantId: TENANT, isGroup: conversationType !== 'personal' },
  });
  if (!heard) throw new Error('an activity that should be read was not');
  return heard;
}

it('reaches no longer who removed the app from their own chat, and still who removed it from a team or group', async () => {
  const { database: db, remove } = await inMemory.create();
  await migrate(db, MIGRATIONS, quietLog);
  const heard = removal('personal');
  const { tenantId, userId } = heard.speaker;
  const person = { tenantId, userId, name: 'Rep', installed: true, conversationId: 'a:1', serviceUrl: 'https://x/' };
  await savePerson(db, person, new Date(0));
  const people = createPeople({ db, onArrival: async () => {}, now: () => new Date(0), log: quietLog });
  await people.left(removal('channel'));
  await people.left(removal('groupChat'));
  expect(await findPerson(db, heard.speaker)).toMatchObject({ installed: true });
  await people.left(heard);
  expect(await findPerson(db, heard.speaker)).toMatchObject({ installed: false });
  await remove();
});

it('asks the roster again at the next turn when it could not be read: only it tells guests from staff', async () => {
  const { database: db, remove } = await inMemory.create();
  await migrate(db, MIGRATIONS, quietLog);
  let failures = 0;
  const log = { ...quietLog, warn: () => void failures++ };
  const people = createPeople({ db, onArrival: async () => {}, now: () => new Date(0), log });
  const heard = removal('personal');
  const context = { activity: { from: { id: '29:rep' } } } as never; // no connector: reading fails
  for (let turn = 1; turn <= 3; turn++) {
    const { speaker } = await people.meet(heard, context);
    expect(speaker.signInName).toBeUndefined();
    expect(failures).toBe(turn);
  }
  await savePerson(db, { ...heard.speaker, signInName: 'rep@northwind.example', installed: true }, new Date(0));
  expect((await people.meet(heard, context)).speaker.signInName).toBe('rep@northwind.example');
  expect(failures).toBe(3);
  await remove();
});
