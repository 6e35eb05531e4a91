import type { Log } from '../../services/log.ts';
import type { Queryable } from '../../services/storage/ports.ts';
import type { Config } from '../config.ts';
import { createSigningKeys, tenantMetadataUrl } from '../endpoint/signing-keys.ts';
import { type Api, createApi } from './api.ts';
import { batchRoutes } from './batch-routes.ts';
import { createCallers } from './callers.ts';
import { openApiDocument } from './openapi.ts';
import { type OverviewRouteParts, overviewRoutes } from './overview-routes.ts';
import { createRepeats } from './repeats.ts';
import { type RequestRouteParts, requestRoutes } from './request-routes.ts';

export type HttpApiParts = OverviewRouteParts &
  Pick<RequestRouteParts, 'relationships'> &
  Readonly<{
    batches: Parameters<typeof batchRoutes>[0];
    profiles: Parameters<typeof batchRoutes>[1];
    db: Queryable;
    now: () => Date;
    log: Log;
  }>;

/** The HTTP API, put together; `undefined` where it is not switched on. */
export function createHttpApi(config: Config, parts: HttpApiParts): Api | undefined {
  if (!config.api) return undefined;
  const { cloud, bot, partner } = config;
  const { db, now, log, access } = parts;
  const keys = createSigningKeys({ metadataUrl: tenantMetadataUrl(cloud.login, partner.tenantId), fetch, now, log });
  const sellsThroughDistributor = partner.indirectProviderTenantId !== undefined;
  const routes = [
    ...overviewRoutes(parts),
    ...requestRoutes({ ...parts, sellsThroughDistributor }),
    ...batchRoutes(parts.batches, parts.profiles),
  ];
  return createApi({
    routes,
    document: openApiDocument(routes, { appId: bot.appId, login: cloud.login, tenantId: partner.tenantId }),
    callers: createCallers({
      appId: bot.appId,
      tenantId: partner.tenantId,
      issuers: cloud.accessTokenIssuers,
      keys,
      now,
    }),
    access,
    repeats: createRepeats(db, now),
    now,
    log,
  });
}
