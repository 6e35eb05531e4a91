import type { TenantId } from '../identity.ts';
import type { BatchSummary, DeviceRegistry, RegisteredDevice } from './ports.ts';

/** A device as Partner Center lists it now. */
export type ListedAtCustomer = Readonly<{ batchName: string; device: RegisteredDevice }>;

/** What looking through a customer's batches brought; `looked` below `batches` means that the time ran out. */
export type CustomerSearch = Readonly<{
  found: ReadonlyMap<string, readonly ListedAtCustomer[]>;
  looked: number;
  batches: number;
  /** Names of the batches that were read. */
  lookedInto: readonly string[];
}>;

export type CustomerSearchOptions = Readonly<{
  registry: Pick<DeviceRegistry, 'batches' | 'batchDevices'>;
  /** Batches to look into first, by their name: where we believe the devices to be. */
  first?: readonly string[];
  /** Batches that were read before, by their name. */
  skip?: readonly string[];
  /** True once no further batch may be begun. */
  isOver: () => boolean;
}>;

/** So many batches are read side by side: Partner Center has no search, and somebody waits. */
const AT_ONCE = 4;

/**
 * Looks for devices by PKID or serial number (in capitals) in Partner Center itself, batch by batch, the likely and the
 * newest first, until all are found, all batches were read or the time is over.
 */
export async function searchCustomer(
  customerId: TenantId,
  keys: readonly string[],
  { registry, first = [], skip = [], isOver }: CustomerSearchOptions,
): Promise<CustomerSearch> {
  const likely = new Set(first.map((name) => name.toLowerCase()));
  const batches = inOrder(await registry.batches(customerId), likely);
  const skipped = new Set(skip);
  const wanted = new Set(keys);
  const found = new Map<string, ListedAtCustomer[]>();
  const lookedInto: string[] = [];
  const queue = batches.filter(({ name }) => !skipped.has(name));

  async function read(): Promise<void> {
    for (let batch = queue.shift(); batch; batch = queue.shift()) {
      if (isOver() || (found.size === wanted.size && !likely.has(batch.name.toLowerCase()))) return;
      const devices = await registry.batchDevices(customerId, batch.name);
      lookedInto.push(batch.name);
      for (const device of devices) note({ batchName: batch.name, device });
    }
  }

  function note(listed: ListedAtCustomer): void {
    const { pkid, serial } = listed.device;
    for (const key of new Set([pkid, serial?.toUpperCase()])) {
      if (key && wanted.has(key)) found.set(key, [...(found.get(key) ?? []), listed]);
    }
  }

  await Promise.all(Array.from({ length: AT_ONCE }, read));
  const before = batches.filter(({ name }) => skipped.has(name)).length;
  const looked = found.size === wanted.size ? batches.length : before + lookedInto.length;
  return { found, looked, batches: batches.length, lookedInto };
}

function inOrder(batches: readonly BatchSummary[], likely: ReadonlySet<string>): readonly BatchSummary[] {
  const rank = ({ name }: BatchSummary) => (likely.has(name.toLowerCase()) ? 0 : 1);
  const time = ({ createdAt }: BatchSummary) => createdAt?.getTime() ?? 0;
  return batches.toSorted((one, other) => rank(one) - rank(other) || time(other) - time(one));
}
