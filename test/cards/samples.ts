import { type ApplyProfileView, applyProfileCard } from '../../cards/apply-profile/card.ts';
import { askForListCard } from '../../cards/ask-for-list/card.ts';
import { type BatchStateName, type BatchView, batchCard } from '../../cards/batch/card.ts';
import type { BatchResult } from '../../cards/batch/rows.ts';
import { batchesCard } from '../../cards/batches/card.ts';
import { customerPickerCard } from '../../cards/customer-picker/card.ts';
import { customersCard } from '../../cards/customers/card.ts';
import { exportCard } from '../../cards/export/card.ts';
import { FIND_VERB, type FindView, findCard, openBatchButton, removeButton } from '../../cards/find/card.ts';
import { HELP_TOPICS, helpCard } from '../../cards/help/card.ts';
import { type ListView, listPreviewCard } from '../../cards/list-preview/card.ts';
import { messageListCard } from '../../cards/message-list/card.ts';
import { noticeCard } from '../../cards/notice/card.ts';
import { profileFormCard } from '../../cards/profile-form/card.ts';
import { profileRemovalCard } from '../../cards/profile-removal/card.ts';
import { profilesCard } from '../../cards/profiles/card.ts';
import { type RequestStateName, type RequestView, requestCard } from '../../cards/relationship-request/card.ts';
import { type RemovalStateName, type RemovalView, removalCard } from '../../cards/removal/card.ts';
import type { AdaptiveCard } from '../../cards/render.ts';
import { requestFormCard } from '../../cards/request-form/card.ts';
import { type RequestPreviewView, requestPreviewCard } from '../../cards/request-preview/card.ts';
import { requestsCard } from '../../cards/requests/card.ts';
import { sayCard } from '../../cards/say/card.ts';
import { settingsCard } from '../../cards/settings/card.ts';
import { batchSnapshot, customerSnapshot, deviceSnapshot } from '../../cards/snapshot/card.ts';
import { statusCard } from '../../cards/status/card.ts';
import { surfaceCard } from '../../cards/surface/card.ts';
import { welcomeCard } from '../../cards/welcome/card.ts';
import type { Reader } from '../../cards/welcome/reader.ts';
import { deviceWords, problemSentence } from '../../cards/wording/sentences.ts';
import type { Wording } from '../../cards/wording/wording.ts';
import { alarmNotice } from '../../dialogs/alarm-notice.ts';
import { signInNotice } from '../../dialogs/sign-in-notice.ts';
import { WITNESSED } from '../../services/audit/witness.ts';
import type { SignInTrouble } from '../../services/login/sign-in-troubles.ts';
import { PROFILE_SETTINGS, type Profile } from '../../services/profiles/ports.ts';
import { DOCTOR_SAMPLES } from './doctor-samples.ts';
import { NOTICE_SAMPLES } from './notice-samples.ts';
import { CUSTOMER, LINK, PARTNER } from './people.ts';

export { CUSTOMER, LINK, PARTNER };

export type Sample = Readonly<{
  name: string;
  draw(wording: Wording): AdaptiveCard;
  /** Title of a button that opens a part of the card: the gallery shows it opened. */
  opened?(wording: Wording): string;
}>;

const SENT = new Date('2026-11-16T08:15:00Z');
const DECIDED = new Date('2026-11-17T14:02:00Z');
const EXPIRES = new Date('2026-11-30T08:15:00Z');
const TROUBLE: SignInTrouble = {
  id: 't1',
  noticedBy: 'user',
  reason: 'expired',
  aadsts: 700_082,
  beganAt: new Date('2026-11-21T09:12:00Z'),
  notices: 1,
};
const CHAT_LINK = 'https://teams.microsoft.com/l/chat/0/0?users=28:5f0c9d3e-0000-4000-8000-000000000001';

export function aRequest(changes: Partial<RequestView> = {}): RequestView {
  return {
    requestId: 'req-1',
    reference: 'k3J9x0Qm2w',
    state: 'sent',
    partnerName: PARTNER,
    partnerTenantId: '9b2c7a10-6f0e-4d8e-8d52-0f4d8f1b7e55',
    customer: CUSTOMER,
    requestedBy: 'Ida Nyström',
    note: 'As agreed on the phone: 40 laptops for the Malmö office.',
    route: 'direct',
    createdAt: SENT,
    expiresAt: EXPIRES,
    remindedAt: [],
    link: LINK,
    approvers: [
      { signInName: 'anna@contoso.com', name: 'Anna Berg', delivery: 'sent' },
      { signInName: 'ben_k@contoso.com', delivery: 'not-installed' },
      { signInName: 'carl@contoso.com', name: 'Carl', delivery: 'undeliverable' },
    ],
    installLink: 'https://teams.microsoft.com/l/app/5f0c9d3e-0000-4000-8000-000000000001',
    canSendMail: true,
    canSignIn: false,
    ...changes,
  };
}

const BILLING = { roles: ['billing-administrator'], at: SENT } as const;

