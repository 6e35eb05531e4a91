import { describe, expect, it } from 'vitest';
import { parseApplyProfile } from '../../cards/apply-profile/card.ts';
import { parseCancelRegistering } from '../../cards/ask-for-list/card.ts';
import { parseBatch, parseBatchPage } from '../../cards/batch/card.ts';
import { parseBatchesPage } from '../../cards/batches/card.ts';
import { parseChosenCustomer } from '../../cards/customer-picker/card.ts';
import { parseCustomersPage, parseStartRegistering } from '../../cards/customers/card.ts';
import { parseFile } from '../../cards/export/card.ts';
import { parseFind } from '../../cards/find/card.ts';
import { parseConfirm, parseDoubtful, parseFixes, parseListPage, parseMore } from '../../cards/list-preview/answers.ts';
import { parseProfileForm } from '../../cards/profile-form/card.ts';
import { parseProfileRemoval } from '../../cards/profile-removal/card.ts';
import { parseDefault, parseProfile, parseProfilesOf, parseProfilesPage } from '../../cards/profiles/card.ts';
import { parseDecline, parseDelegate, parseRequestReference } from '../../cards/relationship-request/card.ts';
import {
  parseCancelRemoval,
  parseRefusal,
  parseRemoval,
  parseRemovalOfBatch,
  parseRemovalOfDevice,
  parseRemovalPage,
  parseStartRemoval,
  parseTyped,
} from '../../cards/removal/card.ts';
import { parseRequestForm, parseStartRequest } from '../../cards/request-form/card.ts';
import { parseDraft } from '../../cards/request-preview/card.ts';
import { parseRequestsPage } from '../../cards/requests/card.ts';
import { parseSettings } from '../../cards/settings/card.ts';
import { parseSurface, parseSurfaceFile } from '../../cards/surface/card.ts';
import type { Verb } from '../../cards/verbs.ts';
import { createWording } from '../../cards/wording/wording.ts';
import { partsOfType } from './host.ts';
import { CHANGE_ID, SAMPLES } from './samples.ts';

/** Who reads what each button sends; `help.show` and its like send nothing. */
const READERS: Readonly<Record<Verb, (data: unknown) => unknown>> = {
  'request.start': parseStartRequest,
  'request.preview': parseRequestForm,
  'request.edit': parseDraft,
  'request.send': parseDraft,
  'request.cancel': parseDraft,
  'request.mail': parseRequestReference,
  'request.open': parseRequestReference,
  'request.withdraw': parseRequestReference,
  'request.remind': parseRequestReference,
  'request.again': parseRequestReference,
  'requests.list': () => ({}),
  'requests.page': parseRequestsPage,
  'relationship.approve': parseRequestReference,
  'relationship.decline': parseDecline,
  'relationship.delegate': parseDelegate,
  'relationship.check': parseRequestReference,
  'signIn.start': () => ({}),
  'customers.list': () => ({}),
  'doctor.run': () => ({}),
  'customers.page': parseCustomersPage,
  'register.start': parseStartRegistering,
  'register.customer': parseChosenCustomer,
  'register.confirm': parseConfirm,
  'register.more': parseMore,
  'register.fix': parseFixes,
  'register.accept-doubtful': parseDoubtful,
  'register.drop-doubtful': parseDoubtful,
  'register.page': parseListPage,
  'register.cancel': parseCancelRegistering,
  'batch.open': parseBatch,
  'batch.page': parseBatchPage,
  'batch.refresh': parseBatch,
  'batch.resend': parseBatch,
  'batch.add': parseBatch,
  'batch.export': parseBatch,
  'batch.file': parseFile,
  'batch.ask-profile': parseBatch,
  'batch.apply-profile': parseApplyProfile,
  'batches.list': () => ({}),
  'batches.page': parseBatchesPage,
  'devices.find': parseFind,
  'surface.show': parseSurface,
  'surface.file': parseSurfaceFile,
  'removal.start': parseStartRemoval,
  'removal.customer': parseChosenCustomer,
  'removal.batch': parseRemovalOfBatch,
  'removal.device': parseRemovalOfDevice,
  'removal.look': parseRemoval,
  'removal.page': parseRemovalPage,
  'removal.ask': parseTyped,
  'removal.cancel': parseCancelRemoval,
  'removal.confirm': parseTyped,
  'removal.refuse': parseRefusal,
  'removal.refresh': parseRemoval,
  'removal.open': parseRemoval,
  'profiles.list': parseProfilesOf,
  'profiles.page': parseProfilesPage,
  'profile.new': parseProfilesOf,
  'profile.edit': parseProfile,
  'profile.save': parseProfileForm,
  'profile.default': parseDefault,
  'profile.ask-delete': parseProfile,
  'profile.delete': parseProfileRemoval,
  'status.show': () => ({}),
  'settings.show': () => ({}),
  'settings.save': parseSettings,
  'settings.stop-device-notices': () => ({}),
  'channels.stop': () => ({}),
  'help.show': () => ({}),
};

