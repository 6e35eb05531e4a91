import { type BatchView, batchCard } from '../cards/batch/card.ts';
import type { BatchResult } from '../cards/batch/rows.ts';
import type { ListedBatch } from '../cards/batches/card.ts';
import type { ListedCustomer } from '../cards/customers/card.ts';
import { listPreviewCard } from '../cards/list-preview/card.ts';
import type { PreviewDevice, PreviewProblem } from '../cards/list-preview/rows.ts';
import type { ApproverView, MailText } from '../cards/relationship-request/approvers.ts';
import { type RequestView, requestCard } from '../cards/relationship-request/card.ts';
import type { AdaptiveCard } from '../cards/render.ts';
import { bare, plain } from '../cards/text.ts';
import { deviceWords, problemSentence } from '../cards/wording/sentences.ts';
import { createWording, type MessageKey, type Wording } from '../cards/wording/wording.ts';
import type { Customer } from '../services/customers/customer-store.ts';
import { autopilotErrorName, type Batch, type BatchDevice, isEnded, uploadNumber } from '../services/devices/batch.ts';
import type { BatchService } from '../services/devices/batch-service.ts';
import type { Device, ListProblem } from '../services/devices/device.ts';
import type { TenantId } from '../services/identity.ts';
import type { Message } from '../services/messages/message.ts';
import { isOpen, type RelationshipRequest } from '../services/relationships/relationship.ts';
import type { RelationshipService } from '../services/relationships/relationship-service.ts';

export type ViewParts = Readonly<{
  relationships: RelationshipService;
  batches: BatchService;
  partner: Readonly<{ tenantId: TenantId; name: string; distributorName?: string }>;
  /** Where an approver gets the app. */
  installLink: string;
}>;

/** So many rows of devices or problems fit on a card that is still read. */
const ROWS = 10;
const FIRST_DEVICES = 3;
const FIRST_FAILURES = 5;

