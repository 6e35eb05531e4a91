import { isIP } from 'node:net';
import type { Retention } from '../services/audit/retention.ts';
import { CLOUDS, type Cloud, type CloudName } from '../services/clouds.ts';
import { parseSigningSecret } from '../services/events/signature.ts';
import { parseGuid, type TenantId } from '../services/identity.ts';

/** Everything the bot is told from outside, checked. @see README, settings */
export type Config = Readonly<{
  listen: Readonly<{ host: string; port: number }>;
  publicUrl: string;
  bot: Readonly<{
    appId: string;
    tenantId: TenantId;
    /** The id under which links into Teams find the app, where that is not `appId`. */
    linkedAppId?: string;
    credential: Readonly<{ secret: string }> | Readonly<{ certificatePath: string }>;
  }>;
  partner: Readonly<{
    tenantId: TenantId;
    name: string;
    indirectProviderTenantId?: TenantId;
    resellerPartnerId?: string;
  }>;
  partnerCenter: Readonly<{ appId: string; appSecret: string; refreshToken?: string; webhookCaPath?: string }>;
  /** The cloud's hosts, with emulators put in their place where that is configured. */
  cloud: Cloud;
  /** True when Microsoft's hosts are emulators on this machine: then, and only then, plain http to loopback is allowed. */
  isLoopback: boolean;
  extraServiceHosts: readonly string[];
  extraFileHosts: readonly string[];
  database: Readonly<{ url?: string; dataDir: string }>;
  sealKey: Uint8Array;
  groups: Readonly<{ rep: string; remover: string; admin: string }>;
  oauthConnectionName?: string;
  /** Where events for a ticket system go; absent where there is none. */
  webhookOut?: Readonly<{ url: URL; secret: Uint8Array }>;
  /** Whether the HTTP API is served. */
  api: boolean;
  retention: Retention;
  logLevel: LogLevel;
}>;

const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export type Environment = Readonly<Record<string, string | undefined>>;

/** Either the settings, or every problem with them at once. A problem names the variable, never its value. */
export type ReadConfig = Readonly<{ config: Config }> | Readonly<{ problems: readonly string[] }>;

/** Reads the settings. Only this file looks at the environment. */
export function readConfig(env: Environment): ReadConfig {
  const problems: string[] = [];
  const ask = createAsker(env, problems);
  const overrides = readOverrides(ask);
  const isLoopback = Object.values(overrides).some(Boolean);
  const config: Config = {
    listen: { host: ask.optional('HOST') ?? '0.0.0.0', port: ask.port('PORT', 3978) },
    publicUrl: ask.publicUrl(isLoopback),
    bot: readBot(ask),
    partner: readPartner(ask),
    partnerCenter: {
      appId: ask.guid('PARTNER_CENTER_APP_ID'),
      appSecret: ask.secret('PARTNER_CENTER_APP_SECRET'),
      refreshToken: ask.optional('PARTNER_CENTER_REFRESH_TOKEN'),
      webhookCaPath: ask.optional('PARTNER_CENTER_WEBHOOK_CA'),
    },
    cloud: withOverrides(CLOUDS[ask.oneOf<CloudName>('CLOUD', ['public', 'usgov', 'china'], 'public')], overrides),
    isLoopback,
    extraServiceHosts: ask.list('ALLOWED_SERVICE_HOSTS'),
    extraFileHosts: ask.list('ALLOWED_FILE_HOSTS'),
    database: readDatabase(ask),
    sealKey: ask.sealKey('SEAL_KEY'),
    groups: {
      rep: ask.guid('REPS_GROUP_ID'),
      remover: ask.guid('REMOVERS_GROUP_ID'),
      admin: ask.guid('ADMINS_GROUP_ID'),
    },
    oauthConnectionName: ask.optional('OAUTH_CONNECTION_NAME'),
    webhookOut: readWebhookOut(ask, isLoopback),
    api: ask.oneOf('API_ENABLED', ['true', 'false'], 'false') === 'true',
    retention: {
      hashDays: ask.days('KEEP_HASHES_DAYS', 30),
      deviceDays: ask.days('KEEP_DEVICES_DAYS', 400),
      draftDays: ask.days('KEEP_DRAFTS_DAYS', 30),
      peopleDays: ask.days('KEEP_PEOPLE_DAYS', 400),
    },
    logLevel: ask.oneOf<LogLevel>('LOG_LEVEL', LOG_LEVELS, 'info'),
  };
  if (config.partnerCenter.webhookCaPath && !overrides.partnerCenter) {
    problems.push('PARTNER_CENTER_WEBHOOK_CA is accepted only together with a loopback PARTNER_CENTER_URL.');
  }
  return problems.length > 0 ? { problems } : { config };
}

