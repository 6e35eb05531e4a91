import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Environment, readConfig } from '../../bot/config.ts';
import { askRunningBot, readSchema } from '../../bot/doctor/database.ts';
import { examineEvents } from '../../bot/doctor/events.ts';
import { examine, examineServices } from '../../bot/doctor/examine.ts';
import { permissionFindings } from '../../bot/doctor/graph.ts';
import { userFinding, webhookFinding } from '../../bot/doctor/partner-center.ts';
import { adviceSentence, findingSentence } from '../../cards/doctor/sentences.ts';
import { bare } from '../../cards/text.ts';
import { createWording } from '../../cards/wording/wording.ts';
import { parseTenantId, parseUserId } from '../../services/identity.ts';
import type { Check, Finding } from '../../services/operation/finding.ts';
import { savePerson } from '../../services/people/people-store.ts';
import { migrate } from '../../services/storage/migrations.ts';
import { openDatabase } from '../../services/storage/open-database.ts';
import type { Database } from '../../services/storage/ports.ts';
import { MIGRATIONS } from '../../services/storage/schema/migrations.ts';
import { quietLog, startedTemplate } from '../contracts/templates.ts';
import { inMemory } from '../contracts/test-databases.ts';
import { botSettings } from '../emulators/bot-settings.ts';
import { type Emulators, startEmulators } from '../emulators/index.ts';
import {
  ANNA,
  BO,
  CONTOSO,
  type EmulatedPerson,
  type EmulatedTenant,
  NILS,
  NORTHWIND,
  ROBIN,
} from '../emulators/world.ts';

let emulators: Emulators;
let db: Database;
let remove: () => Promise<void>;
let folder: string;
let env: Environment;

beforeAll(async () => {
  emulators = await startEmulators();
  ({ database: db, remove } = await inMemory.create());
  await migrate(db, MIGRATIONS, quietLog);
});

afterAll(async () => {
  await remove();
  await emulators.close();
});

beforeEach(async () => {
  Object.assign(emulators.login.settings, { refresh: 'works', withoutMfa: false });
  await db.query('truncate people, requests, approvers, secrets cascade');
  folder = mkdtempSync(join(tmpdir(), 'tarmac-doctor-'));
  env = {
    ...botSettings(emulators),
    PORT: '1', // nobody listens there
    PUBLIC_URL: 'http://127.0.0.1:3978',
    DATA_DIR: join(folder, 'data'),
  };
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/**
 * Emulators nobody has a connection to yet. Opening a database on disk can hold up this process for longer than an idle
 * connection lives; a request that then takes one of those would be lost.
 */
async function useFreshEmulators(): Promise<void> {
  await emulators.close();
  emulators = await startEmulators();
  const { login, graph, partnerCenter, botLogin } = emulators.urls;
  env = { ...env, LOGIN_URL: login, GRAPH_URL: graph, PARTNER_CENTER_URL: partnerCenter, BOT_LOGIN_URL: botLogin };
}

/** The checks beyond the database, on the one in memory as if a bot had run with it before. */
function examineStored(change: Environment = {}): Promise<readonly Finding[]> {
  const settings = readConfig({ ...env, ...change });
  if ('problems' in settings) throw new Error(settings.problems.join(' '));
  return examineServices(settings.config, { db, state: 'stored' }, () => new Date());
}

async function meet(who: EmulatedPerson, { tenantId }: EmulatedTenant): Promise<void> {
  const tenant = parseTenantId(tenantId);
  const user = parseUserId(who.id);
  if (!tenant || !user) throw new Error('the world has a bad id');
  await savePerson(
    db,
    { tenantId: tenant, userId: user, name: who.name, signInName: who.upn, installed: true },
    new Date(),
  );
}

async function anOpenRequest(): Promise<void> {
  await db.query(
    `insert into requests (id, reference, customer_tenant_id, customer_name, customer_domain, route, link, requested_by,
       state, created_at, expires_at, version) values ('r1', 'ref', $1, 'Contoso', 'contoso.example', 'direct',
       'https://admin.microsoft.com/', '{}', 'sent', now(), now() + interval '7 days', 1)`,
    [CONTOSO.tenantId],
  );
  for (const [position, upn] of [ANNA.upn, BO.upn].entries()) {
    await db.query(
      'insert into approvers (request_id, position, customer_tenant_id, sign_in_name) values ($1, $2, $3, $4)',
      ['r1', position, CONTOSO.tenantId, upn],
    );
  }
}

const ENGLISH = createWording('en');
/** Findings of one check, in words. */
const about = (check: Check, findings: readonly Finding[]) =>
  findings.filter((finding) => finding.check === check).map(inWords);
const problems = <Found extends Pick<Finding, 'outcome'>>(findings: readonly Found[]): readonly Found[] =>
  findings.filter(({ outcome }) => outcome === 'problem');

function inWords(finding: Finding) {
  const advice = finding.outcome === 'problem' ? adviceSentence(finding, ENGLISH, bare) : '';
  return { check: finding.check, outcome: finding.outcome, text: findingSentence(finding, ENGLISH, bare), advice };
}

async function registerWebhook(): Promise<void> {
  const { urls, world, login } = emulators;
  const token = await login.accessToken({
    aud: 'https://api.partnercenter.microsoft.com',
    tid: world.partner.tenantId,
    appid: world.partnerCenterApp.appId,
  });
  const answer = await fetch(`${urls.partnerCenter}/webhooks/v1/registration`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      WebhookUrl: 'http://127.0.0.1:3978/api/partner-center/webhook',
      WebhookEvents: [
        'reseller-relationship-accepted-by-customer',
        'indirect-reseller-relationship-accepted-by-customer',
        'test-created',
      ],
    }),
  });
  if (!answer.ok) throw new Error(`the webhook was not registered: ${answer.status}`);
}

