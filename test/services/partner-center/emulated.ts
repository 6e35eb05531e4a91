import { parseTenantId, type TenantId } from '../../../services/identity.ts';
import { createPartnerSignIn } from '../../../services/login/partner-sign-in.ts';
import { createTokenSource } from '../../../services/login/token-source.ts';
import { createPartnerCenter } from '../../../services/partner-center/partner-center.ts';
import { type Emulators, startEmulators } from '../../emulators/index.ts';
import { RESOURCE, recordingLog, secretsInMemory } from '../login/login-fixtures.ts';

/** Our adapters against the emulators, wired as the bot wires them. */
export async function openEmulated(timeoutMs = 5_000) {
  const emulators = await startEmulators();
  const { partner, distributor, partnerCenterApp } = emulators.world;
  const log = recordingLog();
  const login = {
    loginUrl: emulators.urls.login,
    tenantId: tenantOf(partner.tenantId),
    clientId: partnerCenterApp.appId,
    credential: { secret: partnerCenterApp.secret },
    now: () => new Date(),
    timeoutMs,
  };
  const tokens = createTokenSource(login);
  const secrets = secretsInMemory();
  const seed = partnerCenterApp.refreshToken;
  const userToken = createPartnerSignIn({ ...login, resource: RESOURCE, secrets, seed, log });
  const partnerCenter = createPartnerCenter({
    baseUrl: emulators.urls.partnerCenter,
    userToken,
    appToken: tokens.forScope(`${RESOURCE}/.default`),
    indirectProviderTenantId: tenantOf(distributor.tenantId),
    timeoutMs,
    now: () => new Date(),
    log,
  });
  return { emulators, partnerCenter, tokens, userToken, secrets, log };
}

export function tenantOf(text: string): TenantId {
  const parsed = parseTenantId(text);
  if (!parsed) throw new Error(`${text} is not a tenant id`);
  return parsed;
}

/** The customer at this place of the emulated world. */
export function customerOf({ world }: Emulators, at: number) {
  const customer = world.customers[at];
  if (!customer) throw new Error(`the emulated world has no customer ${at}`);
  return { ...customer, tenantId: tenantOf(customer.tenantId) };
}
