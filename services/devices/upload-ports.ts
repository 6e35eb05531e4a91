import type { Alarms } from '../audit/alarms.ts';
import type { CustomerService } from '../customers/customer-service.ts';
import type { Announce } from '../events/ports.ts';
import type { Log } from '../log.ts';
import type { Jobs } from '../queue/ports.ts';
import type { Database, Transaction } from '../storage/ports.ts';
import type { Batch, Upload } from './batch.ts';
import type { DevicePace } from './paced-registry.ts';
import type { DeviceRegistry } from './ports.ts';

/** What following uploads to their end needs. */
export type UploadPorts = Readonly<{
  db: Database;
  jobs: Jobs;
  registry: DeviceRegistry & Pick<DevicePace, 'planRead'>;
  /** Puts the profile chosen for a batch on its way, in the transaction in which the batch ends. */
  applyProfile?: (tx: Transaction, batch: Batch) => Promise<void>;
  customers: CustomerService;
  now: () => Date;
  newId: () => string;
  /** Tells a ticket system; absent where there is none. */
  announce?: Announce;
  /** Tells administrators of a batch that the audit does not know as confirmed. */
  alarms: Pick<Alarms, 'raise'>;
  log: Log;
}>;

/** An upload and its batch, as a job found them. */
export type Held = Readonly<{ upload: Upload; batch: Batch }>;