/** Approvers who have signed in: one with both roles, one with none. */
function aSignedInRequest(wording: Wording): RequestView {
  const both = { roles: ['global-administrator', 'billing-administrator'], at: SENT } as const;
  return aRequestIn(wording, {
    canSignIn: true,
    approvers: [
      { signInName: 'anna@contoso.com', name: 'Anna Berg', delivery: 'sent', roles: both },
      { signInName: 'ben_k@contoso.com', delivery: 'sent', roles: { roles: [], at: SENT } },
    ],
  });
}

/** A request together with the e-mail of the reader's language. */
export function aRequestIn(wording: Wording, changes: Partial<RequestView> = {}): RequestView {
  const values = {
    partner: PARTNER,
    name: 'Ida Nyström',
    link: 'https://teams.microsoft.com/l/app/5f0c9d3e-0000-4000-8000-000000000001',
    date: wording.dateTime(EXPIRES),
  };
  return aRequest({
    mailText: {
      to: 'ben_k@contoso.com',
      subject: wording.say('mail.subject', values),
      body: wording.say('mail.body', values),
    },
    ...changes,
  });
}

const DECISIONS: Readonly<Record<RequestStateName, Partial<RequestView>>> = {
  sent: {},
  approved: { decidedBy: 'Anna Berg', decidedAt: DECIDED },
  active: { decidedBy: 'Anna Berg', decidedAt: DECIDED, activeAt: new Date('2026-11-17T14:20:00Z') },
  declined: { decidedBy: 'Anna Berg', decidedAt: DECIDED, reason: 'We register our devices ourselves.' },
  expired: {},
  withdrawn: {},
  ended: { decidedBy: 'Anna Berg', decidedAt: DECIDED, activeAt: new Date('2026-11-17T14:20:00Z') },
};
export const REQUEST_STATES = Object.keys(DECISIONS) as RequestStateName[];

export function aPreview(changes: Partial<RequestPreviewView> = {}): RequestPreviewView {
  return {
    draftId: 'draft-1',
    customer: CUSTOMER,
    approvers: ['anna@contoso.com', 'ben_k@contoso.com'],
    note: 'As agreed on the phone: 40 laptops for the Malmö office.',
    route: 'through-distributor',
    distributorName: 'Großhandel Süd GmbH',
    partnerName: PARTNER,
    partnerTenantId: '9b2c7a10-6f0e-4d8e-8d52-0f4d8f1b7e55',
    link: LINK,
    expiresAt: EXPIRES,
    warnings: [],
    ...changes,
  };
}

export function aList(wording: Wording, changes: Partial<ListView> = {}): ListView {
  return {
    batchId: 'batch-1',
    version: 3,
    customer: CUSTOMER,
    batchName: 'Malmö 2026-11',
    deviceCount: 1240,
    doubtfulCount: 0,
    problems: [
      {
        source: 'contoso.xlsx',
        row: 12,
        kind: 'wrong_length',
        sentence: problemSentence('wrong_length', { value: '330512345678', length: 12 }, wording),
        batchRowId: 'r12',
      },
      {
        source: 'contoso.xlsx',
        row: 0,
        kind: 'hidden_data',
        sentence: problemSentence('hidden_data', {}, wording),
      },
    ],
    problemCount: 2,
    page: 1,
    pages: 1,
    firstDevices: [
      { identifier: '3305123456789', source: 'contoso.xlsx', row: 2 },
      { identifier: '5CG1234XYZ · HP · EliteBook 840 G9', source: 'contoso.xlsx', row: 3 },
    ],
    lastDevice: { identifier: '3305123458028', source: 'label 2.jpg', row: 1 },
    known: { alreadyHere: 0, inOtherBatch: 0, otherCustomer: 0 },
    byHashCount: 0,
    sources: ['contoso.xlsx', 'label 2.jpg'],
    uploads: 2,
    ...changes,
  };
}

export function aDoubtfulList(wording: Wording): ListView {
  const doubtful = [4, 7].map((row) => ({
    source: 'label 2.jpg',
    row,
    kind: 'low_confidence' as const,
    sentence: problemSentence('low_confidence', { value: `330512345678${row}` }, wording),
    batchRowId: `r${row}`,
    doubtful: true,
  }));
  return aList(wording, {
    doubtfulCount: 2,
    problems: [...doubtful, ...aList(wording).problems],
    problemCount: 14,
    pages: 3,
    page: 2,
    known: { alreadyHere: 3, inOtherBatch: 1, otherCustomer: 1 },
    byHashCount: 4,
  });
}

export function aBatch(changes: Partial<BatchView> = {}): BatchView {
  return {
    batchId: 'batch-1',
    batchName: 'Malmö 2026-11',
    customer: CUSTOMER,
    state: 'waiting',
    total: 40,
    registered: 25,
    failed: 0,
    unknown: 0,
    pending: 15,
    startedAt: SENT,
    nextCheckAt: new Date('2026-11-16T08:20:00Z'),
    results: [],
    page: 1,
    pages: 1,
    requestedBy: 'Ida Nyström',
    profiles: [],
    ...changes,
  };
}

