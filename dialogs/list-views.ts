import { listPreviewCard } from '../cards/list-preview/card.ts';
import type { PreviewDevice, PreviewProblem } from '../cards/list-preview/rows.ts';
import type { AdaptiveCard } from '../cards/render.ts';
import { problemSentence } from '../cards/wording/sentences.ts';
import type { Wording } from '../cards/wording/wording.ts';
import { type Batch, type BatchDevice, uploadNumber } from '../services/devices/batch.ts';
import type { BatchService } from '../services/devices/batch-service.ts';
import type { ListProblem } from '../services/devices/device.ts';
import type { ProfileService } from '../services/profiles/profile-service.ts';
import { identifierOf, sourceName } from './device-names.ts';

/** So many rows of problems fit on a card that is still read. */
const ROWS = 10;
const FIRST_DEVICES = 3;

/** Lists of devices that are not sent yet, as the preview shows them. */
export function createListViews(batches: BatchService, profiles: ProfileService) {
  return {
    /** What was understood of a list: doubtful devices first, then the lines that were not taken. */
    async listPreviewCard(batch: Batch, page: number, wording: Wording): Promise<AdaptiveCard> {
      const counts = await batches.counts(batch.id);
      const { total: refused } = await batches.problems(batch.id, { limit: 1, offset: 0 });
      const problemCount = counts.doubtful + refused;
      const pages = pagesOf(problemCount);
      const shown = Math.min(page, pages);
      const offset = (shown - 1) * ROWS;
      const doubtful = await batches.doubtful(batch.id, { limit: ROWS, offset });
      const { problems } = await batches.problems(batch.id, {
        limit: ROWS - doubtful.length,
        offset: Math.max(0, offset - counts.doubtful),
      });
      const first = await batches.devices(batch.id, { limit: FIRST_DEVICES, offset: 0, order: 'position' });
      const last = await batches.devices(batch.id, {
        limit: 1,
        offset: Math.max(0, counts.total - 1),
        order: 'position',
      });
      const offered = await profiles.offered(batch.customer.tenantId);
      const preview = (device: BatchDevice): PreviewDevice => ({
        identifier: identifierOf(device),
        source: sourceName(device.source, wording),
        row: device.row,
      });
      return listPreviewCard(
        {
          batchId: batch.id,
          version: batch.version,
          customer: batch.customer,
          batchName: batch.name,
          deviceCount: counts.total,
          doubtfulCount: counts.doubtful,
          problems: [
            ...doubtful.flatMap((device) => doubtfulRow(device, wording)),
            ...problems.map((problem) => listRow(problem, wording)),
          ],
          problemCount,
          firstDevices: first.map(preview),
          lastDevice: counts.total > FIRST_DEVICES ? last.map(preview)[0] : undefined,
          known: await batches.known(batch),
          byHashCount: await batches.byHash(batch.id),
          sources: (await batches.sources(batch.id)).map((source) => sourceName(source, wording)),
          targets: await batches.targets(batch.customer.tenantId),
          addsTo: batch.addsTo?.name,
          profiles: offered.profiles,
          profile: offered.defaultId,
          surface: (await batches.surfaceSerials(batch.id, 1)).length > 0,
          uploads: uploadNumber(Math.max(0, counts.total - 1)),
          follows: batch.follows && (await batches.find(batch.follows)).name,
          page: shown,
          pages,
        },
        wording,
      );
    },
  };
}

/** A line that was not taken, in words. */
export function listRow(problem: ListProblem & { position: number }, wording: Wording): PreviewProblem {
  const { kind, row, details } = problem;
  const source = sourceName(problem.source, wording);
  const named = { ...details };
  if (typeof named.firstSource === 'string') named.firstSource = sourceName(named.firstSource, wording);
  const sentence = problemSentence(kind, named, wording);
  return { source, row, kind, sentence, ...(row > 0 && { batchRowId: `p${problem.position}` }) };
}

function doubtfulRow(device: BatchDevice, wording: Wording): PreviewProblem[] {
  const { confirm: kind, row } = device;
  if (!kind) return [];
  const sentence = problemSentence(kind, { value: identifierOf(device) }, wording);
  const source = sourceName(device.source, wording);
  return [{ source, row, kind, sentence, doubtful: true, batchRowId: `d${device.position}` }];
}

function pagesOf(total: number): number {
  return Math.max(1, Math.ceil(total / ROWS));
}
