import type { Batch, BatchDevice } from '../devices/batch.ts';
import type { BatchService } from '../devices/batch-service.ts';
import { type ListedAtCustomer, searchCustomer } from '../devices/customer-search.ts';
import type { Device, ListProblem } from '../devices/device.ts';
import { readKeys } from '../devices/device-keys.ts';
import { findDevices } from '../devices/device-search.ts';
import type { DeviceRegistry, ListInput, ListReader } from '../devices/ports.ts';
import { ServiceError } from '../errors.ts';
import type { Person, RemovalId } from '../identity.ts';
import type { Database, Queryable, Transaction } from '../storage/ports.ts';
import { MAX_DEVICES_PER_REMOVAL, type Removal, type RemovalDevice } from './removal.ts';
import {
  addRemovalDevices,
  countRemovalDevices,
  dropRemovalDevices,
  type NewRemovalDevice,
  removalDevicesIn,
  removedAmong,
} from './removal-device-store.ts';

export type DraftDevices = Readonly<{
  db: Database;
  registry: Pick<DeviceRegistry, 'batches' | 'batchDevices'>;
  reader: ListReader;
  batches: BatchService;
  now: () => Date;
  ownDraft(id: RemovalId, by: Person, q?: Queryable): Promise<Removal>;
  save(tx: Transaction, removal: Removal): Promise<Removal>;
}>;

/** What was read of a list: how many devices were new to the draft, and which lines were not taken. */
export type Taken = Readonly<{ added: number; problems: readonly ListProblem[] }>;

/** Somebody waits for the answer, and Teams waits for 15 seconds. Our own rule, in ms. */
const LOOK_MS = 8_000;

/** The devices of a removal that is being put together: from lists, from batches, and where Partner Center has them. */
export function createDraftDevices(ports: DraftDevices) {
  const { db, ownDraft, save } = ports;

  async function insert(id: RemovalId, by: Person, devices: readonly NewRemovalDevice[]): Promise<number> {
    return db.transaction(async (tx) => {
      const draft = await ownDraft(id, by, tx);
      const before = await removalDevicesIn(tx, id, ['unchecked', 'found', 'absent'], MAX_DEVICES_PER_REMOVAL);
      const fresh = withoutRepeats(before, devices);
      const count = before.length + fresh.length;
      if (count > MAX_DEVICES_PER_REMOVAL)
        throw new ServiceError('batch-too-large', 'too many devices', { max: MAX_DEVICES_PER_REMOVAL, count });
      await addRemovalDevices(tx, id, (before.at(-1)?.position ?? -1) + 1, fresh);
      await save(tx, { ...draft, lookedInto: [] }); // what was read before is read again for what is new
      return fresh.length;
    });
  }

  return {
    async add(id: RemovalId, input: ListInput, by: Person): Promise<Taken> {
      await ownDraft(id, by);
      const { devices, problems } = await ports.reader.read(input);
      const certain = devices.filter(({ confirm, pkid, serial }) => !confirm && (pkid || serial));
      const doubtful = devices.filter((device) => !certain.includes(device)).map(asProblem);
      const typed = certain.length === 0 && input.kind === 'text' ? serialsOf(input.text) : [];
      const added = await insert(id, by, [...certain, ...typed].map(asNew));
      return { added, problems: typed.length > 0 ? [] : [...problems.filter(isNotDoubt(doubtful)), ...doubtful] };
    },

    /** Devices that Partner Center said were registered; where it said so for certain, they need no looking for. */
    async addBatch(id: RemovalId, batch: Batch, by: Person, position?: number): Promise<void> {
      const { total } = await ports.batches.counts(batch.id);
      const page = { limit: total, offset: 0, order: 'position' } as const;
      const devices = await ports.batches.devices(batch.id, page);
      const removed = await removedAmong(
        db,
        devices.flatMap(({ deviceId }) => deviceId ?? []),
      );
      const registered = devices.filter(
        (device) =>
          isRegistered(device) &&
          !removed.has(device.deviceId ?? '') &&
          (position === undefined || device.position === position),
      );
      if (registered.length === 0) throw new ServiceError('batch-empty', `${batch.id} has no registered devices`);
      await insert(
        id,
        by,
        registered.map((device) => fromBatch(device, batch)),
      );
    },

    async look(id: RemovalId, by: Person): Promise<Removal> {
      const draft = await ownDraft(id, by);
      const open = await removalDevicesIn(db, id, ['unchecked'], MAX_DEVICES_PER_REMOVAL);
      if (open.length === 0) return draft;
      const keys = open.flatMap(({ pkid, serial }) => pkid ?? serial?.toUpperCase() ?? []);
      const until = ports.now().getTime() + LOOK_MS;
      const known = await findDevices(db, keys);
      const ours = known.filter(({ batch }) => batch.customer.tenantId === draft.customer.tenantId);
      const search = await searchCustomer(draft.customer.tenantId, keys, {
        registry: ports.registry,
        first: ours.map(({ batch }) => batch.name),
        skip: draft.lookedInto,
        isOver: () => ports.now().getTime() >= until,
      });
      const isOver = search.looked >= search.batches;
      return db.transaction(async (tx) => {
        const current = await ownDraft(id, by, tx);
        await settle(tx, id, open, search.found, isOver);
        return save(tx, { ...current, lookedInto: [...current.lookedInto, ...search.lookedInto] });
      });
    },
  };

  /** Puts what was found in place of what was looked for; once all was read, the rest is absent. */
  async function settle(
    tx: Transaction,
    id: RemovalId,
    open: readonly RemovalDevice[],
    found: ReadonlyMap<string, readonly ListedAtCustomer[]>,
    isOver: boolean,
  ): Promise<void> {
    const answered = open.map((device) => ({ device, listed: matching(device, found) }));
    const done = answered.filter(({ listed }) => listed.length > 0 || isOver);
    await dropRemovalDevices(
      tx,
      id,
      done.map(({ device }) => device.position),
    );
    const { total } = await countRemovalDevices(tx, id);
    const rows = done.flatMap(({ device, listed }): NewRemovalDevice[] =>
      listed.length === 0 ? [{ ...asNew(device), state: 'absent' }] : listed.map(asFound),
    );
    const last = Math.max(total, ...open.map(({ position }) => position + 1));
    await addRemovalDevices(tx, id, last, rows);
  }
}