export function someResults(wording: Wording): BatchResult[] {
  const refused = { name: 'ZtdDeviceAssignedToOtherTenant', code: '808' };
  const odd = { name: 'ZtdSomethingNew', code: '899' };
  return [
    {
      identifier: '3305123456789',
      source: 'contoso.xlsx',
      row: 2,
      outcome: 'failed',
      code: '808',
      ...deviceWords(refused, wording),
    },
    {
      identifier: '3305123456790',
      source: 'contoso.xlsx',
      row: 3,
      outcome: 'failed',
      ...deviceWords(odd, wording),
    },
    { identifier: '5CG1234XYZ', source: wording.say('source.pasted'), row: 1, outcome: 'already' },
    {
      identifier: '3305123456791',
      source: 'contoso.xlsx',
      row: 4,
      outcome: 'registered',
      profile: wording.say('batch.profile.applied', { name: 'Standard' }),
    },
    {
      identifier: '3305123456794',
      source: 'contoso.xlsx',
      row: 7,
      outcome: 'already',
      profile: profileFailure(wording),
    },
    { identifier: '3305123456792', source: 'contoso.xlsx', row: 5, outcome: 'pending' },
    { identifier: '3305123456793', source: 'contoso.xlsx', row: 6, outcome: 'unknown' },
  ];
}

function profileFailure(wording: Wording): string {
  const { cause, nextStep } = deviceWords({ name: 'NoDeviceId' }, wording);
  return wording.say('batch.profile.failed', { name: 'Standard', cause, next: nextStep });
}

const BATCHES: Readonly<Record<BatchStateName, (wording: Wording) => Partial<BatchView>>> = {
  sending: () => ({ registered: 0, pending: 40, nextCheckAt: undefined }),
  waiting: (wording) => ({ profiles: [wording.say('batch.profile.planned', { name: 'Standard' })] }),
  done: () => ({ registered: 40, pending: 0, finishedAt: DECIDED, nextCheckAt: undefined }),
  'done-with-errors': (wording) => ({
    registered: 38,
    failed: 2,
    pending: 0,
    finishedAt: DECIDED,
    nextCheckAt: undefined,
    results: someResults(wording),
    profiles: [
      wording.say('batch.profile.counts', { name: 'Standard', applied: 36, failed: 1, unknown: 0, pending: 1 }),
    ],
    page: 1,
    pages: 4,
  }),
  failed: () => ({ registered: 0, failed: 40, pending: 0, finishedAt: DECIDED, nextCheckAt: undefined }),
  'needs-human': (wording) => ({
    unknown: 15,
    pending: 0,
    needsHuman: wording.say('device.unknown.next'),
    ids: { batchName: 'Malmö 2026-11', trackingIds: ['beb3ac69-0cd4-4e5c-b1f7-77e3b1b8bb92'] },
  }),
  cancelled: () => ({ registered: 0, pending: 0, total: 0, nextCheckAt: undefined }),
};
export const BATCH_STATES = Object.keys(BATCHES) as BatchStateName[];

export function aFind(wording: Wording, changes: Partial<FindView> = {}): FindView {
  const { say } = wording;
  const refused = deviceWords({ name: 'ZtdDeviceAssignedToOtherTenant', code: '808' }, wording);
  const place = say('find.place', { customer: CUSTOMER.name, batch: 'Malmö 2026-11' });
  const when = say('find.when', { date: wording.dateTime(SENT), name: 'Ida Nyström' });
  const buttons = [openBatchButton('batch-1', wording)];
  const sent = (identifier: string, whereabouts: FindView['rows'][number]['whereabouts'], more: string[] = []) => {
    const isThere = whereabouts === 'registered' || whereabouts === 'before';
    const remove = isThere ? [removeButton('batch-1', 0, wording)] : [];
    return { identifier, whereabouts, lines: [place, when, ...more], buttons: [...buttons, ...remove] };
  };
  return {
    query: '3305123456789\n5CG1234XYZ',
    customers: [CUSTOMER, { ...CUSTOMER, tenantId: 'b', name: 'Fabrikam', domain: 'fabrikam.com' }],
    moreCustomers: true,
    maxKeys: 15,
    rows: [
      sent('3305123456789', 'registered'),
      sent('5CG1234XYZ · HP · EliteBook 840 G9', 'refused', [refused.cause, refused.nextStep]),
      sent('3305123456790', 'before'),
      sent('3305123456794', 'removed', [say('find.removed.when', { date: wording.dateTime(DECIDED) })]),
      sent('3305123456791', 'open'),
      sent('3305123456792', 'unknown'),
      { identifier: '3305123456793', whereabouts: 'absent', lines: [say('find.absent.known')], buttons: [] },
    ],
    notes: [say('find.tooMany', { max: 15 })],
    ...changes,
  };
}

const NO_DEVICES = {
  unchecked: 0,
  found: 0,
  absent: 0,
  waiting: 0,
  removing: 0,
  checking: 0,
  removed: 0,
  gone: 0,
  failed: 0,
  unknown: 0,
};

