import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compose } from '../../bot/compose.ts';
import { type Environment, readConfig } from '../../bot/config.ts';
import { createLog } from '../../bot/log.ts';
import type { Log } from '../../services/log.ts';
import { openDatabase } from '../../services/storage/open-database.ts';
import type { Database } from '../../services/storage/ports.ts';
import { startedTemplate } from '../contracts/templates.ts';
import { botSettings } from '../emulators/bot-settings.ts';
import { startEmulators } from '../emulators/index.ts';
import { startTeams, type TeamsOptions } from '../emulators/teams/index.ts';
import { BOT_APP_ID, type EmulatedPerson, type EmulatedTenant } from '../emulators/world.ts';

export type Stage = Awaited<ReturnType<typeof openStage>>;

export type StageOptions = Readonly<{
  /** With a `DATA_DIR` of its own the bot makes its database there, as at its first start; otherwise it copies one. */
  settings?: Environment;
  limits?: TeamsOptions['limits'];
  /** Where the bot logs instead of standard output. */
  log?: Log;
}>;

/** The whole bot in this process, with Microsoft and Teams emulated around it over loopback HTTP. */
export async function openStage(options: StageOptions = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'tarmac-'));
  const dataDir = join(folder, 'data');
  if (!options.settings?.DATA_DIR) cpSync(await startedTemplate(), dataDir, { recursive: true });
  const webhookCaFile = join(folder, 'webhook-ca.pem');
  const emulators = await startEmulators({ webhookCaFile });
  const { login, journal, faults } = emulators;
  let port = 0;
  const teams = await startTeams({
    botUrl: () => `http://127.0.0.1:${port}/api/messages`,
    appId: BOT_APP_ID,
    signChannelToken: (serviceUrl) => login.channelToken({ serviceUrl, appId: BOT_APP_ID }),
    verifyBotToken: async (authorization) => (await login.verifyBotToken(authorization)).ok,
    journal,
    faults,
    limits: options.limits,
  });

  const environment: Environment = {
    ...botSettings(emulators),
    PORT: String(await freePort()),
    PARTNER_CENTER_WEBHOOK_CA: webhookCaFile,
    ALLOWED_SERVICE_HOSTS: new URL(teams.origin).host,
    ALLOWED_FILE_HOSTS: [teams.origin, emulators.urls.graph].map((url) => new URL(url).host).join(','),
    DATA_DIR: dataDir,
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'error',
    ...options.settings,
  };

  async function start() {
    const settings = readConfig({ PUBLIC_URL: `http://127.0.0.1:${environment.PORT}`, ...environment });
    if ('problems' in settings) throw new Error(settings.problems.join(' '));
    const tarmac = await compose(settings.config, options.log ?? createLog(settings.config.logLevel));
    port = await tarmac.listen();
    return tarmac;
  }

  let tarmac = await start();
  return {
    ...emulators,
    teams,
    /** The bot's address. */
    url: () => `http://127.0.0.1:${port}`,
    /** Somebody's Teams client in their own chat with the bot; the app is not installed yet. */
    person: (who: EmulatedPerson, tenant: Pick<EmulatedTenant, 'tenantId'>, locale = 'en-GB') =>
      teams.person({ tenantId: tenant.tenantId, userId: who.id, name: who.name, upn: who.upn, locale }),
    /** Stops the bot as a deployment does, and starts it again on the same data. */
    async restart(): Promise<void> {
      await tarmac.close(5_000);
      tarmac = await start();
    },
    /** Looks into the bot's database; the bot is stopped meanwhile, because the database is its alone. */
    async inDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
      await tarmac.close(5_000);
      const db = await openDatabase({ dataDir, log: createLog('error') });
      try {
        return await work(db);
      } finally {
        await db.close();
        tarmac = await start();
      }
    },
    async close(): Promise<void> {
      await tarmac.close(2_000);
      await teams.close();
      await emulators.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const { createServer } = await import('node:net');
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