describe('a whole installation', () => {
  beforeEach(useFreshEmulators);

  it('can be examined before its first start, without leaving anything behind', async () => {
    const findings = await examine(env);
    expect(about('database', findings)[0]?.text).toContain('None yet');
    expect(about('partner-center-user', findings)[0]?.outcome).toBe('ok');
    expect(problems(findings).map(({ check }) => check)).toEqual(['webhook']);
    expect(existsSync(env.DATA_DIR ?? '')).toBe(false);
  });

  it('can be examined while the bot holds the embedded database, and after', async () => {
    cpSync(await startedTemplate(), env.DATA_DIR ?? '', { recursive: true });
    const stored = await openDatabase({ dataDir: env.DATA_DIR ?? '', log: quietLog });
    const during = await examine(env).finally(() => stored.close());
    expect(about('database', during)[0]?.text).toContain('in use by the running bot');
    expect(about('bot', during)[0]?.outcome).toBe('not-checked');
    expect(about('partner-center-user', during)[0]?.outcome).toBe('not-checked');
    expect(about('graph-token', during)[0]?.outcome).toBe('ok');
    await useFreshEmulators();
    const after = await examine(env);
    expect(about('database', after)[0]?.text).toBe('It answers, and its schema is current.');
    expect(about('installed', after)[0]?.text).toBe('0 people at the partner, 0 people at 0 customers.');
  });

  it('names every problem with the settings', async () => {
    const findings = await examine({});
    expect(findings.length).toBeGreaterThan(8);
    expect(findings.every(({ outcome, check }) => outcome === 'problem' && check === 'settings')).toBe(true);
  });

  it('tells a silent database server from the rest, without its password', async () => {
    const findings = await examine({ ...env, DATABASE_URL: 'postgres://u:pw-hidden@127.0.0.1:1/x' });
    expect(problems(about('database', findings))[0]?.text).toMatch(/ECONNREFUSED/);
    expect(about('bot-token', findings)[0]?.outcome).toBe('ok');
    expect(JSON.stringify(findings)).not.toContain('pw-hidden');
  });

  it('is told when a newer version changed the database', async () => {
    await db.query(`insert into schema_migrations (id, name, breaking) values (99, 'later', true)`);
    const reading = readSchema(db);
    await expect(reading).rejects.toThrow(/later/);
    await db.query('delete from schema_migrations where id = 99');
  });
});

it('leaves a schema alone that the next start brings forward', async () => {
  await db.query('delete from schema_migrations where id = 1');
  const { state, finding } = await readSchema(db);
  await db.query(`insert into schema_migrations (id, name, breaking) values (1, 'key-value', false)`);
  expect(state).toBe('behind');
  expect(inWords(finding).text).toBe('It answers; the next start brings its schema forward by 1 step.');
});