export function aRemoval(changes: Partial<RemovalView> = {}): RemovalView {
  return {
    removalId: 'removal-1',
    audience: 'rep',
    state: 'draft',
    customer: CUSTOMER,
    requestedBy: 'Ida Nyström',
    expiresAt: EXPIRES,
    counts: { ...NO_DEVICES, found: 12, absent: 1, total: 13 },
    batches: [
      { name: 'Malmö 2026-11', devices: 10 },
      { name: 'Order 4711', devices: 2 },
    ],
    devices: [
      { identifier: '5CG1234XYZ · HP · EliteBook 840 G9', state: 'absent' },
      { identifier: '3305123456789', state: 'found', batchName: 'Malmö 2026-11' },
      { identifier: '3305123456790', state: 'found', batchName: 'Order 4711' },
    ],
    page: 1,
    pages: 2,
    ...changes,
  };
}

const CONFIRMED = { decidedBy: 'Olle Ek', decidedAt: DECIDED } as const;
const REMOVALS: Readonly<Record<RemovalStateName, (wording: Wording) => Partial<RemovalView>>> = {
  draft: () => ({}),
  asked: () => ({}),
  removing: () => ({
    ...CONFIRMED,
    counts: { ...NO_DEVICES, waiting: 4, checking: 1, removed: 7, absent: 1, total: 13 },
    devices: [
      { identifier: '3305123456789', state: 'checking', batchName: 'Malmö 2026-11' },
      { identifier: '3305123456790', state: 'waiting', batchName: 'Order 4711' },
      { identifier: '3305123456791', state: 'removed', batchName: 'Malmö 2026-11' },
    ],
  }),
  done: () => ({
    ...CONFIRMED,
    counts: { ...NO_DEVICES, removed: 11, gone: 1, total: 12 },
    devices: [
      { identifier: '3305123456789', state: 'gone', batchName: 'Malmö 2026-11' },
      { identifier: '3305123456790', state: 'removed', batchName: 'Order 4711' },
    ],
  }),
  'done-with-errors': (wording) => ({
    ...CONFIRMED,
    counts: { ...NO_DEVICES, removed: 10, failed: 2, total: 12 },
    devices: [
      {
        identifier: '3305123456789',
        state: 'failed',
        batchName: 'Malmö 2026-11',
        reason: wording.say('removal.failed.other', { code: '403 900308' }),
      },
      {
        identifier: '3305123456790',
        state: 'failed',
        batchName: 'Order 4711',
        reason: wording.say('removal.failed.relationship'),
      },
      { identifier: '3305123456791', state: 'removed', batchName: 'Order 4711' },
    ],
  }),
  'needs-human': (wording) => ({
    ...CONFIRMED,
    counts: { ...NO_DEVICES, removed: 11, unknown: 1, total: 12 },
    devices: [{ identifier: '3305123456789', state: 'unknown', reason: wording.say('removal.failed.unknown') }],
  }),
  refused: () => ({ ...CONFIRMED, reason: 'They still need the three in Malmö.' }),
  expired: () => ({}),
  withdrawn: () => ({}),
  cancelled: () => ({}),
};
const REMOVAL_STATES = Object.keys(REMOVALS) as RemovalStateName[];

/** What Partner Center itself says. */
export function aFindAtCustomer(wording: Wording): FindView {
  const { say } = wording;
  const place = say('find.place', { customer: CUSTOMER.name, batch: 'Malmö 2026-11' });
  const uploaded = say('find.uploaded', { date: wording.dateTime(SENT) });
  return aFind(wording, {
    customerId: CUSTOMER.tenantId,
    moreCustomers: false,
    rows: [
      {
        identifier: '3305123456789 · HP · EliteBook 840 G9',
        whereabouts: 'atPartnerCenter',
        lines: [place, uploaded, say('find.profile', { name: 'Standard' })],
        buttons: [],
      },
      {
        identifier: '3305123456790',
        whereabouts: 'atPartnerCenter',
        lines: [place, uploaded, say('find.profile.none')],
        buttons: [],
      },
      { identifier: '5CG1234XYZ', whereabouts: 'absent', lines: [say('find.absent.customer')], buttons: [] },
    ],
    notes: [say('find.partly', { looked: 40, total: 120 })],
  });
}
export const CHANGE_ID = '7d3f0c56-3a5e-4c0b-9d35-2f1f6f3f8d10';

export const PROFILES: readonly Profile[] = [
  {
    id: '1b7a7c86-9a38-4a3c-8f2e-1d3f5a3f0b11',
    name: 'Standard',
    description: 'Offices in Malmö and Lund',
    settings: ['skip_express_settings', 'oobe_user_not_local_admin', 'skip_eula'],
    deviceCount: 1240,
  },
  { id: '1b7a7c86-9a38-4a3c-8f2e-1d3f5a3f0b12', name: 'Kiosk', settings: PROFILE_SETTINGS, deviceCount: 1 },
  { id: '1b7a7c86-9a38-4a3c-8f2e-1d3f5a3f0b13', name: 'As delivered', settings: [], deviceCount: 0 },
];

export function anApplication(changes: Partial<ApplyProfileView>): ApplyProfileView {
  const batch = { batchId: 'batch-1', batchName: 'Malmö 2026-11', customer: CUSTOMER };
  return { applicationId: CHANGE_ID, ...batch, profiles: [], ...changes };
}

const SURFACE_PAGE = 'https://learn.microsoft.com/surface/surface-autopilot-registration-support';

