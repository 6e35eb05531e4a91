import { ServiceError } from '../../../services/errors.ts';
import type { TokenSupply } from '../../../services/login/tokens.ts';
import { createPartnerCenter } from '../../../services/partner-center/partner-center.ts';
import { recordingLog, tenant } from '../login/login-fixtures.ts';

export const CUSTOMER = tenant('c0000000-0000-4000-8000-000000000001');
export const OTHER_CUSTOMER = tenant('c0000000-0000-4000-8000-000000000002');
export const DISTRIBUTOR = tenant('1a000000-0000-4000-8000-000000000002');
export const TRACKING_ID = '7b000000-0000-4000-8000-000000000007';
export const NOW = new Date('2026-11-21T12:00:00Z');
export const LOCATION = `/customers/${CUSTOMER}/batchJobStatus/${TRACKING_ID}`;
export const IDS = {
  requestId: 'aaaaaaaa-0000-4000-8000-000000000001',
  correlationId: 'bbbbbbbb-0000-4000-8000-000000000002',
};

/** Tokens that count: `canary-user-1`, and after it was dropped `canary-user-2`. */
function countingTokens(name: string): TokenSupply & { dropped: string[] } {
  let issued = 1;
  const dropped: string[] = [];
  return {
    dropped,
    get: async () => `canary-${name}-${issued}`,
    drop(token) {
      dropped.push(token);
      issued += 1;
    },
  };
}

/** An adapter that talks to `baseUrl`, with what it was given to look at. */
export function aPartnerCenter(baseUrl: string, changes: Partial<Parameters<typeof createPartnerCenter>[0]> = {}) {
  const log = recordingLog();
  const userToken = countingTokens('user');
  const appToken = countingTokens('app');
  const parts = { baseUrl, userToken, appToken, timeoutMs: 1_000, now: () => NOW, log };
  return { partnerCenter: createPartnerCenter({ ...parts, ...changes }), log, userToken, appToken };
}

/** The ServiceError with which `work` fails. */
export async function failureOf(work: Promise<unknown>): Promise<ServiceError> {
  const error = await work.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof ServiceError)) throw error;
  return error;
}

export function anUpload(changes: Readonly<Record<string, unknown>> = {}) {
  return { customerId: CUSTOMER, batchName: 'ORDER-4711', ...IDS, devices: [{ pkid: '0301234567890' }], ...changes };
}
