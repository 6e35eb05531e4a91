import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startedTemplate } from '../../contracts/templates.ts';
import { botSettings } from '../../emulators/bot-settings.ts';
import { startEmulators } from '../../emulators/index.ts';
import { startTeams } from '../../emulators/teams/index.ts';
import {
  BOT_APP_ID,
  CONTOSO_TENANT_ID,
  type EmulatedPerson,
  FABRIKAM_TENANT_ID,
  FARAH,
  ROBIN,
  SAM,
} from '../../emulators/world.ts';

export type KillWorld = Awaited<ReturnType<typeof openKillWorld>>;

/** Microsoft and Teams in this process, which survives, and the settings of a bot that does not. */
export async function openKillWorld(databaseUrl?: string) {
  const folder = mkdtempSync(join(tmpdir(), 'tarmac-kill-'));
  const dataDir = join(folder, 'data');
  if (!databaseUrl) cpSync(await startedTemplate(), dataDir, { recursive: true });
  const webhookCaFile = join(folder, 'webhook-ca.pem');
  const emulators = await startEmulators({ webhookCaFile });
  const { login, world, journal, faults } = emulators;
  const port = await freePort();
  let aim = port;
  const teams = await startTeams({
    botUrl: () => `http://127.0.0.1:${aim}/api/messages`,
    appId: BOT_APP_ID,
    signChannelToken: (serviceUrl) => login.channelToken({ serviceUrl, appId: BOT_APP_ID }),
    verifyBotToken: async (authorization) => (await login.verifyBotToken(authorization)).ok,
    journal,
    faults,
  });
  emulators.partnerCenter.accept(CONTOSO_TENANT_ID);
  const environment: Readonly<Record<string, string>> = {
    ...botSettings(emulators),
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    PARTNER_CENTER_WEBHOOK_CA: webhookCaFile,
    ALLOWED_SERVICE_HOSTS: new URL(teams.origin).host,
    ALLOWED_FILE_HOSTS: new URL(teams.origin).host,
    LOG_LEVEL: 'error',
    ...(databaseUrl ? { DATABASE_URL: databaseUrl } : { DATA_DIR: dataDir }),
  };
  const person = ({ id: userId, name, upn }: EmulatedPerson, tenantId: string) =>
    teams.person({ tenantId, userId, name, upn, locale: 'en-GB' });
  return {
    ...{ environment, partnerCenter: emulators.partnerCenter, journal, faults },
    /** Where Teams delivers from now on: what a load balancer decides. */
    aimAt(newPort: number): void {
      aim = newPort;
    },
    robin: person(ROBIN, world.partner.tenantId),
    sam: person(SAM, world.partner.tenantId),
    farah: person(FARAH, FABRIKAM_TENANT_ID),
    async close(): Promise<void> {
      await teams.close();
      await emulators.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A port that nobody listens on just now. */
export async function freePort(): Promise<number> {
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
