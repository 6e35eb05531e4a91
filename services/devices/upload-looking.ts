import { type BatchDevice, isTransient, type Upload } from './batch.ts';
import { devicesOfUpload } from './device-store.ts';
import type { BatchSummary } from './ports.ts';
import { type Verdict, verdicts, verdictsFromBatch } from './results.ts';
import { afterReadingBack, CERTAINTY_WITHIN_MS, LATE_RESULTS_WITHIN_MS, lookPauseMs } from './upload.ts';
import type { Learnt, UploadMoves } from './upload-moves.ts';
import type { Held, UploadPorts } from './upload-ports.ts';
import { uploadsOf } from './upload-store.ts';

type Progress = Readonly<{ words: readonly Verdict[]; isOver: boolean }>;
const NOTHING: Learnt = { words: [] };

/** Finds out at Partner Center what became of an upload. */
export function createUploadLooking(ports: UploadPorts, { move }: UploadMoves) {
  const { db, now } = ports;

  async function readBack(held: Held): Promise<void> {
    const { upload, batch } = held;
    const { tenantId } = batch.customer;
    const devices = await devicesOfUpload(db, upload);
    const name = batch.name.toLowerCase();
    const summary = (await ports.registry.batches(tenantId)).find((one) => one.name.toLowerCase() === name);
    const inBatch = summary ? await ports.registry.batchDevices(tenantId, summary.name) : [];
    const shown = verdictsFromBatch(devices, inBatch).length;
    if (batch.addsTo) {
      // some of the devices may have been in that batch before: only all of them, or its count, tell
      const isThere = summary && (shown === devices.length || (await isCounted(held, summary)));
      const seen = isThere ? 'there' : !summary || !isTerminal(summary.state) ? 'unclear' : 'absent';
      await move(held, afterReadingBack(upload, seen, now()), NOTHING);
      return;
    }
    const ours = shown > 0;
    if (summary && upload.number === 1 && inBatch.length > 0 && !ours) {
      await move(held, { state: 'failed', pauseMs: 0, problem: 'batch-name-taken' });
      return;
    }
    const isThere = ours || (summary !== undefined && (upload.number === 1 || (await isCounted(held, summary))));
    const seen = isThere ? 'there' : isUnclear(upload, summary) ? 'unclear' : 'absent';
    await move(held, afterReadingBack(upload, seen, now()), NOTHING);
  }

  /** An addition whose devices do not show, or never will because all of them fail, still shows in the batch's count. */
  async function isCounted({ upload, batch }: Held, { deviceCount }: BatchSummary): Promise<boolean> {
    const before = batch.addsTo ? batch.addsTo.deviceCount : 0;
    if (before === undefined) return false;
    const taken = (await uploadsOf(db, upload.batchId)).filter(
      ({ id, state }) => id === upload.id || state === 'accepted' || state === 'finished',
    );
    return deviceCount !== undefined && deviceCount >= taken.reduce((sum, one) => sum + one.deviceCount, before);
  }

  async function look(held: Held): Promise<void> {
    const { upload } = held;
    const devices = await devicesOfUpload(db, upload);
    const { words, isOver } = (await fromStatus(held, devices)) ?? (await fromBatch(held, devices));
    const open = devices.length - words.filter(({ state }) => state !== 'pending').length;
    const waitedMs = now().getTime() - (upload.sentAt ?? now()).getTime();
    const { looks } = upload;
    if (isOver && (open === 0 || waitedMs >= LATE_RESULTS_WITHIN_MS)) {
      const again = upload.retryOf ? [] : words.filter(isTransient).map(({ position }) => position);
      await move(held, { state: 'finished', pauseMs: 0 }, { words: withUnknown(devices, words), again });
    } else if (waitedMs >= CERTAINTY_WITHIN_MS) {
      const after = { state: 'needs-human', pauseMs: 0, problem: 'never-finished' } as const;
      await move(held, after, { words: withUnknown(devices, words) });
    } else {
      const pauseMs = ports.registry.planRead(lookPauseMs(looks + 1, devices.length));
      await move(held, { state: 'accepted', pauseMs }, { words: newsAmong(words, devices) });
    }
  }

  async function fromStatus({ upload, batch }: Held, devices: readonly BatchDevice[]): Promise<Progress | undefined> {
    if (!upload.trackingId) return undefined;
    const status = await ports.registry.uploadStatus(batch.customer.tenantId, upload.trackingId);
    return status && { words: verdicts(devices, status), isOver: isTerminal(status.state) };
  }

  /** Where the tracking id was lost, or is no longer known, the batch's own content tells what is registered. */
  async function fromBatch({ batch }: Held, devices: readonly BatchDevice[]): Promise<Progress> {
    const { tenantId } = batch.customer;
    const name = batch.name.toLowerCase();
    const summary = (await ports.registry.batches(tenantId)).find((one) => one.name.toLowerCase() === name);
    const inBatch = summary ? await ports.registry.batchDevices(tenantId, summary.name) : [];
    return { words: verdictsFromBatch(devices, inBatch), isOver: summary !== undefined && isTerminal(summary.state) };
  }

  return { readBack, look };
}

/** The batch still works on something, or does not show at all although an addition goes to one that is there. */
function isUnclear({ number }: Upload, summary: BatchSummary | undefined): boolean {
  return summary ? !isTerminal(summary.state) : number > 1;
}

function isTerminal(state: string): boolean {
  return state === 'finished' || state === 'finished_with_errors';
}

/** What is not known yet; the same again, look after look, need not be written. */
function newsAmong(words: readonly Verdict[], devices: readonly BatchDevice[]): readonly Verdict[] {
  const known = new Map(devices.map(({ position, state }) => [position, state]));
  return words.filter(({ position, state }) => known.get(position) !== state);
}

/** Whatever still has no verdict when an upload has ended is unknown, not lost. */
function withUnknown(devices: readonly BatchDevice[], words: readonly Verdict[]): readonly Verdict[] {
  const told = new Map(words.filter(({ state }) => state !== 'pending').map((word) => [word.position, word]));
  return devices.map(({ position }) => told.get(position) ?? { position, state: 'unknown' });
}
