import { describe, expect, it } from 'vitest';
import { applyProfileCard } from '../../cards/apply-profile/card.ts';
import { batchCard } from '../../cards/batch/card.ts';
import { batchesCard } from '../../cards/batches/card.ts';
import { customerPickerCard } from '../../cards/customer-picker/card.ts';
import { customersCard } from '../../cards/customers/card.ts';
import { exportCard } from '../../cards/export/card.ts';
import { findCard } from '../../cards/find/card.ts';
import { listPreviewCard } from '../../cards/list-preview/card.ts';
import { messageListCard } from '../../cards/message-list/card.ts';
import { profileFormCard } from '../../cards/profile-form/card.ts';
import { profileRemovalCard } from '../../cards/profile-removal/card.ts';
import { profilesCard } from '../../cards/profiles/card.ts';
import { requestCard } from '../../cards/relationship-request/card.ts';
import { removalCard } from '../../cards/removal/card.ts';
import { type AdaptiveCard, MAX_CARD_BYTES, prepare } from '../../cards/render.ts';
import { requestFormCard } from '../../cards/request-form/card.ts';
import { requestPreviewCard } from '../../cards/request-preview/card.ts';
import { createWording } from '../../cards/wording/wording.ts';
import { PROFILE_SETTINGS } from '../../services/profiles/ports.ts';
import { complaints, parts, partsOfType } from './host.ts';
import { nodeTypes } from './markdown.ts';
import { aBatch, aFind, aList, anApplication, aPreview, aRemoval, aRequest, CHANGE_ID, CUSTOMER } from './samples.ts';

const LONG = '*_[x](https://evil.example)_* ${name} <at>x</at>\u202E '.repeat(400);
const wordings = (['en', 'he'] as const).map((language) => createWording(language));

function many<Item>(item: Item): Item[] {
  return Array.from({ length: 500 }, () => item);
}

const customer = { tenantId: 't'.repeat(36), name: LONG, domain: LONG };
const device = { identifier: LONG, source: LONG, row: 999_999 };

/** Cards with everything that people can fill filled to the brim. */
const FULL: [string, (wording: ReturnType<typeof createWording>) => AdaptiveCard][] = [
  ['request for the rep', (wording) => requestCard(aRequest({ ...FULL_REQUEST, state: 'sent' }), 'rep', wording)],
  [
    'request for the approver',
    (wording) => requestCard(aRequest({ ...FULL_REQUEST, state: 'sent' }), 'approver', wording),
  ],
  ['declined request', (wording) => requestCard(aRequest({ ...FULL_REQUEST, state: 'declined' }), 'rep', wording)],
  [
    'request preview',
    (wording) =>
      requestPreviewCard(
        aPreview({
          customer,
          approvers: many(LONG),
          note: LONG,
          distributorName: LONG,
          partnerName: LONG,
          warnings: many(LONG),
        }),
        wording,
      ),
  ],
  [
    'request form',
    (wording) =>
      requestFormCard(
        {
          draftId: 'd',
          values: { customer: LONG, approvers: LONG, note: LONG, route: 'direct' },
          known: many(customer),
          distributorPossible: true,
          problems: { customer: LONG, approvers: LONG, note: LONG },
        },
        wording,
      ),
  ],
  [
    'customers',
    (wording) =>
      customersCard(
        { customers: many({ ...customer, relationship: 'active' as const }), page: 2, pages: 9, query: LONG },
        wording,
      ),
  ],
  [
    'customer picker',
    (wording) =>
      customerPickerCard({ customers: many(customer), more: true, refused: { name: LONG, reason: LONG } }, wording),
  ],
  [
    'list preview',
    (wording) =>
      listPreviewCard(
        aList(wording, {
          customer,
          batchName: LONG,
          doubtfulCount: 500,
          problemCount: 900,
          page: 2,
          pages: 9,
          problems: Array.from({ length: 500 }, (_, index) => ({
            ...device,
            kind: 'low_confidence' as const,
            sentence: LONG,
            batchRowId: `row-${index}`,
            doubtful: true,
          })),
          firstDevices: many(device),
          lastDevice: device,
          sources: many(LONG),
          profiles: many({ id: 'p', name: LONG }),
        }),
        wording,
      ),
  ],
  [
    'list to confirm',
    (wording) =>
      listPreviewCard(
        aList(wording, {
          doubtfulCount: 0,
          problems: [],
          batchName: LONG,
          sources: many(LONG),
          targets: [...many({ name: LONG }), ...many({ name: 'W'.repeat(80), deviceCount: 5_000 })],
          profiles: many({ id: 'p', name: LONG }),
        }),
        wording,
      ),
  ],
  [
    'list in a message',
    (wording) =>
      messageListCard(
        {
          draftId: 'd'.repeat(36),
          deviceCount: 5_000,
          doubtfulCount: 500,
          problems: many({ ...device, kind: 'wrong_length' as const, sentence: LONG }),
          hasFiles: true,
          unread: Array.from({ length: 20 }, () => ({ name: LONG, reason: LONG })),
          customers: many(customer),
          refused: { name: LONG, reason: LONG },
        },
        wording,
      ),
  ],
  [
    'batch',
    (wording) =>
      batchCard(
        aBatch({
          state: 'needs-human',
          customer,
          batchName: LONG,
          requestedBy: LONG,
          needsHuman: LONG,
          page: 2,
          pages: 9,
          results: many({
            ...device,
            outcome: 'failed' as const,
            cause: LONG,
            who: LONG,
            nextStep: LONG,
            code: LONG,
            profile: LONG,
          }),
          ids: { batchName: LONG, trackingIds: many(LONG) },
        }),
        wording,
      ),
  ],
  [
    'removal',
    (wording) =>
      removalCard(
        aRemoval({
          state: 'asked',
          audience: 'remover',
          customer,
          requestedBy: LONG,
          decidedBy: LONG,
          reason: LONG,
          problem: LONG,
          batches: many({ name: LONG, devices: 5_000 }).slice(0, 5),
          devices: many({ identifier: LONG, state: 'failed' as const, batchName: LONG, reason: LONG }),
          page: 2,
          pages: 9,
        }),
        wording,
      ),
  ],
  [
    'search',
    (wording) =>
      findCard(
        aFind(wording, {
          query: LONG,
          customers: many(customer),
          rows: aFind(wording).rows.flatMap((row) =>
            many({ ...row, identifier: LONG, lines: [LONG, LONG, LONG, LONG] }),
          ),
          notes: [LONG, LONG],
        }),
        wording,
      ),
  ],
  [
    'export',
    (wording) =>
      exportCard(
        {
          batchId: 'b'.repeat(36),
          batchName: LONG,
          customer,
          total: 5_000,
          failed: 4_000,
          first: many({ ...device, outcome: 'failed' as const, cause: LONG, who: LONG, nextStep: LONG, code: LONG }),
          canSendFiles: true,
        },
        wording,
      ),
  ],
  [
    'apply a profile',
    (wording) =>
      applyProfileCard(
        anApplication({
          batchName: LONG,
          profiles: many({ id: 'p'.repeat(36), name: LONG }),
          devices: LONG,
          problem: LONG,
        }),
        wording,
      ),
  ],
  [
    'profiles',
    (wording) =>
      profilesCard(
        {
          customer,
          profiles: many({
            id: 'p'.repeat(36),
            name: LONG,
            description: LONG,
            settings: PROFILE_SETTINGS,
            deviceCount: 5,
          }),
          page: 2,
          pages: 9,
          done: wording.say('profiles.deleted'),
        },
        wording,
      ),
  ],
  [
    'profile form',
    (wording) =>
      profileFormCard(
        {
          changeId: CHANGE_ID,
          customer,
          profileId: 'p'.repeat(36),
          values: { name: LONG, description: LONG, settings: PROFILE_SETTINGS },
          problem: LONG,
        },
        wording,
      ),
  ],
  [
    'profile removal',
    (wording) =>
      profileRemovalCard(
        { changeId: CHANGE_ID, customer, profile: { id: 'p', name: LONG, settings: [], deviceCount: 1 } },
        wording,
      ),
  ],
  [
    'batches',
    (wording) =>
      batchesCard(
        {
          page: 2,
          pages: 9,
          query: LONG,
          batches: many({
            batchId: 'b'.repeat(36),
            batchName: LONG,
            customer,
            state: 'waiting' as const,
            total: 5_000,
            registered: 4_999,
            startedAt: new Date(0),
          }),
        },
        wording,
      ),
  ],
];