function asNew({ pkid, serial, manufacturer, model }: Device): NewRemovalDevice {
  return { pkid, serial, manufacturer, model, state: 'unchecked' };
}

function asFound({ batchName, device }: ListedAtCustomer): NewRemovalDevice {
  return { ...asNew(device), state: 'found', batchName, deviceId: device.deviceId };
}

function fromBatch(device: BatchDevice, { name }: Batch): NewRemovalDevice {
  const { deviceId } = device;
  return deviceId ? { ...asNew(device), state: 'found', batchName: name, deviceId } : asNew(device);
}

function isRegistered({ state, pkid, serial }: BatchDevice): boolean {
  return (state === 'registered' || state === 'already') && (pkid !== undefined || serial !== undefined);
}

/** A serial number may occur at two makers: where both name one, it must be the same. */
function matching(
  { pkid, serial, manufacturer }: RemovalDevice,
  found: ReadonlyMap<string, readonly ListedAtCustomer[]>,
): readonly ListedAtCustomer[] {
  const listed = found.get(pkid ?? serial?.toUpperCase() ?? '') ?? [];
  return listed.filter(({ device }) => {
    if (pkid) return device.pkid === pkid;
    const maker = device.manufacturer;
    return !manufacturer || !maker || maker.toLowerCase() === manufacturer.toLowerCase();
  });
}

function withoutRepeats(before: readonly Device[], devices: readonly NewRemovalDevice[]): readonly NewRemovalDevice[] {
  const keyOf = ({ pkid, serial, manufacturer }: Device) => pkid ?? `${serial?.toUpperCase()} ${manufacturer ?? ''}`;
  const seen = new Set(before.map(keyOf));
  return devices.filter((device) => {
    const key = keyOf(device);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Serial numbers typed alone: enough to find a registered device, though not to register one. */
function serialsOf(text: string): readonly Device[] {
  return readKeys(text)
    .filter((key) => /\d/.test(key) && key.length >= 5)
    .map((serial) => ({ serial }));
}

/** What cannot be undone takes no doubtful numbers: they are told as lines that were not taken. */
function asProblem({
  source,
  row,
  confirm,
  pkid,
  serial,
}: Device & { source: string; row: number; confirm?: ListProblem['kind'] }): ListProblem {
  const kind = confirm ?? 'insufficient_identifiers';
  return { source, row, kind, details: { value: pkid ?? serial ?? '' } };
}

function isNotDoubt(doubtful: readonly ListProblem[]): (problem: ListProblem) => boolean {
  const told = new Set(doubtful.map(({ source, row, kind }) => `${source} ${row} ${kind}`));
  return ({ source, row, kind }) => !told.has(`${source} ${row} ${kind}`);
}
