import { describe, expect, it } from 'vitest';
import { type Environment, readConfig } from '../../bot/config.ts';

const guid = (last: number) => `11111111-2222-4333-8444-${String(last).padStart(12, '0')}`;

const good: Environment = {
  PUBLIC_URL: 'https://bot.northwind.example',
  MicrosoftAppId: guid(1),
  MicrosoftAppPassword: 'Zq8~longEnoughSecret',
  MicrosoftAppTenantId: guid(2),
  PARTNER_TENANT_ID: guid(2),
  PARTNER_NAME: 'Northwind',
  PARTNER_CENTER_APP_ID: guid(3),
  PARTNER_CENTER_APP_SECRET: 'Zq8~longEnoughSecret',
  SEAL_KEY: Buffer.from(Array.from({ length: 32 }, (_, index) => index * 7)).toString('base64'),
  REPS_GROUP_ID: guid(4),
  REMOVERS_GROUP_ID: guid(5),
  ADMINS_GROUP_ID: guid(6),
};

const loopback: Environment = {
  ...good,
  PUBLIC_URL: 'http://127.0.0.1:3978',
  LOGIN_URL: 'http://127.0.0.1:4001',
  GRAPH_URL: 'http://127.0.0.1:4002',
  PARTNER_CENTER_URL: 'http://127.0.0.1:4003',
  BOT_LOGIN_URL: 'http://127.0.0.1:4001',
};

function problemsOf(environment: Environment): readonly string[] {
  const read = readConfig(environment);
  return 'problems' in read ? read.problems : [];
}

const webhook = {
  WEBHOOK_OUT_URL: 'https://tickets.northwind.example/hook',
  WEBHOOK_OUT_SECRET: `whsec_${Buffer.from(Array.from({ length: 32 }, (_, index) => index * 5)).toString('base64')}`,
};

describe('the address for events', () => {
  it('is read together with its secret', () => {
    const read = readConfig({ ...good, ...webhook });
    expect('config' in read && read.config.webhookOut?.url.href).toBe(webhook.WEBHOOK_OUT_URL);
    expect(problemsOf({ ...loopback, ...webhook, WEBHOOK_OUT_URL: 'http://127.0.0.1:9/hook' })).toEqual([]);
  });

  it.each([
    ['WEBHOOK_OUT_URL', ''],
    ['WEBHOOK_OUT_SECRET', ''],
    ['WEBHOOK_OUT_URL', 'http://tickets.northwind.example/hook'],
    ['WEBHOOK_OUT_URL', 'https://user:pw@tickets.northwind.example/hook'],
    ['WEBHOOK_OUT_URL', 'https://10.0.0.7/hook'],
    ['WEBHOOK_OUT_URL', 'https://127.0.0.1/hook'],
    ['WEBHOOK_OUT_URL', 'https://[::1]/hook'],
    ['WEBHOOK_OUT_SECRET', 'not-a-secret'],
    ['WEBHOOK_OUT_SECRET', `whsec_${'A'.repeat(44)}`],
  ])('is refused with %s=%s, without its value', (name, value) => {
    const problems = problemsOf({ ...good, ...webhook, [name]: value }).join('\n');
    expect(problems).toContain(name);
    if (value) expect(problems).not.toContain(value);
  });
});

describe('readConfig', () => {
  it('takes a complete environment and fills in the rest', () => {
    const read = readConfig(good);
    expect(read).toMatchObject({
      config: {
        listen: { port: 3978 },
        database: { dataDir: './data' },
        cloud: { graph: 'https://graph.microsoft.com' },
        isLoopback: false,
        logLevel: 'info',
      },
    });
  });

  it('names every missing setting at once', () => {
    const problems = problemsOf({}).join('\n');
    for (const name of Object.keys(good)) expect(problems).toContain(`${name} is missing`);
  });

  it.each([
    ['MicrosoftAppId', ''],
    ['MicrosoftAppId', '   '],
    ['MicrosoftAppId', '00000000-0000-0000-0000-000000000000'],
    ['MicrosoftAppId', `"${guid(1)}"`],
    ['MicrosoftAppId', 'not-a-guid'],
    ['MicrosoftAppPassword', 'short'],
    ['MicrosoftAppPassword', 'aaaaaaaaaaaaaaaaaaaaaaaa'],
    ['MicrosoftAppType', 'None'],
    ['SEAL_KEY', Buffer.alloc(32).toString('base64')],
    ['SEAL_KEY', Buffer.from('too short').toString('base64')],
    ['PUBLIC_URL', 'http://bot.northwind.example'],
    ['PUBLIC_URL', 'ftp://bot.northwind.example'],
    ['PUBLIC_URL', 'https://user:pw@bot.northwind.example'],
    ['LOGIN_URL', 'https://login.evil.example'],
    ['GRAPH_URL', 'http://169.254.169.254'],
    ['PARTNER_CENTER_URL', 'http://127.0.0.1.evil.example'],
    ['BOT_LOGIN_URL', 'http://10.0.0.1'],
    ['DATABASE_URL', 'mysql://localhost/tarmac'],
    ['PORT', '70000'],
    ['CLOUD', 'mars'],
    ['LOG_LEVEL', 'loud'],
    ['ALLOWED_FILE_HOSTS', '*'],
    ['ALLOWED_SERVICE_HOSTS', 'https://evil.example/'],
    ['REPS_GROUP_ID', 'everyone'],
    ['RESELLER_PARTNER_ID', 'abc'],
    ['INDIRECT_PROVIDER_TENANT_ID', guid(9)],
    ['PARTNER_CENTER_WEBHOOK_CA', '/tmp/ca.pem'],
  ])('refuses %s=%j with a sentence that names it and not its value', (name, value) => {
    const problems = problemsOf({ ...good, [name]: value });
    expect(problems.join(' ')).toContain(name);
    if (value.trim().length > 8) expect(problems.join(' ')).not.toContain(value);
  });

  it('allows plain http on loopback only together with emulators on loopback', () => {
    expect(problemsOf(loopback)).toEqual([]);
    expect(problemsOf({ ...good, PUBLIC_URL: 'http://127.0.0.1:3978' })).not.toEqual([]);
  });

  it('takes a certificate in place of a password', () => {
    const { MicrosoftAppPassword: _, ...rest } = good;
    expect(problemsOf({ ...rest, MicrosoftAppCertificatePath: '/run/secrets/bot.pem' })).toEqual([]);
  });

  it('takes a distributor and a reseller together', () => {
    expect(problemsOf({ ...good, INDIRECT_PROVIDER_TENANT_ID: guid(9), RESELLER_PARTNER_ID: '1234567' })).toEqual([]);
  });
});