const FULL_REQUEST = {
  customer,
  partnerName: LONG,
  requestedBy: LONG,
  note: LONG,
  reason: LONG,
  decidedBy: LONG,
  decidedAt: new Date(0),
  distributorName: LONG,
  route: 'through-distributor' as const,
  approvers: many({ signInName: LONG, name: LONG, delivery: 'not-installed' as const }),
  mailText: { to: LONG, subject: LONG, body: LONG },
};

describe.each(FULL)('a full %s', (_, draw) => {
  it.each(wordings)('stays within what Teams takes, in $language', (wording) => {
    const card = draw(wording);
    expect(JSON.stringify(card).length * 2).toBeLessThanOrEqual(MAX_CARD_BYTES);
    expect(complaints(card)).toEqual([]);
  });

  it.each(wordings)('shows nothing that people typed as more than text, in $language', (wording) => {
    const card = draw(wording);
    expect(JSON.stringify(card)).not.toContain('${');
    expect(JSON.stringify(card)).not.toContain('\u202E');
    for (const { text } of partsOfType(card, 'TextBlock')) {
      expect(nodeTypes(String(text)).filter((type) => /link|em_|strong|image|list|html/.test(type))).toEqual([]);
    }
    for (const part of parts(card)) expect(part).not.toHaveProperty('msteams');
  });
});

describe('prepare', () => {
  const wording = createWording('en');

  it('leaves values alone that look like a binding', () => {
    const draw = prepare({ type: 'AdaptiveCard', body: [{ type: 'TextBlock', text: 'a ${name}' }] });
    expect(draw({ name: 'B ${c}' }, wording, 's').body).toEqual([{ type: 'TextBlock', text: 'a B ${c}' }]);
  });

  it('drops what is not wanted and repeats what is in a list', () => {
    const template = {
      body: [
        { $when: '${yes}', text: '1' },
        { $when: '${no}', text: '2' },
        { $data: '${list}', text: '${$data}' },
        { $data: '${none}', text: '3' },
        { text: '${missing}' },
      ],
    };
    const drawn = prepare(template)({ yes: true, no: false, list: ['x', 'y'], none: [] }, wording, 's');
    expect(drawn.body).toEqual([{ text: '1' }, { text: 'x' }, { text: 'y' }, { text: '' }]);
  });

  it('refuses expressions that look outside their own part', () => {
    expect(() => prepare({ text: '${$root.name}' })).toThrow('own data');
  });

  it('gives the same card for the same data', () => {
    const request = aRequest({ customer: CUSTOMER });
    expect(requestCard(request, 'approver', wording)).toEqual(requestCard(request, 'approver', wording));
  });
});
