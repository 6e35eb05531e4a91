import { type BatchView, batchCard } from '../cards/batch/card.ts';
import type { BatchResult } from '../cards/batch/rows.ts';
import type { ListedBatch } from '../cards/batches/card.ts';
import { refreshing } from '../cards/refresh.ts';
import type { AdaptiveCard } from '../cards/render.ts';
import { bare, plain } from '../cards/text.ts';
import { deviceWords } from '../cards/wording/sentences.ts';
import type { MessageKey, Wording } from '../cards/wording/wording.ts';
import { autopilotErrorName, type Batch, type BatchDevice, isEnded } from '../services/devices/batch.ts';
import type { BatchService } from '../services/devices/batch-service.ts';
import type { ApplicationService } from '../services/profiles/application-service.ts';
import type { LatestOutcome } from '../services/profiles/application-store.ts';
import { identifierOf, sourceName } from './device-names.ts';

/** So many rows of devices fit on a card that is still read. */
const ROWS = 10;
const FIRST_FAILURES = 5;

/** Batches and what became of their devices, as their cards show them. */
export function createBatchViews(batches: BatchService, applications: ApplicationService) {
  async function batchView(batch: Batch, page: number, wording: Wording, only?: 'failed'): Promise<BatchView> {
    const counts = await batches.counts(batch.id);
    const uploads = await batches.uploads(batch.id);
    const pages = pagesOf(only ? counts.failed + counts.unknown : counts.total);
    const shown = Math.min(page, pages);
    const devices = await batches.devices(batch.id, {
      limit: ROWS,
      offset: (shown - 1) * ROWS,
      order: 'failures-first',
      only,
    });
    const latest = await applications.latest(
      batch.id,
      devices.map(({ position }) => position),
    );
    const profileOf = new Map(latest.map((outcome) => [outcome.position, outcome]));
    const trackingIds = uploads.flatMap(({ trackingId, requestId }) => trackingId ?? requestId);
    return {
      ...rowOf(batch, counts),
      failed: counts.failed,
      unknown: counts.unknown,
      pending: counts.pending + counts.listed,
      finishedAt: batch.finishedAt,
      results: devices.map((device) => ({
        ...resultOf(device, wording),
        profile: profileSentence(profileOf.get(device.position), wording),
      })),
      profiles: await profileLines(batch, wording),
      requestedBy: batch.requestedBy.name,
      page: shown,
      pages,
      only,
      addsTo: batch.addsTo,
      follows: batch.follows && (await batches.find(batch.follows)).name,
      ...(batch.state === 'needs-human' && { ids: { batchName: batch.name, trackingIds } }),
      ...(isEnded(batch.state) && batch.problem && { needsHuman: problemOf(batch, wording) }),
    };
  }

  /** What was chosen for the batch, or what became of it, a line per profile. */
  async function profileLines(batch: Batch, wording: Wording): Promise<readonly string[]> {
    const counted = await applications.counts(batch.id);
    if (counted.length === 0 && batch.profile && batch.state !== 'failed') {
      return [wording.say('batch.profile.planned', { name: plain(batch.profile.name, 80) })];
    }
    return counted.map(({ profileName, counts }) =>
      wording.say('batch.profile.counts', { ...counts, name: plain(profileName, 80) }),
    );
  }

  return {
    profileLines,
    batchView,

    async batchCard(batch: Batch, page: number, wording: Wording, only?: 'failed'): Promise<AdaptiveCard> {
      return batchCard(await batchView(batch, page, wording, only), wording);
    },

    /** The same for a rep's own chat, where it asks for news when it is looked at; elsewhere others read along who may not. */
    async ownBatchCard(batch: Batch, page: number, wording: Wording, only?: 'failed'): Promise<AdaptiveCard> {
      const card = batchCard(await batchView(batch, page, wording, only), wording);
      const data = { batchId: batch.id, page, ...(only && { only }) };
      return isEnded(batch.state) ? card : refreshing(card, 'batch.page', data);
    },

    /** What went wrong with a batch, in a few lines: for the notice. The whole of it is on the batch's card. */
    async failureLines(batch: Batch, wording: Wording): Promise<readonly string[]> {
      const devices = await batches.devices(batch.id, { limit: FIRST_FAILURES, offset: 0, order: 'failures-first' });
      const failed = devices.filter(({ state }) => state === 'failed' || state === 'unknown');
      return [
        ...(batch.problem ? [plain(problemOf(batch, wording), 400)] : []),
        ...failed.map((device) => {
          const { identifier, cause, nextStep } = resultOf(device, wording);
          const what = cause ?? wording.say('batch.outcome.unknown');
          return plain([`${identifier}: ${what}`, nextStep].filter(Boolean).join(' '), 400);
        }),
      ];
    },

    async batchRow(batch: Batch): Promise<ListedBatch> {
      return rowOf(batch, await batches.counts(batch.id));
    },
  };
}

/** What is said of a batch wherever it is shown. */
function rowOf(batch: Batch, counts: Awaited<ReturnType<BatchService['counts']>>): ListedBatch {
  return {
    batchId: batch.id,
    batchName: batch.name,
    customer: batch.customer,
    state: batch.state === 'draft' ? 'sending' : batch.state,
    total: counts.total,
    registered: counts.registered + counts.already,
    startedAt: batch.confirmedAt ?? batch.createdAt,
  };
}

function resultOf(device: BatchDevice, wording: Wording): BatchResult {
  const { source, row, state, errorCode, errorName } = device;
  const shared = { identifier: identifierOf(device), source: sourceName(source, wording), row };
  if (state !== 'failed') return { ...shared, outcome: state === 'listed' ? 'pending' : state };
  const name = autopilotErrorName(errorCode, errorName);
  return { ...shared, outcome: 'failed', code: errorCode, ...deviceWords({ name, code: errorCode }, wording) };
}

/** What became of the profile of one device. Not for Markdown. */
function profileSentence(outcome: LatestOutcome | undefined, wording: Wording): string | undefined {
  if (!outcome) return undefined;
  const { state, errorCode, errorName } = outcome;
  const name = bare(outcome.profileName, 80);
  if (state !== 'failed') return wording.say(`batch.profile.${state}`, { name });
  const words = deviceWords({ name: autopilotErrorName(errorCode, errorName), code: errorCode }, wording);
  return wording.say('batch.profile.failed', { name, cause: words.cause, next: words.nextStep });
}

/** Why a batch ended the way it did, where that is more than its devices tell. Not for Markdown. */
function problemOf(batch: Batch, wording: Wording): string {
  const key = `batch.problem.${batch.problem}`;
  const known: MessageKey = wording.knows(key) ? key : 'batch.problem.other';
  return wording.say(known, { customer: bare(batch.customer.name, 80), problem: bare(batch.problem ?? '', 120) });
}

function pagesOf(total: number): number {
  return Math.max(1, Math.ceil(total / ROWS));
}