describe('the running bot', () => {
  async function findingsAt(checks: Readonly<Record<string, boolean>>): Promise<readonly Finding[]> {
    const server = createServer((_, response) => response.end(JSON.stringify({ status: '', checks })));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    return askRunningBot({ host: '0.0.0.0', port }).finally(() => server.close());
  }

  it('is asked how it is, at its own address', async () => {
    expect(about('bot', await findingsAt({ database: true, token: true }))[0]?.outcome).toBe('ok');
  });

  it('says itself what is wrong with it', async () => {
    const [finding] = about('bot', await findingsAt({ database: true, token: false }));
    expect(finding).toMatchObject({ outcome: 'problem', text: 'It runs and is not ready: token.' });
  });
});

describe('what works', () => {
  it('is said, line by line', async () => {
    await meet(ROBIN, NORTHWIND);
    await meet(ANNA, CONTOSO);
    await anOpenRequest();
    await registerWebhook();
    const findings = await examineStored();
    expect(problems(findings)).toEqual([]);
    expect(about('graph-lookup', findings)[0]?.text).toContain('Northwind Partner');
    expect(about('groups', findings)[0]?.text).toContain('1 of the 1 colleague who');
    expect(about('partner-center-user', findings)[0]?.text).toContain('90 days left');
    expect(about('installed', findings)[0]?.text).toBe('1 person at the partner, 1 person at 1 customer.');
    expect(about('installed', findings)[1]?.text).toBe(
      'Somebody has it at every customer with a request or a relationship (1).',
    );
    expect(about('approvers', findings)[0]?.text).toBe('Contoso: 1 of 2 approvers have the app.');
  });

  it('never shows a secret', async () => {
    const text = JSON.stringify(await examineStored({ PARTNER_CENTER_APP_SECRET: 'wrong-but-long-secret-1' }));
    for (const secret of [env.SEAL_KEY, env.MicrosoftAppPassword, env.PARTNER_CENTER_REFRESH_TOKEN, 'wrong-but-long'])
      expect(text).not.toContain(secret);
  });
});

describe('a problem is found and says what to do', () => {
  it.each<[string, Environment, Check, RegExp]>([
    ['a wrong bot secret', { MicrosoftAppPassword: 'wrong-but-long-secret-1' }, 'bot-token', /credential/],
    ['a wrong Partner Center secret', { PARTNER_CENTER_APP_SECRET: 'wrong-but-long-secret-1' }, 'graph-token', /cred/],
    ['no sign-in yet', { PARTNER_CENTER_REFRESH_TOKEN: undefined }, 'partner-center-user', /nobody has signed in/i],
    ['a silent login', { LOGIN_URL: 'http://127.0.0.1:1' }, 'bot-token', /did not answer/],
    ['a silent Graph', { GRAPH_URL: 'http://127.0.0.1:1' }, 'graph-lookup', /did not answer/],
    ['a silent Partner Center', { PARTNER_CENTER_URL: 'http://127.0.0.1:1' }, 'partner-center-app', /did not answer/],
    ['a certificate that is not there', { MicrosoftAppCertificatePath: '/nowhere.pem' }, 'bot-token', /certificate/],
  ])('%s', async (_what, change, check, text) => {
    const [finding] = problems(about(check, await examineStored(change)));
    expect(finding?.text).toMatch(text);
    expect(finding?.advice.length).toBeGreaterThan(20);
  });

  it('a sign-in that expired', async () => {
    emulators.login.settings.refresh = 'expired';
    const [expired] = about('partner-center-user', await examineStored());
    expect(expired).toMatchObject({ outcome: 'problem', advice: expect.stringMatching(/Sign in with.*AADSTS700082/) });
  });

  it('a sign-in without a second factor', async () => {
    emulators.login.settings.withoutMfa = true;
    const [weak] = about('partner-center-user', await examineStored());
    expect(weak).toMatchObject({ outcome: 'problem', text: expect.stringContaining('without a second factor') });
  });

  it('a stored sign-in under another key', async () => {
    await examineStored();
    const findings = await examineStored({ SEAL_KEY: randomBytes(32).toString('base64') });
    const [user] = problems(about('partner-center-user', findings));
    expect(user).toMatchObject({ advice: expect.stringContaining('SEAL_KEY') });
  });

  it('a group nobody is in, and approvers without the app', async () => {
    await meet(NILS, NORTHWIND);
    await anOpenRequest();
    const findings = await examineStored();
    expect(problems(about('groups', findings))[0]?.text).toContain('0 of the 1 colleague who');
    expect(problems(about('approvers', findings))[0]?.text).toMatch(/^Contoso: none of the approvers.*\(2 people\)/);
    expect(about('installed', findings)[1]?.text).toMatch(/^At 1 of 1 customers .*: Contoso\.$/);
  });
});

