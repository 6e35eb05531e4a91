import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runSignIn } from '../../bot/sign-in/command.ts';
import { parseTenantId } from '../../services/identity.ts';
import { createPartnerSignIn, REFRESH_TOKEN } from '../../services/login/partner-sign-in.ts';
import { createSealedSecrets } from '../../services/login/sealed-secrets.ts';
import { findOpenTrouble } from '../../services/login/sign-in-troubles.ts';
import { createSignInWatch } from '../../services/login/sign-in-watch.ts';
import { signIn as signInError } from '../../services/login/token-endpoint.ts';
import { watchSignIn } from '../../services/login/watched-tokens.ts';
import { createJobs } from '../../services/queue/boss-jobs.ts';
import { migrate } from '../../services/storage/migrations.ts';
import { MIGRATIONS } from '../../services/storage/schema/migrations.ts';
import { inMemory, quietLog, type TestDatabase } from '../contracts/test-databases.ts';
import { type Emulators, startEmulators } from '../emulators/index.ts';

const now = () => new Date();
const KEY = randomBytes(32);
let emulators: Emulators;
let test: TestDatabase;
let jobs: Awaited<ReturnType<typeof createJobs>>;
let written: string;

beforeAll(async () => {
  emulators = await startEmulators();
  test = await inMemory.create();
  await migrate(test.database, MIGRATIONS, quietLog);
  jobs = await createJobs({ database: test.database, log: quietLog });
});
afterAll(async () => {
  await jobs?.stop(1_000);
  await test?.remove();
  await emulators?.close();
});
beforeEach(async () => {
  Object.assign(emulators.login.settings, { refresh: 'works', withoutMfa: false });
  await test.database.query('truncate secrets, sign_in_troubles');
  written = '';
});

/** The command as a person meets it: `browse` is what they do with the address, and returns what they paste. */
function signIn(args: readonly string[], browse: (address: string) => Promise<string>, sealKey = KEY): Promise<number> {
  const { world, urls } = emulators;
  const tenantId = parseTenantId(world.partner.tenantId);
  if (!tenantId) throw new Error('no tenant');
  const { appId: clientId, secret } = world.partnerCenterApp;
  const resource = 'https://api.partnercenter.microsoft.com';
  const login = { loginUrl: urls.login, tenantId, clientId, credential: { secret }, resource, timeoutMs: 5_000, now };
  const watch = createSignInWatch({ db: test.database, jobs, now, newId: randomUUID, log: quietLog });
  const secrets = createSealedSecrets(test.database, sealKey);
  const stored = createPartnerSignIn({ ...login, secrets, log: quietLog });
  return runSignIn(args, {
    login,
    withSignIn: (work) => work(watchSignIn(stored, { watch, now })),
    write: (text) => {
      written += text;
    },
    ask: () => browse(/^http:\/\/\S+$/m.exec(written)?.[0] ?? ''),
  });
}

/** What the browser's address bar shows in the end. */
async function inTheBrowser(address: string): Promise<string> {
  const { headers } = await fetch(address, { redirect: 'manual' });
  return headers.get('location') ?? '';
}

const stored = async () => createSealedSecrets(test.database, KEY).read(REFRESH_TOKEN);

describe('npm run sign-in', () => {
  it('takes the service account through a browser, stores what it gets, and lets work go on', async () => {
    const watch = createSignInWatch({ db: test.database, jobs, now, newId: randomUUID, log: quietLog });
    await watch.failed('call', signInError('mfa', 'no second factor'));
    expect(await findOpenTrouble(test.database)).toBeDefined();
    expect(await signIn([], inTheBrowser)).toBe(0);
    expect((await stored())?.value).toMatch(/^rt-/);
    expect(await findOpenTrouble(test.database)).toBeUndefined();
    expect(written).toContain('Signed in');
    expect(written).not.toContain((await stored())?.value);
  });

  it('takes the place of what cannot be opened any more', async () => {
    await createSealedSecrets(test.database, randomBytes(32)).put(REFRESH_TOKEN, 'sealed under a lost key');
    expect(await signIn([], inTheBrowser)).toBe(0);
    expect((await stored())?.value).toMatch(/^rt-/);
  });

  it('takes a refresh token that is typed in', async () => {
    expect(await signIn(['--token'], async () => ` ${emulators.world.partnerCenterApp.refreshToken}\n`)).toBe(0);
    expect((await stored())?.value).toMatch(/^rt-/);
  });

  it.each([
    ['no address', async () => 'what?', /no web address/],
    ['the address of another attempt', async () => 'http://localhost:8400/?code=x&state=y', /another attempt/],
    [
      'an address that says no',
      async (url: string) => {
        const state = new URL(url).searchParams.get('state');
        return `http://localhost:8400/?error=access_denied&state=${state}`;
      },
      /did not let the account in/,
    ],
  ])('refuses %s and changes nothing', async (_what, browse, sentence) => {
    expect(await signIn([], browse)).toBe(2);
    expect(written).toMatch(sentence);
    expect(await stored()).toBeUndefined();
  });

  it('refuses a sign-in without a second factor, which Partner Center would not take', async () => {
    emulators.login.settings.withoutMfa = true;
    expect(await signIn([], inTheBrowser)).toBe(2);
    expect(written).toMatch(/without a second factor/);
    expect(await stored()).toBeUndefined();
  });

  it('says how it is used when it is given something else', async () => {
    expect(await signIn(['--token', 'secret-on-the-command-line'], async () => '')).toBe(2);
    expect(written).toMatch(/never taken from the command line/);
  });
});