/** Whoever may be welcomed. */
const READERS: Readonly<Record<string, Omit<Reader, 'partnerName'>>> = {
  rep: { audience: 'rep' },
  'rep who administers': { audience: 'rep', administers: true },
  'administrator who is no rep': { audience: 'staff', administers: true },
  'second person who is no rep': { audience: 'staff', confirms: true },
  'administrator and second person': { audience: 'staff', administers: true, confirms: true },
  colleague: { audience: 'colleague' },
  'colleague whose roles cannot be read': { audience: 'colleague', isUnread: true },
  customer: { audience: 'customer' },
  stranger: { audience: 'stranger' },
  'stranger whose account is known': { audience: 'stranger', account: 'anna@contoso.com' },
};

/** Every card in every state it has. */
export const SAMPLES: readonly Sample[] = [
  ...Object.entries(READERS).flatMap(([who, reader]) => [
    {
      name: `welcome ${who}`,
      draw: (wording: Wording) => welcomeCard({ partnerName: PARTNER, name: 'Anna', ...reader }, wording),
    },
    { name: `help ${who}`, draw: (wording: Wording) => helpCard({ partnerName: PARTNER, ...reader }, wording) },
  ]),
  ...HELP_TOPICS.map((topic) => ({
    name: `help about ${topic}`,
    draw: (wording: Wording) => helpCard({ audience: 'rep', partnerName: PARTNER, topic }, wording),
  })),
  {
    name: 'request form empty',
    draw: (wording) =>
      requestFormCard(
        {
          draftId: 'draft-1',
          values: { customer: '', approvers: '', note: '', route: 'direct' },
          known: [],
          distributorPossible: false,
          problems: {},
        },
        wording,
      ),
  },
  {
    name: 'request form with problems',
    draw: (wording) =>
      requestFormCard(
        {
          draftId: 'draft-1',
          values: { customer: 'contso.com', approvers: 'anna', note: 'Hello\nAnna', route: 'through-distributor' },
          known: [CUSTOMER],
          distributorPossible: true,
          problems: {
            customer: wording.say('error.customer-not-found', { customer: 'contso.com' }),
            approvers: wording.say('error.approver-name-invalid', { name: 'anna' }),
            note: wording.say('error.no-approvers'),
          },
        },
        wording,
      ),
  },
  { name: 'request preview', draw: (wording) => requestPreviewCard(aPreview(), wording) },
  {
    name: 'request preview with a warning',
    draw: (wording) =>
      requestPreviewCard(
        aPreview({ warnings: [wording.say('error.already-active')], approvers: ['anna@contoso.com'], note: undefined }),
        wording,
      ),
  },
  ...REQUEST_STATES.flatMap((state) =>
    (['rep', 'approver'] as const).map((audience) => ({
      name: `request ${state} for the ${audience}`,
      draw: (wording: Wording) => requestCard(aRequestIn(wording, { state, ...DECISIONS[state] }), audience, wording),
    })),
  ),
  ...(['rep', 'approver'] as const).map((audience) => ({
    name: `request sent, with roles, for the ${audience}`,
    draw: (wording: Wording) => requestCard(aSignedInRequest(wording), audience, wording),
  })),
  ...(['request.delegate', 'request.decline'] as const).map((key) => ({
    name: `request sent, ${key === 'request.decline' ? 'declining' : 'asking a colleague'}`,
    draw: (wording: Wording) => requestCard(aRequestIn(wording), 'approver', wording),
    opened: (wording: Wording) => wording.say(key),
  })),
  {
    name: 'request approved, with a role, for the approver',
    draw: (wording) =>
      requestCard(
        aRequestIn(wording, { state: 'approved', ...DECISIONS.approved, decidedRoles: BILLING, canSignIn: true }),
        'approver',
        wording,
      ),
  },
  {
    name: 'customers',
    draw: (wording) =>
      customersCard(
        {
          page: 2,
          pages: 3,
          customers: [
            { ...CUSTOMER, relationship: 'active', since: SENT },
            {
              ...CUSTOMER,
              name: 'Fabrikam',
              domain: 'fabrikam.com',
              relationship: 'waiting',
              openRequest: 'k3J9x0Qm2w',
            },
            { ...CUSTOMER, name: 'Tailspin Toys', domain: 'tailspin.com', relationship: 'ended' },
          ],
        },
        wording,
      ),
  },
  {
    name: 'requests',
    draw: (wording) =>
      requestsCard(
        {
          page: 1,
          pages: 2,
          requests: REQUEST_STATES.map((state, index) => ({
            reference: `reference-${index}`,
            customer: { ...CUSTOMER, domain: `contoso-${index}.com` },
            state,
            requestedBy: 'Ida Nyström',
            ageDays: index,
          })),
        },
        wording,
      ),
  },
  { name: 'requests, none', draw: (wording) => requestsCard({ page: 1, pages: 1, requests: [] }, wording) },
  {
    name: 'customers, none found',
    draw: (wording) => customersCard({ page: 1, pages: 1, customers: [], query: 'zebra' }, wording),
  },
  {
    name: 'customer picker',
    draw: (wording) =>
      customerPickerCard(
        {
          customers: [CUSTOMER, { ...CUSTOMER, tenantId: 'b', name: 'Fabrikam', domain: 'fabrikam.com' }],
          more: true,
          refused: { name: 'Tailspin Toys', reason: wording.say('error.relationship-not-active') },
        },
        wording,
      ),
  },
  {
    name: 'customer picker without customers',
    draw: (wording) => customerPickerCard({ customers: [], more: false }, wording),
  },
  {
    name: 'ask for a list',
    draw: (wording) => askForListCard({ batchId: 'batch-1', customer: CUSTOMER, tip: true }, wording),
  },
  {
    name: 'list preview, of more devices for a batch',
    draw: (wording) =>
      listPreviewCard(
        aList(wording, {
          addsTo: 'Order 4711',
          targets: [
            { name: 'Malmö 2026-11', deviceCount: 38 },
            { name: 'Order 4711', deviceCount: 1 },
            { name: 'Malmö 2026-10' },
          ],
        }),
        wording,
      ),
  },
  { name: 'list preview', draw: (wording) => listPreviewCard(aList(wording), wording) },
  {
    name: 'list preview with profiles',
    draw: (wording) =>
      listPreviewCard(
        aList(wording, {
          deviceCount: 1,
          uploads: 1,
          problems: [],
          problemCount: 0,
          lastDevice: undefined,
          profiles: [{ id: 'p1', name: 'Standard' }],
          profile: 'p1',
        }),
        wording,
      ),
  },
  {
    name: 'list preview with Surface devices',
    draw: (wording) => listPreviewCard({ ...aDoubtfulList(wording), surface: true }, wording),
  },
  {
    name: 'surface',
    draw: (wording) =>
      surfaceCard(
        { customer: CUSTOMER, serials: ['012345678953', '012345678954'], fileOf: 'batch-1', url: SURFACE_PAGE },
        wording,
      ),
  },
  {
    name: 'surface, more than fit',
    draw: (wording) =>
      surfaceCard({ serials: Array.from({ length: 600 }, (_, n) => `0123456${n}`), url: SURFACE_PAGE }, wording),
  },
  { name: 'list preview with doubtful devices', draw: (wording) => listPreviewCard(aDoubtfulList(wording), wording) },
  {
    name: 'list preview of refused devices',
    draw: (wording) => listPreviewCard({ ...aDoubtfulList(wording), follows: 'Malmö 2026-10' }, wording),
  },
  {
    name: 'list preview without devices',
    draw: (wording) =>
      listPreviewCard(aList(wording, { deviceCount: 0, firstDevices: [], lastDevice: undefined, uploads: 0 }), wording),
  },
  ...BATCH_STATES.map((state) => ({
    name: `batch ${state}`,
    draw: (wording: Wording) => batchCard(aBatch({ state, ...BATCHES[state](wording) }), wording),
  })),
  {
    name: 'batches',
    draw: (wording) =>
      batchesCard(
        {
          page: 1,
          pages: 2,
          batches: BATCH_STATES.map((state, index) => ({
            batchId: `batch-${index}`,
            batchName: `Malmö 2026-${index}`,
            customer: CUSTOMER,
            state,
            total: 1240,
            registered: 1200,
            startedAt: SENT,
          })),
        },
        wording,
      ),
  },
  ...(['active', 'waiting', 'ended'] as const).map((relationship) => ({
    name: `snapshot of a customer, ${relationship}`,
    draw: (wording: Wording) =>
      customerSnapshot({ ...CUSTOMER, relationship, since: DECIDED }, { asOf: DECIDED, link: CHAT_LINK }, wording).card,
  })),
  ...BATCH_STATES.map((state) => ({
    name: `snapshot of a batch, ${state}`,
    draw: (wording: Wording) =>
      batchSnapshot(
        {
          batchId: 'b',
          batchName: 'Malmö 2026-11',
          customer: CUSTOMER,
          state,
          total: 1240,
          registered: 12,
          startedAt: SENT,
        },
        { asOf: DECIDED, link: CHAT_LINK },
        wording,
      ).card,
  })),
  ...(['registered', 'already', 'failed', 'pending', 'unknown'] as const).map((outcome) => ({
    name: `snapshot of a device, ${outcome}`,
    draw: (wording: Wording) =>
      deviceSnapshot(
        { identifier: '3305123456789', outcome, batchName: 'Malmö 2026-11', customer: CUSTOMER },
        { asOf: DECIDED, link: CHAT_LINK },
        wording,
      ).card,
  })),
  ...(['devices', 'none'] as const).map((found) => ({
    name: `devices of a message, ${found}`,
    draw: (wording: Wording) =>
      messageListCard(
        {
          draftId: 'draft-1',
          deviceCount: found === 'none' ? 0 : 12,
          doubtfulCount: found === 'none' ? 0 : 1,
          problems: found === 'none' ? [] : aList(wording).problems,
          hasFiles: found === 'none',
          unread: found === 'none' ? [] : [{ name: 'contoso.xlsx', reason: wording.say('error.link-not-found') }],
          customers: [CUSTOMER],
          ...(found === 'devices' && {
            refused: { name: CUSTOMER.name, reason: wording.say('error.relationship-not-active') },
          }),
        },
        wording,
      ),
  })),
  {
    name: 'batch, only what was refused, of a batch that follows another',
    draw: (wording) =>
      batchCard(
        aBatch({
          ...BATCHES['done-with-errors'](wording),
          state: 'done-with-errors',
          only: 'failed',
          addsTo: { name: 'Malmö 2026-10', deviceCount: 40 },
          follows: 'Malmö 2026-10',
          results: someResults(wording).slice(0, 2),
          pages: 1,
        }),
        wording,
      ),
  },
  ...[true, false].map((canSendFiles) => ({
    name: `export ${canSendFiles ? 'in a personal chat' : 'elsewhere'}`,
    draw: (wording: Wording) =>
      exportCard(
        {
          batchId: 'batch-1',
          batchName: 'Malmö 2026-11',
          customer: CUSTOMER,
          total: 40,
          failed: 2,
          first: someResults(wording),
          canSendFiles,
        },
        wording,
      ),
  })),
  {
    name: 'batches, searched',
    draw: (wording) => batchesCard({ page: 2, pages: 3, batches: [], query: 'Malmö' }, wording),
  },
  { name: 'batches, none', draw: (wording) => batchesCard({ page: 1, pages: 1, batches: [] }, wording) },
  { name: 'find devices', draw: (wording) => findCard(aFind(wording), wording) },
  { name: 'find devices at a customer', draw: (wording) => findCard(aFindAtCustomer(wording), wording) },
  {
    name: 'find devices, nothing asked yet',
    draw: (wording) => findCard(aFind(wording, { query: '', rows: [], notes: [] }), wording),
  },
  ...REMOVAL_STATES.flatMap((state) =>
    (['rep', 'remover'] as const)
      .filter((audience) => audience === 'rep' || (state !== 'draft' && state !== 'cancelled'))
      .map((audience) => ({
        name: `removal ${state} for the ${audience}`,
        draw: (wording: Wording) => removalCard(aRemoval({ state, audience, ...REMOVALS[state](wording) }), wording),
      })),
  ),
  {
    name: 'removal with devices that are still looked for',
    draw: (wording) =>
      removalCard(
        aRemoval({
          counts: { ...NO_DEVICES, found: 2, unchecked: 300, total: 302 },
          devices: [{ identifier: '3305123456789', state: 'unchecked' }],
        }),
        wording,
      ),
  },
  {
    name: 'removal confirmed with a wrong number',
    draw: (wording) =>
      removalCard(
        aRemoval({
          state: 'asked',
          audience: 'remover',
          problem: wording.say('error.confirmation-wrong', { count: 12, domain: CUSTOMER.domain }),
        }),
        wording,
      ),
  },
  {
    name: 'removal: which devices',
    draw: (wording) =>
      noticeCard(
        {
          tone: 'info',
          title: wording.say('removal.collect.title', { customer: CUSTOMER.name }),
          lines: [wording.say('removal.collect.text')],
          buttons: [{ verb: 'removal.cancel', title: wording.say('common.cancel'), data: { removalId: 'removal-1' } }],
        },
        wording,
      ),
  },
  {
    name: 'customer picker for a removal',
    draw: (wording) => customerPickerCard({ customers: [CUSTOMER], more: false, purpose: 'remove' }, wording),
  },
  {
    name: 'a number typed while nothing is under way',
    draw: (wording) =>
      sayCard(
        {
          text: wording.say('find.number', { count: 2 }),
          buttons: [
            { verb: FIND_VERB, title: wording.say('command.find'), data: { query: '3305123456789' } },
            { verb: 'register.start', title: wording.say('command.register') },
          ],
        },
        wording,
      ),
  },
  {
    name: 'profiles',
    draw: (wording) =>
      profilesCard(
        {
          customer: CUSTOMER,
          profiles: PROFILES,
          defaultId: PROFILES[0]?.id,
          done: wording.say('profiles.saved', { name: 'Kiosk' }),
          page: 1,
          pages: 2,
        },
        wording,
      ),
  },
  {
    name: 'profiles, none',
    draw: (wording) => profilesCard({ customer: CUSTOMER, profiles: [], page: 1, pages: 1 }, wording),
  },
  {
    name: 'profile form, new',
    draw: (wording) =>
      profileFormCard({ changeId: CHANGE_ID, customer: CUSTOMER, values: { name: '', settings: [] } }, wording),
  },
  {
    name: 'profile form with a problem',
    draw: (wording) =>
      profileFormCard(
        {
          changeId: CHANGE_ID,
          customer: CUSTOMER,
          profileId: 'p-2',
          values: { name: 'Standard', description: 'Kiosks', settings: ['skip_eula', 'remove_oem_preinstalls'] },
          problem: wording.say('error.profile-name-taken', { name: 'Standard' }),
        },
        wording,
      ),
  },
  {
    name: 'apply a profile',
    draw: (wording) => applyProfileCard(anApplication({ profiles: PROFILES, profileId: PROFILES[1]?.id }), wording),
  },
  {
    name: 'apply a profile to a device that is not there',
    draw: (wording) =>
      applyProfileCard(
        anApplication({
          profiles: PROFILES,
          devices: '3305123456789\n5CG1234XYZ',
          problem: wording.say('error.device-not-in-batch', { value: '5CG1234XYZ' }),
        }),
        wording,
      ),
  },
  {
    name: 'apply a profile, none there',
    draw: (wording) => applyProfileCard(anApplication({ profiles: [] }), wording),
  },
  {
    name: 'notice of a profile',
    draw: (wording) =>
      noticeCard(
        {
          tone: 'attention',
          title: wording.say('notice.profile.notAll', { name: 'Standard', batch: 'Malmö 2026-11' }),
          lines: [
            wording.say('batch.profile.counts', { name: 'Standard', applied: 36, failed: 1, unknown: 1, pending: 0 }),
            wording.say('notice.profile.look'),
          ],
          buttons: [{ verb: 'batch.open', title: wording.say('batch.open'), data: { batchId: 'batch-1' } }],
        },
        wording,
      ),
  },
  ...PROFILES.map((profile) => ({
    name: `profile removal, ${profile.deviceCount} devices`,
    draw: (wording: Wording) => profileRemovalCard({ changeId: CHANGE_ID, customer: CUSTOMER, profile }, wording),
  })),
  {
    name: 'status',
    draw: (wording) =>
      statusCard(
        { openRequests: 2, openBatches: 1, openRemovals: 0, removals: [], signIn: { ok: true, sentence: '' } },
        wording,
      ),
  },
  {
    name: 'status with deregistrations',
    draw: (wording) =>
      statusCard(
        {
          openRequests: 1,
          openBatches: 0,
          openRemovals: 2,
          removals: [{ removalId: 'removal-1', customer: CUSTOMER }],
          signIn: { ok: true, sentence: '' },
        },
        wording,
      ),
  },
  {
    name: 'status with a broken sign-in',
    draw: (wording) =>
      statusCard(
        {
          openRequests: 0,
          openBatches: 0,
          openRemovals: 0,
          removals: [],
          signIn: { ok: false, sentence: wording.say('error.partner-center-sign-in') },
        },
        wording,
      ),
  },
  ...DOCTOR_SAMPLES,
  ...NOTICE_SAMPLES,
  {
    name: 'notice batch finished with failures',
    draw: (wording) =>
      noticeCard(
        {
          tone: 'attention',
          title: wording.say('notice.batch.failures', { failed: 2, total: 40, batch: 'Malmö 2026-11' }),
          lines: [wording.say('notice.batch.success', { count: 38, customer: CUSTOMER.name })],
          buttons: [{ verb: 'batch.open', title: wording.say('batch.open'), data: { batchId: 'batch-1' } }],
          link: { title: wording.say('request.open'), url: LINK },
        },
        wording,
      ),
  },
  {
    name: 'notice sign-in parked',
    draw: (wording) => noticeCard(signInNotice(TROUBLE, wording), wording),
  },
  {
    name: 'notice sign-in parked by the seal key',
    draw: (wording) =>
      noticeCard(signInNotice({ ...TROUBLE, reason: 'unsealable', aadsts: undefined }, wording), wording),
  },
  {
    name: 'notice sign-in works again',
    draw: (wording) =>
      noticeCard(signInNotice({ ...TROUBLE, endedAt: new Date('2026-11-21T11:45:00Z') }, wording), wording),
  },
  ...([...WITNESSED, 'audit'] as const).map((kind) => ({
    name: `notice of an alarm, ${kind}`,
    draw: (wording: Wording) =>
      noticeCard(
        alarmNotice({ id: 'a1', kind, subjectId: kind === 'audit' ? '4711' : CHANGE_ID, foundAt: SENT }, wording),
        wording,
      ),
  })),
  {
    name: 'settings of a rep',
    draw: (wording) => settingsCard({ timeZone: 'Europe/Stockholm', digestAt: '08:00', justSaved: false }, wording),
  },
  {
    name: 'settings of an approver, just saved',
    draw: (wording) =>
      settingsCard(
        {
          timeZone: 'Asia/Jerusalem',
          language: 'he',
          quiet: { from: '20:00', until: '07:00' },
          deviceNotices: true,
          justSaved: true,
        },
        wording,
      ),
  },
  {
    name: 'notice to the customer',
    draw: (wording) =>
      noticeCard(
        {
          tone: 'good',
          title: wording.say('notice.customer.title', { count: 12 }),
          lines: [wording.say('notice.customer.text', { partner: PARTNER, batch: 'Malmö 2026-11' })],
          buttons: [{ verb: 'settings.stop-device-notices', title: wording.say('notice.customer.stop') }],
        },
        wording,
      ),
  },
  { name: 'say', draw: (wording) => sayCard({ text: wording.say('chat.cancel.nothing') }, wording) },
  {
    name: 'say with buttons',
    draw: (wording) =>
      sayCard(
        {
          text: wording.say('error.relationship-not-active'),
          buttons: [
            { verb: 'request.start', title: wording.say('command.request'), data: { customerId: CUSTOMER.tenantId } },
          ],
        },
        wording,
      ),
  },
];