/**
 * Where the data is, for commands that need nothing else.
 *
 * @throws Error with a sentence per problem.
 */
export function readDatabaseSettings(env: Environment): Config['database'] {
  const problems: string[] = [];
  const database = readDatabase(createAsker(env, problems));
  if (problems.length > 0) throw new Error(problems.join(' '));
  return database;
}

/**
 * The key under which secrets are sealed and the one that follows it.
 *
 * @throws Error with a sentence per problem.
 */
export function readSealKeys(env: Environment): { old: Uint8Array; new: Uint8Array } {
  const problems: string[] = [];
  const ask = createAsker(env, problems);
  const keys = { old: ask.sealKey('SEAL_KEY'), new: ask.sealKey('SEAL_KEY_NEW') };
  if (env.SEAL_KEY && env.SEAL_KEY === env.SEAL_KEY_NEW)
    problems.push('SEAL_KEY_NEW must be another key than SEAL_KEY.');
  if (problems.length > 0) throw new Error(problems.join(' '));
  return keys;
}

function readDatabase(ask: Asker): Config['database'] {
  return { url: ask.databaseUrl(), dataDir: ask.optional('DATA_DIR') ?? './data' };
}

type Asker = ReturnType<typeof createAsker>;
type Overrides = Readonly<Record<'login' | 'graph' | 'partnerCenter' | 'botLogin', string | undefined>>;

function readOverrides(ask: Asker): Overrides {
  return {
    login: ask.loopbackUrl('LOGIN_URL'),
    graph: ask.loopbackUrl('GRAPH_URL'),
    partnerCenter: ask.loopbackUrl('PARTNER_CENTER_URL'),
    botLogin: ask.loopbackUrl('BOT_LOGIN_URL'),
  };
}

function withOverrides(cloud: Cloud, overrides: Overrides): Cloud {
  return {
    ...cloud,
    login: overrides.login ?? cloud.login,
    graph: overrides.graph ?? cloud.graph,
    partnerCenter: overrides.partnerCenter ?? cloud.partnerCenter,
    botLogin: overrides.botLogin ?? cloud.botLogin,
    userTokens: overrides.botLogin ?? cloud.userTokens,
  };
}

function readBot(ask: Asker): Config['bot'] {
  ask.oneOf('MicrosoftAppType', ['SingleTenant'], 'SingleTenant');
  const certificatePath = ask.optional('MicrosoftAppCertificatePath');
  return {
    appId: ask.guid('MicrosoftAppId'),
    tenantId: ask.guid('MicrosoftAppTenantId') as TenantId,
    linkedAppId: ask.optional('TEAMS_APP_ID') && ask.guid('TEAMS_APP_ID'),
    credential: certificatePath ? { certificatePath } : { secret: ask.secret('MicrosoftAppPassword') },
  };
}

function readPartner(ask: Asker): Config['partner'] {
  const provider = ask.optional('INDIRECT_PROVIDER_TENANT_ID') && ask.guid('INDIRECT_PROVIDER_TENANT_ID');
  const reseller = ask.optional('RESELLER_PARTNER_ID');
  if (reseller && !/^\d{4,10}$/.test(reseller)) ask.complain('RESELLER_PARTNER_ID must be a partner number (digits).');
  if (Boolean(provider) !== Boolean(reseller)) {
    ask.complain('INDIRECT_PROVIDER_TENANT_ID and RESELLER_PARTNER_ID belong together: set both, or neither.');
  }
  return {
    tenantId: ask.guid('PARTNER_TENANT_ID') as TenantId,
    name: ask.required('PARTNER_NAME'),
    indirectProviderTenantId: provider ? (provider as TenantId) : undefined,
    resellerPartnerId: reseller,
  };
}

function readWebhookOut(ask: Asker, isLoopback: boolean): Config['webhookOut'] {
  const address = ask.optional('WEBHOOK_OUT_URL');
  const text = ask.optional('WEBHOOK_OUT_SECRET');
  if (address === undefined && text === undefined) return undefined;
  if (address === undefined || text === undefined) {
    ask.complain('WEBHOOK_OUT_URL and WEBHOOK_OUT_SECRET belong together: set both, or neither.');
    return undefined;
  }
  const url = ask.webAddress('WEBHOOK_OUT_URL', address);
  const isHere = url !== undefined && LOOPBACK.test(url.hostname);
  if (url && isHere && !isLoopback)
    ask.complain('WEBHOOK_OUT_URL may be on this machine only together with emulators.');
  if (url && !isHere && url.protocol !== 'https:') ask.complain('WEBHOOK_OUT_URL must begin with https://.');
  if (url && !isHere && isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0)
    ask.complain('WEBHOOK_OUT_URL must name its host.');
  const secret = parseSigningSecret(text);
  if (!secret) {
    ask.complain(
      'WEBHOOK_OUT_SECRET must be whsec_ and 24 to 64 random bytes in base64 (echo whsec_$(openssl rand -base64 32)).',
    );
  }
  return url && secret && { url, secret };
}

