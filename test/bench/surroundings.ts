import { createServer } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { botSettings } from '../emulators/bot-settings.ts';
import type { Emulators } from '../emulators/index.ts';

/** Settings of the echo bot. */
export function echoEnvironment({ urls, world }: Emulators): Record<string, string> {
  return {
    LOGIN_URL: urls.login,
    BOT_LOGIN_URL: urls.botLogin,
    BOT_APP_ID: world.botApp.appId,
    BOT_SECRET: world.botApp.secret,
    BOT_TENANT_ID: world.partner.tenantId,
  };
}

/** Settings of the bot, as an operator would give them, for a bot among these emulators. */
export function tarmacEnvironment(
  emulators: Emulators,
  connector: Pick<Connector, 'host'>,
  dataDir: string,
): Record<string, string> {
  return {
    ...botSettings(emulators),
    PUBLIC_URL: 'http://127.0.0.1:1',
    ALLOWED_SERVICE_HOSTS: connector.host,
    DATA_DIR: dataDir,
    LOG_LEVEL: 'error',
  };
}

export type Connector = Awaited<ReturnType<typeof startConnector>>;

/** A connector that takes everything, at once or after `delayMs`: what is measured is the bot. */
export async function startConnector({ delayMs = 0 }: { delayMs?: number } = {}) {
  const postedAt: number[] = [];
  const server = createServer((request, response) => {
    request.resume().on('end', async () => {
      if (request.method === 'POST') postedAt.push(performance.now());
      if (delayMs > 0) await setTimeout(delayMs);
      response.setHeader('content-type', 'application/json');
      const isRoster = request.method === 'GET';
      response.end(isRoster ? '{"id":"29:x","userPrincipalName":"robin@northwind.example"}' : '{"id":"1"}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no address');
  const host = `127.0.0.1:${address.port}`;
  return {
    host,
    url: `http://${host}/`,
    /** When each message came, in ms. */
    postedAt,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const probe = await startConnector();
  await probe.close();
  return Number(probe.host.split(':')[1]);
}
