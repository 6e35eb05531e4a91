import { record } from '../audit/audit.ts';
import { eventOfBatch } from '../events/event.ts';
import { channelsFor } from '../messages/channels.ts';
import { tellOrCollect, toReader } from '../messages/digests.ts';
import { createOutbox } from '../messages/message-store.ts';
import { whoConsented } from '../relationships/consent.ts';
import type { Transaction } from '../storage/ports.ts';
import { type Batch, verdict } from './batch.ts';
import { findBatch, replaceBatch } from './batch-store.ts';
import { countDevices } from './device-store.ts';
import type { UploadPorts } from './upload-ports.ts';
import { uploadsOf } from './upload-store.ts';

/** Brings batches to what their uploads say, and tells everybody concerned once they have ended. */
export function createBatchEnd(ports: Pick<UploadPorts, 'jobs' | 'now' | 'newId' | 'announce' | 'applyProfile'>) {
  const { now } = ports;

  /** Brings the batch to what its uploads and devices say, and wants its cards brought up to date. */
  async function followBatch(tx: Transaction, id: Batch['id']): Promise<void> {
    await tx.query('select 1 from batches where id = $1 for update', [id]);
    const batch = await findBatch(tx, id);
    if (!batch) return;
    const uploads = await uploadsOf(tx, id);
    const ended = verdict(uploads, await countDevices(tx, id));
    const sent = uploads.every(({ state }) => state !== 'queued' && state !== 'sending' && state !== 'reconciling');
    const state = ended ?? (sent ? 'waiting' : 'sending');
    const after: Batch = {
      ...batch,
      state,
      problem: uploads.find(({ problem }) => problem)?.problem,
      finishedAt: ended ? now() : undefined,
    };
    if ((await replaceBatch(tx, after)) === 'conflict') throw new Error('the batch kept changing');
    const outbox = createOutbox(tx, ports.jobs, ports.newId);
    await outbox.redraw({ kind: 'batch', id });
    if (ended) await tellEnded(tx, after);
    if (ended && batch.profile) await ports.applyProfile?.(tx, after);
  }

  async function tellEnded(tx: Transaction, batch: Batch): Promise<void> {
    const outbox = createOutbox(tx, ports.jobs, ports.newId);
    const subject = { kind: 'batch', id: batch.id } as const;
    const counts = await countDevices(tx, batch.id);
    await record(tx, {
      at: now(),
      action: `batch.${batch.state}`,
      subject,
      customerTenantId: batch.customer.tenantId,
      details: { ...counts },
    });
    await ports.announce?.(tx, { type: eventOfBatch(batch.state), data: { ...namesOf(batch), devices: counts } });
    if (batch.origin) await outbox.want(subject, 'batch.notice-channel', { kind: 'conversation', ...batch.origin });
    const told = { outbox, now, newId: ports.newId };
    const isGood = batch.state === 'done';
    const urgency = batch.state === 'needs-human' ? 'urgent' : undefined;
    const forRep = { subject, notice: 'batch.notice-rep', digest: 'digest.rep', isGood, urgency } as const;
    await tellOrCollect(tx, forRep, await toReader(tx, batch.requestedBy), told);
    const admin = counts.registered > 0 ? await whoConsented(tx, batch.customer.tenantId) : undefined;
    if (admin && admin.settings?.deviceNotices !== false) {
      const news = { subject, notice: 'batch.notice-customer', digest: 'digest.customer', isGood: true } as const;
      await tellOrCollect(tx, news, await toReader(tx, admin), told);
    }
    const forChannels = { subject, notice: 'batch.notice-channel', digest: 'digest.channel', isGood } as const;
    for (const channel of await channelsFor(tx, batch.origin?.conversationId)) {
      await tellOrCollect(tx, forChannels, channel, told);
    }
  }

  return { followBatch };
}

function namesOf({ id, customer, name, state }: Batch) {
  return { batchId: id, customerTenantId: customer.tenantId, name, state };
}