const ZERO_GUID = '00000000-0000-0000-0000-000000000000';
const MIN_SECRET_CHARS = 16;
const LOOPBACK = /^(?:127\.\d{1,3}\.\d{1,3}\.\d{1,3}|localhost|\[::1\])$/;

/** Asks for one variable after the other and collects what is wrong with them. */
function createAsker(env: Environment, problems: string[]) {
  const complain = (sentence: string) => {
    if (!problems.includes(sentence)) problems.push(sentence);
  };
  const optional = (name: string): string | undefined => {
    const value = env[name];
    if (value === undefined || value === '') return undefined;
    if (value !== value.trim() || /^(["']).*\1$/.test(value)) {
      complain(`${name} has spaces or quotation marks around it: remove them.`);
    }
    return value.trim() || undefined;
  };
  const required = (name: string): string => {
    const value = optional(name);
    if (value === undefined) complain(`${name} is missing.`);
    return value ?? '';
  };
  const url = (name: string, value: string): URL | undefined => {
    const parsed = URL.canParse(value) ? new URL(value) : undefined;
    if (!parsed || parsed.username || parsed.password || !['http:', 'https:'].includes(parsed.protocol)) {
      complain(`${name} must be a web address such as https://bot.example.com.`);
      return undefined;
    }
    return parsed;
  };
  return {
    complain,
    optional,
    required,
    webAddress: url,

    guid(name: string): string {
      const value = required(name);
      const guid = parseGuid(value);
      if (value && (!guid || guid === ZERO_GUID)) complain(`${name} must be a GUID that is not all zeros.`);
      return guid ?? '';
    },

    secret(name: string): string {
      const value = required(name);
      if (value && (value.length < MIN_SECRET_CHARS || new Set(value).size < 6)) {
        complain(
          `${name} is too weak: use the secret Microsoft Entra generated (${MIN_SECRET_CHARS} characters or more).`,
        );
      }
      return value;
    },

    oneOf<Value extends string>(name: string, allowed: readonly Value[], fallback: Value): Value {
      const text = optional(name);
      const value = allowed.find((one) => one === text);
      if (text !== undefined && !value) complain(`${name} must be ${allowed.join(' or ')}.`);
      return value ?? fallback;
    },

    port(name: string, fallback: number): number {
      const value = Number(optional(name) ?? fallback);
      if (!Number.isInteger(value) || value < 1 || value > 65_535) complain(`${name} must be a port from 1 to 65535.`);
      return value;
    },

    days(name: string, fallback: number): number {
      const value = Number(optional(name) ?? fallback);
      if (!Number.isInteger(value) || value < 1 || value > 36_500) complain(`${name} must be a number of days from 1.`);
      return value;
    },

    list(name: string): readonly string[] {
      const hosts = (optional(name) ?? '')
        .split(',')
        .map((host) => host.trim().toLowerCase())
        .filter(Boolean);
      if (hosts.some((host) => !/^[a-z0-9.*-]+(?::\d{1,5})?$/.test(host) || host === '*')) {
        complain(`${name} must list hosts as host or host:port, separated by commas.`);
      }
      return hosts;
    },

    loopbackUrl(name: string): string | undefined {
      const value = optional(name);
      const parsed = value === undefined ? undefined : url(name, value);
      if (!parsed) return undefined;
      if (!LOOPBACK.test(parsed.hostname)) {
        complain(`${name} replaces Microsoft's host and is accepted only for a loopback address.`);
      }
      return parsed.href.replace(/\/$/, '');
    },

    publicUrl(isLoopback: boolean): string {
      const value = required('PUBLIC_URL');
      const parsed = value ? url('PUBLIC_URL', value) : undefined;
      const plainAllowed = isLoopback && parsed && LOOPBACK.test(parsed.hostname);
      if (parsed && parsed.protocol !== 'https:' && !plainAllowed) complain('PUBLIC_URL must begin with https://.');
      return value.replace(/\/$/, '');
    },

    databaseUrl(): string | undefined {
      const value = optional('DATABASE_URL');
      if (value && !/^postgres(?:ql)?:\/\//.test(value)) complain('DATABASE_URL must begin with postgres://.');
      return value;
    },

    sealKey(name: string): Uint8Array {
      const value = required(name);
      const bytes = Buffer.from(value, 'base64');
      if (value && (bytes.length !== 32 || new Set(bytes).size < 12)) {
        complain(`${name} must be 32 random bytes in base64 (openssl rand -base64 32).`);
      }
      return new Uint8Array(bytes);
    },
  };
}