/** What somebody may have typed into the inputs of the card. */
const TYPED = {
  customer: 'contoso.com',
  approvers: 'anna@contoso.com',
  reason: '',
  colleague: 'bo@contoso.com',
  customerId: 'c-1',
  batchName: 'Malmö',
  query: '3305123456789',
  typed: '12',
  name: 'Standard',
  profile: 'p1',
  settings: 'skip_eula,skip_express_settings',
  language: 'sv',
  quietFrom: '20:00',
  quietUntil: '07:00',
  'fix-r12': ' 3305123456789 ',
};

describe('what buttons send', () => {
  it.each(SAMPLES)('is read back: $name', ({ draw }) => {
    for (const action of partsOfType(draw(createWording('en')), 'Action.Execute')) {
      const { verb, data, associatedInputs } = action as { verb: Verb; data: object; associatedInputs: string };
      const sent = associatedInputs === 'none' ? data : { ...TYPED, ...data };
      expect(READERS[verb](sent)).toBeDefined();
      expect(READERS[verb]({ ...sent, msteams: { anything: true } }), 'with what Teams adds').toBeDefined();
    }
  });

  it('carries ids, pages and versions only', () => {
    const names = SAMPLES.flatMap(({ draw }) =>
      partsOfType(draw(createWording('en')), 'Action.Execute').flatMap(({ data }) => Object.keys(data as object)),
    );
    expect([...new Set(names)].sort()).toEqual(
      [
        'applicationId',
        'batchId',
        'batchRowId',
        'changeId',
        'customerId',
        'draftId',
        'format',
        'only',
        'page',
        'position',
        'profileId',
        'query',
        'reference',
        'removalId',
        'version',
      ].sort(),
    );
  });

  it.each(Object.entries(READERS).filter(([, read]) => read({}) === undefined))(
    'is refused when it is not ours: %s',
    (_, read) => {
      for (const strange of [
        undefined,
        null,
        'text',
        7,
        [],
        { batchId: 1 },
        { reference: '' },
        { reference: 'x'.repeat(101) },
      ]) {
        expect(read(strange)).toBeUndefined();
      }
    },
  );
});

describe('readers', () => {
  it('take a form whose optional inputs were never touched', () => {
    expect(parseRequestForm({ draftId: 'd', customer: 'contoso.com', approvers: 'a@b.c' })).toEqual({
      draftId: 'd',
      customer: 'contoso.com',
      approvers: 'a@b.c',
      note: '',
      route: 'direct',
    });
  });

  it.each([{ route: 'sideways' }, { note: 'x'.repeat(1_001) }, { approvers: ['a@b.c'] }, { customer: { a: 1 } }])(
    'refuse %j',
    (change) => {
      expect(parseRequestForm({ draftId: 'd', customer: 'c', approvers: 'a', ...change })).toBeUndefined();
    },
  );

  it('take several choices of one input, and none', () => {
    const form = { changeId: CHANGE_ID, customerId: 'c', name: ' Standard ' };
    expect(parseProfileForm({ ...form, settings: 'skip_eula,remove_oem_preinstalls,none,other' })).toEqual({
      ...form,
      description: '',
      settings: ['remove_oem_preinstalls', 'skip_eula'],
    });
    expect(parseProfileForm(form)?.settings).toEqual([]);
    expect(parseProfileForm({ ...form, changeId: 'not one of ours' })).toBeUndefined();
  });

  it('tell a profile that was not chosen from one that could not be', () => {
    const confirmed = { batchId: 'b', version: 3, batchName: ' Malmö ' };
    expect(parseConfirm({ ...confirmed, profile: 'none' })).toEqual({
      ...confirmed,
      batchName: 'Malmö',
      profile: 'none',
    });
    expect(parseConfirm({ ...confirmed, profile: 'p1' })?.profile).toBe('p1');
    expect(parseConfirm(confirmed)?.profile).toBeUndefined();
    expect(parseConfirm({ ...confirmed, batchName: '  ' })).toBeUndefined();
  });

  it('collect corrections by row, without the empty ones', () => {
    expect(
      parseFixes({ batchId: 'b', version: '3', page: 1, 'fix-r1': ' 123 ', 'fix-r2': '', 'fix-r3': 5, other: 'x' }),
    ).toEqual({
      batchId: 'b',
      version: 3,
      fixes: [{ batchRowId: 'r1', value: '123' }],
    });
    const many = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`fix-${index}`, 'x']));
    expect(parseFixes({ batchId: 'b', version: 3, ...many })).toBeUndefined();
  });

  it.each([0, -1, 1.5, 'two', 10_001, Number.NaN])('refuse page %s', (page) => {
    expect(parseBatchesPage({ page })).toBeUndefined();
  });

  it('trim a reason and hold it to its length', () => {
    expect(parseDecline({ reference: 'r', reason: '  no  ' })).toEqual({ reference: 'r', reason: 'no' });
    expect(parseDecline({ reference: 'r', reason: 'x'.repeat(501) })).toBeUndefined();
  });
});