/** Turns what the services know into what the cards show. One place, so that a card sent and a card refreshed agree. */
export function createViews(parts: ViewParts) {
  const { relationships, batches, partner } = parts;

  /** The mail is in English whoever reads it: the language of somebody we never met is not known. */
  function invitation(request: RelationshipRequest): MailText {
    const { say, date } = createWording('en');
    const values = { partner: partner.name, link: parts.installLink, date: date(request.expiresAt) };
    return {
      to: request.approvers.map(({ signInName }) => signInName).join('; '),
      subject: say('mail.subject', values),
      body: say('mail.body', { ...values, name: request.requestedBy.name }),
    };
  }

  function requestView(request: RelationshipRequest, messages: readonly Message[]): RequestView {
    const { customer, decision } = request;
    return {
      requestId: request.id,
      reference: request.reference,
      state: request.state,
      partnerName: partner.name,
      partnerTenantId: partner.tenantId,
      customer,
      requestedBy: request.requestedBy.name,
      note: request.note,
      route: request.route,
      distributorName: partner.distributorName,
      createdAt: request.createdAt,
      expiresAt: request.expiresAt,
      decidedBy: decision?.by.name,
      decidedAt: decision?.at,
      reason: decision?.reason,
      activeAt: request.activeAt,
      link: request.link,
      approvers: request.approvers.map(({ signInName, name }) => ({
        signInName,
        name,
        delivery: deliveryOf(request, signInName, messages),
      })),
      installLink: parts.installLink,
      mailText: invitation(request),
      canSendMail: true,
    };
  }

  function listRow(problem: ListProblem & { position: number }, wording: Wording): PreviewProblem {
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

  async function batchView(batch: Batch, page: number, wording: Wording): Promise<BatchView> {
    const counts = await batches.counts(batch.id);
    const uploads = await batches.uploads(batch.id);
    const pages = pagesOf(counts.total);
    const shown = Math.min(page, pages);
    const devices = await batches.devices(batch.id, {
      limit: ROWS,
      offset: (shown - 1) * ROWS,
      order: 'failures-first',
    });
    const trackingIds = uploads.flatMap(({ trackingId, requestId }) => trackingId ?? requestId);
    return {
      batchId: batch.id,
      batchName: batch.name,
      customer: batch.customer,
      state: batch.state === 'draft' ? 'sending' : batch.state,
      total: counts.total,
      registered: counts.registered + counts.already,
      failed: counts.failed,
      unknown: counts.unknown,
      pending: counts.pending + counts.listed,
      startedAt: batch.confirmedAt ?? batch.createdAt,
      finishedAt: batch.finishedAt,
      results: devices.map((device) => resultOf(device, wording)),
      requestedBy: batch.requestedBy.name,
      page: shown,
      pages,
      ...(batch.state === 'needs-human' && { ids: { batchName: batch.name, trackingIds } }),
      ...(isEnded(batch.state) && batch.problem && { needsHuman: problemOf(batch, wording) }),
    };
  }

  return {
    invitation,

    async requestCard(
      request: RelationshipRequest,
      audience: 'rep' | 'approver',
      wording: Wording,
    ): Promise<AdaptiveCard> {
      // An approver's card shows nobody else's copy, so the deliveries need not be read for it.
      const messages = audience === 'rep' ? await relationships.deliveries(request.id) : [];
      return requestCard(requestView(request, messages), audience, wording);
    },

    batchView,

    async batchCard(batch: Batch, page: number, wording: Wording): Promise<AdaptiveCard> {
      return batchCard(await batchView(batch, page, wording), wording);
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
      const counts = await batches.counts(batch.id);
      return {
        batchId: batch.id,
        batchName: batch.name,
        customer: batch.customer,
        state: batch.state === 'draft' ? 'sending' : batch.state,
        total: counts.total,
        registered: counts.registered + counts.already,
        startedAt: batch.confirmedAt ?? batch.createdAt,
      };
    },

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
          sources: (await batches.sources(batch.id)).map((source) => sourceName(source, wording)),
          uploads: uploadNumber(Math.max(0, counts.total - 1)),
          page: shown,
          pages,
        },
        wording,
      );
    },

    /** Customers with where their relationship stands; those who have only been asked so far come first. */
    customerRows(customers: readonly Customer[], requests: readonly RelationshipRequest[]): ListedCustomer[] {
      const listed = new Set(customers.map(({ tenantId }) => tenantId));
      const asked = requests.filter(({ customer, state }) => isOpen(state) && !listed.has(customer.tenantId));
      return [
        ...asked.map(({ customer, reference }) => ({
          ...customer,
          relationship: 'waiting' as const,
          openRequest: reference,
        })),
        ...customers.map(({ tenantId, name, domain, isReseller, since }) => {
          const open = requests.find((request) => request.customer.tenantId === tenantId && isOpen(request.state));
          const relationship = isReseller ? 'active' : open ? 'waiting' : 'ended';
          return { tenantId, name, domain, relationship, since, openRequest: open?.reference } as const;
        }),
      ];
    },
  };
}

export type Views = ReturnType<typeof createViews>;

/** How a device is named to a rep: the way it stands on its box, if possible. */
export function identifierOf({ pkid, serial, manufacturer, model, hash }: Device): string {
  if (pkid) return pkid;
  if (serial) return [serial, manufacturer, model].filter(Boolean).join(' · ');
  return hash ? `${hash.slice(0, 12)}…` : '';
}

/** Sources of our own have words; a file has its name. */
function sourceName(source: string, wording: Wording): string {
  const [name, number] = source.split('#');
  if (name === 'pasted' && number) return wording.say('source.pastedAgain', { number });
  const key = `source.${source}`;
  return wording.knows(key) ? wording.say(key) : source;
}

function deliveryOf(
  request: RelationshipRequest,
  signInName: string,
  messages: readonly Message[],
): ApproverView['delivery'] {
  if (!isOpen(request.state)) return 'closed';
  const copy = messages.find(
    ({ role, recipient }) =>
      role === 'request.approver' && recipient.kind === 'person' && recipient.signInName === signInName,
  );
  if (!copy || copy.state === 'waiting') return 'not-installed';
  if (copy.state === 'undeliverable') return 'undeliverable';
  return copy.postedAt ? 'sent' : 'sending';
}

function resultOf(device: BatchDevice, wording: Wording): BatchResult {
  const { source, row, state, errorCode, errorName } = device;
  const shared = { identifier: identifierOf(device), source: sourceName(source, wording), row };
  if (state !== 'failed') return { ...shared, outcome: state === 'listed' ? 'pending' : state };
  const name = autopilotErrorName(errorCode, errorName);
  return { ...shared, outcome: 'failed', code: errorCode, ...deviceWords({ name, code: errorCode }, wording) };
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