describe('single findings', () => {
  it('names each missing permission, and takes a wider one for it', () => {
    const missing = (roles: readonly string[]) =>
      problems(permissionFindings(roles).map(inWords)).map(({ text }) => text);
    expect(missing(['CrossTenantInformation.ReadBasic.All', 'Directory.Read.All'])).toEqual([]);
    expect(missing(['User.Read.All', 'Mail.Send'])).toEqual([
      expect.stringContaining('CrossTenantInformation.ReadBasic.All is missing'),
      expect.stringContaining('GroupMember.Read.All is missing'),
    ]);
  });

  it('takes sending mail for a choice', () => {
    const texts = permissionFindings([])
      .map(inWords)
      .map(({ outcome, text }) => `${outcome} ${text}`);
    expect(texts).toContain(
      'ok Mail.Send is not granted, so sending an invitation from a rep’s mailbox is not offered. That is a choice.',
    );
  });

  it('tells a webhook that leads elsewhere, or lacks events', () => {
    const wanted = 'https://bot.example/api/partner-center/webhook';
    const both = ['reseller-relationship-accepted-by-customer', 'indirect-reseller-relationship-accepted-by-customer'];
    expect(webhookFinding({ url: wanted, events: both }, wanted).outcome).toBe('ok');
    expect(webhookFinding({ url: wanted, events: both.slice(1) }, wanted).outcome).toBe('problem');
    const elsewhere = webhookFinding({ url: 'https://old.example', events: both }, wanted);
    expect(inWords(elsewhere).text).toContain('https://old.example');
  });

  it('says when a person signed in last, where that was noted', () => {
    const age = { renewedAt: new Date(0), daysLeft: 90, signedInAt: new Date('2026-11-01T08:00:00Z') };
    expect(inWords(userFinding(['mfa'], age, age)).text).toMatch(
      /^A person signed in with a second factor on .*Nov 1, 2026/,
    );
  });

  it('tells that events for a ticket system wait, or were given up', async () => {
    const hook = new URL('https://tickets.northwind.example/hook');
    const at = new Date('2026-11-21T09:00:00Z');
    const add = (id: string, state: string) =>
      db.query(
        `insert into outgoing_events (id, type, data, state, created_at) values ($1, 'batch.finished', '{}', $2, $3)`,
        [id, state, new Date('2026-11-21T08:00:00Z')],
      );
    const examined = async () => (await examineEvents(db, hook, at)).map(inWords);
    expect(await examined()).toMatchObject([{ outcome: 'ok', text: '0 were taken in the last month, 0 wait.' }]);
    await add('e1', 'given-up');
    const [lost] = await examined();
    expect(lost).toMatchObject({ outcome: 'problem', text: '1 event was given up in the last month.' });
    await add('e2', 'due');
    const [late, alsoLost] = await examined();
    expect(late?.text).toMatch(/^1 event waits for the ticket system, the oldest since .*Nov 21, 2026/);
    expect(alsoLost).toEqual(lost);
    await db.query('delete from outgoing_events');
  });

  it('says how long a sign-in lasts, and how long it had left', () => {
    const age = (daysLeft: number) => ({ renewedAt: new Date(0), daysLeft });
    expect(inWords(userFinding(['pwd', 'mfa'], age(12.4), age(90))).text).toContain('90 days left, 12 before');
    expect(userFinding(['pwd'], age(12), age(90)).outcome).toBe('problem');
  });
});
