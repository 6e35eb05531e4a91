import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startEmulators } from '../index.ts';
import { CONTOSO, PARTNER_CENTER_APP_ID } from '../world.ts';
import { ask, CONTOSO_PATH, startTestWorld } from './world.ts';

it('goes on after a restart with customers, jobs, tokens, webhook and signing root as they were', async () => {
  const webhookCaFile = join(mkdtempSync(join(tmpdir(), 'root-')), 'root.pem');
  const before = await startTestWorld({ webhookCaFile });
  const root = readFileSync(webhookCaFile, 'utf8');
  before.partnerCenter.accept(CONTOSO.tenantId);
  const body = { batchId: 'ORDER-1', devices: [{ productKey: '3300000000001' }] };
  const place = (await before.ask(`${CONTOSO_PATH}/deviceBatches`, { body })).headers.get('location');
  const snapshot = JSON.parse(JSON.stringify(await before.snapshot()));
  await before.close();

  const after = await startEmulators({ snapshot, webhookCaFile });
  after.partnerCenter.advance(3_600_000);
  const token = before.userToken;
  const status = (await ask(`${after.urls.partnerCenter}/v1${place}`, { token })).json();
  expect(status.devicesStatus[0].status).toBe('finished');
  expect(after.partnerCenter.state().counters.creations).toEqual({ [`${CONTOSO.tenantId}/order-1`]: 1 });
  expect(readFileSync(webhookCaFile, 'utf8')).toBe(root);
  await after.close();
});

it('refuses a snapshot that is none', async () => {
  await expect(startEmulators({ snapshot: { login: {}, graph: {}, partnerCenter: {} } })).rejects.toThrow();
});

it('lets a client sign in over HTTP and use the token at Partner Center', async () => {
  const emulators = await startEmulators();
  const { refreshToken, secret } = emulators.world.partnerCenterApp;
  const form = {
    client_id: PARTNER_CENTER_APP_ID,
    client_secret: secret,
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    scope: 'https://api.partnercenter.microsoft.com/user_impersonation offline_access',
  };
  const url = `${emulators.urls.login}/${emulators.world.partner.tenantId}/oauth2/v2.0/token`;
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(form) });
  const { access_token: token } = JSON.parse(await answer.text());
  const link = await ask(`${emulators.urls.partnerCenter}/v1/customers/relationshiprequests`, { token });
  expect(link.status).toBe(200);
  await emulators.close();
});
