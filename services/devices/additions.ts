import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceError } from '../errors.ts';
import type { TenantId } from '../identity.ts';
import type { Log } from '../log.ts';
import type { Transaction } from '../storage/ports.ts';
import type { Batch } from './batch.ts';
import type { BatchSummary, DeviceRegistry } from './ports.ts';

export type AdditionPorts = Readonly<{ registry: Pick<DeviceRegistry, 'batches'>; log?: Log }>;

/** A preview waits this long for the customer's batches; it can be confirmed without. */
const OFFER_WITHIN_MS = 3_000;
/** More batches than this are not read in a list of choices. */
const MAX_OFFERED = 40;

/** Batches that Partner Center has already, to which a list may be added. */
export function createAdditions({ registry, log }: AdditionPorts) {
  return {
    /** The customer's batches to choose from, the newest first; none where Partner Center does not say so at once. */
    async targets(customer: TenantId): Promise<readonly BatchSummary[]> {
      const asked = registry.batches(customer).catch((error: unknown) => {
        log?.info('batches to add to cannot be offered', { error });
        return [];
      });
      const found = await Promise.race([asked, sleep(OFFER_WITHIN_MS, [], { ref: false })]);
      const time = ({ createdAt }: BatchSummary) => createdAt?.getTime() ?? 0;
      return found
        .filter(isAtRest)
        .toSorted((a, b) => time(b) - time(a))
        .slice(0, MAX_OFFERED);
    },

    /**
     * The batch with this name as Partner Center has it now, spelt as it is there.
     *
     * @throws ServiceError `batch-to-add-to-gone`, `batch-under-way`, or `partner-center-…` when that cannot be told.
     */
    async target(customer: TenantId, name: string): Promise<NonNullable<Batch['addsTo']>> {
      const found = (await registry.batches(customer)).find((one) => one.name.toLowerCase() === name.toLowerCase());
      if (!found) throw new ServiceError('batch-to-add-to-gone', `no batch to add to at ${customer}`, { name });
      if (!isAtRest(found)) throw new ServiceError('batch-under-way', `${name} is under way`, { name });
      return { name: found.name, deviceCount: found.deviceCount };
    },
  };
}

/**
 * Refuses an addition while another one to the same batch is under way: with two unknown outcomes, the batch's count of
 * devices could not tell which arrived. Holds everybody else who wants to add there until this transaction ends.
 *
 * @throws ServiceError `batch-under-way`.
 */
export async function takeTurn(tx: Transaction, { id, customer, name }: Batch): Promise<void> {
  const key = `batch/${customer.tenantId}/${name.toLowerCase()}`;
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [key]);
  const others = await tx.query(
    `select 1 from batches where customer_tenant_id = $1 and lower(name) = lower($2) and id <> $3
       and state in ('sending', 'waiting') limit 1`,
    [customer.tenantId, name, id],
  );
  if (others.length > 0) throw new ServiceError('batch-under-way', `another addition to ${name}`, { name });
}

/** Partner Center works on nothing in it: its count stands still. */
function isAtRest({ state }: BatchSummary): boolean {
  return state !== 'queued' && state !== 'processing';
}
