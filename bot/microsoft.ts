import { readFileSync } from 'node:fs';
import { createRoleReader } from '../services/access/role-reader.ts';
import { CLOUDS } from '../services/clouds.ts';
import { ServiceError } from '../services/errors.ts';
import { createGraph } from '../services/graph/graph.ts';
import { createOwnRoles } from '../services/graph/own-roles.ts';
import type { Log } from '../services/log.ts';
import { createPartnerSignIn } from '../services/login/partner-sign-in.ts';
import { createSealedSecrets } from '../services/login/sealed-secrets.ts';
import { findOpenTrouble } from '../services/login/sign-in-troubles.ts';
import type { SignInWatch } from '../services/login/sign-in-watch.ts';
import { createTokenSource } from '../services/login/token-source.ts';
import { watchSignIn, watchTokens } from '../services/login/watched-tokens.ts';
import { createPartnerCenter } from '../services/partner-center/partner-center.ts';
import type { Queryable } from '../services/storage/ports.ts';
import type { Config } from './config.ts';

/** Longest wait for one answer, in ms. A POST of 1,000 devices may take its time. */
const LOGIN_TIMEOUT_MS = 15_000;
const GRAPH_TIMEOUT_MS = 15_000;
/** Somebody waits for the answer to a press while their own roles are read. */
const OWN_ROLES_TIMEOUT_MS = 4_000;
const PARTNER_CENTER_TIMEOUT_MS = 100_000;

/** Connections to Microsoft: who we are to each of them, and where they are. */
export function connectMicrosoft(config: Config, db: Queryable, now: () => Date, log: Log, watch = NO_WATCH) {
  const { cloud, bot, partner } = config;
  const shared = { loginUrl: cloud.login, now, timeoutMs: LOGIN_TIMEOUT_MS };
  const botTokens = createTokenSource({
    ...shared,
    tenantId: bot.tenantId,
    clientId: bot.appId,
    credential:
      'secret' in bot.credential
        ? bot.credential
        : { certificatePem: readFileSync(bot.credential.certificatePath, 'utf8') },
  });
  const partnerLogin = partnerLoginOf(config, now);
  const partnerTokens = createTokenSource(partnerLogin);
  const storedSignIn = createPartnerSignIn({
    ...partnerLogin,
    secrets: createSealedSecrets(db, config.sealKey),
    seed: config.partnerCenter.refreshToken,
    log,
  });
  const signIn = watchSignIn(storedSignIn, { watch, now });
  const cloudGraphUrl = Object.values(CLOUDS).some(({ graph }) => graph === cloud.graph)
    ? cloud.graph
    : CLOUDS.public.graph;
  const graphTokens = partnerTokens.forScope(`${cloudGraphUrl}/.default`);
  const graph = createGraph({
    graphUrl: cloud.graph,
    cloudGraphUrl,
    partnerTokens: graphTokens,
    timeoutMs: GRAPH_TIMEOUT_MS,
    now,
  });
  const partnerCenter = createPartnerCenter({
    baseUrl: cloud.partnerCenter,
    userToken: signIn,
    appToken: watchTokens(partnerTokens.forScope(`${cloud.partnerCenterResource}/.default`), 'app', { watch, now }),
    indirectProviderTenantId: partner.indirectProviderTenantId,
    timeoutMs: PARTNER_CENTER_TIMEOUT_MS,
    now,
    log,
  });
  const consentOrigins = config.isLoopback
    ? [cloud.partnerCenter]
    : cloud.consentHosts.map((host) => `https://${host}`);

  return {
    botTokens,
    graphTokens,
    signIn,
    graph,
    roleReader: createRoleReader({
      ownRoles: createOwnRoles({ graphUrl: cloud.graph, timeoutMs: OWN_ROLES_TIMEOUT_MS }),
      graphOrigin: cloudGraphUrl,
      now,
    }),
    partnerCenter,
    linkRules: {
      consentOrigins,
      partnerTenantId: partner.tenantId,
      indirectProviderTenantId: partner.indirectProviderTenantId,
      resellerPartnerId: partner.resellerPartnerId,
    },

    /** The distributor's name as Entra has it; its tenant id when that cannot be read just now. */
    async distributorName(): Promise<string | undefined> {
      const id = partner.indirectProviderTenantId;
      if (!id) return undefined;
      const found = await graph.findById(id).catch((error: unknown) => {
        log.warn('the distributor’s name cannot be read', { error });
        return undefined;
      });
      return found?.name ?? id;
    },

    /** What is wrong with the sign-in to Partner Center, if anything. */
    async signInProblem(): Promise<unknown> {
      try {
        await signIn.get();
      } catch (error) {
        return error;
      }
      // Login gives tokens, but Partner Center may refuse them: for want of a second factor, for example.
      const trouble = await findOpenTrouble(db);
      const message = 'the sign-in to Partner Center needs a person';
      return trouble && new ServiceError('partner-center-sign-in', message, { reason: trouble.reason });
    },
  };
}

/** Who we are to login when we speak for the partner. */
export function partnerLoginOf({ cloud, partner, partnerCenter }: Config, now: () => Date) {
  return {
    loginUrl: cloud.login,
    tenantId: partner.tenantId,
    clientId: partnerCenter.appId,
    credential: { secret: partnerCenter.appSecret },
    resource: cloud.partnerCenterResource,
    timeoutMs: LOGIN_TIMEOUT_MS,
    now,
  };
}

/** For commands, which only look and tell nobody. */
const NO_WATCH: SignInWatch = { async failed() {}, async worked() {}, async mended() {} };

export type Microsoft = ReturnType<typeof connectMicrosoft>;
