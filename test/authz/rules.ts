import type { ErrorCode } from '../../services/errors.ts';
import type { ActorName, PlaceName } from './cast.ts';
import type { StateName } from './scene.ts';

/**
 * Who may do what, written from the product's rules and not from its code.
 *
 * - `does`: something changes.
 * - `shows`: the thing as it is now; nothing changes.
 * - `stale`: the press came too late: the thing as it is now, and a sentence that says so; nothing changes.
 * - anything else: that sentence and not a word more; nothing changes and nobody outside is asked.
 */
export type Outcome = 'does' | 'shows' | 'stale' | ErrorCode;

export const VERBS = [
  'relationship.approve',
  'relationship.decline',
  'relationship.check',
  'relationship.delegate',
  'signIn.start',
  'request.open',
  'request.withdraw',
  'request.mail',
  'request.remind',
  'request.again',
  'settings.save',
  'register.start',
  'register.confirm',
  'register.page',
  'batch.open',
  'batch.resend',
  'batch.add',
  'batch.export',
  'batch.file',
  'batch.ask-profile',
  'batch.apply-profile',
  'devices.find',
  'surface.show',
  'surface.file',
  'doctor.run',
  'removal.start',
  'removal.ask',
  'removal.cancel',
  'removal.confirm',
  'removal.refuse',
  'removal.refresh',
  'removal.open',
  'profiles.list',
  'profile.save',
  'profile.default',
  'profile.delete',
] as const;
export type PressedVerb = (typeof VERBS)[number];

type Side = 'rep' | 'partner' | 'approver' | 'customer' | 'foreign';

/** Guests belong to nobody's side; what they are a guest of only decides what they are told. */
const SIDE: Readonly<Record<ActorName, Side>> = {
  'the rep who asked': 'rep',
  'another rep': 'rep',
  'an administrator who is no rep': 'partner',
  'a colleague without a role': 'partner',
  'a guest of the partner in the group of reps': 'partner',
  'the approver, known by object id': 'approver',
  'an approver, named but never seen': 'approver',
  'an administrator nobody asked': 'customer',
  'an ordinary user of the customer': 'customer',
  'the rep as a guest of the customer, listed as approver': 'customer',
  'an administrator of another customer': 'foreign',
  'a stranger with the approver’s sign-in name': 'foreign',
};

/** What the rules say. */
export function outcomeOf(actor: ActorName, verb: PressedVerb, state: StateName, place: PlaceName): Outcome {
  const side = SIDE[actor];
  if (verb === 'devices.find') return find(side);
  if (verb === 'surface.show') return ownDraft(actor, 'register.page', state);
  if (verb === 'batch.open' || verb === 'batch.export') return openBatch(side, state);
  if (verb === 'request.open') return openRequest(side, state, place);
  if (verb === 'register.confirm' || verb === 'register.page') return ownDraft(actor, verb, state);
  if (verb === 'register.start') return startRegistering(side, state);
  if (place !== 'personal') return 'personal-chat-only';
  switch (verb) {
    // whoever may get a notice chooses for themselves: reps, administrators, those who were asked
    case 'settings.save':
      if (side === 'rep' || actor === 'an administrator who is no rep') return 'does';
      return side === 'approver' && state !== 'unknown' ? 'does' : 'not-a-rep';
    case 'relationship.approve':
    case 'relationship.decline':
    case 'relationship.delegate':
      return decide(side, verb, state);
    case 'signIn.start':
      return signIn(side, state);
    // who administers need not be a rep, and reps need not administer
    case 'doctor.run':
      return actor === 'an administrator who is no rep' ? 'does' : 'not-an-admin';
    case 'relationship.check':
      return check(side, state);
    case 'batch.file':
      return openBatch(side, state);
    case 'batch.resend':
    case 'batch.add':
      return side !== 'rep' ? 'not-a-rep' : state === 'unknown' ? 'batch-not-found' : 'batch-under-way';
    case 'batch.ask-profile':
    case 'batch.apply-profile':
    case 'profiles.list':
    case 'profile.save':
    case 'profile.default':
    case 'profile.delete':
      return ofProfiles(actor, verb, state);
    case 'surface.file':
      return surfaceFile(actor, state);
    case 'removal.start':
      return startRegistering(side, state);
    case 'removal.ask':
    case 'removal.cancel':
      return ownRemoval(actor, state);
    case 'removal.confirm':
    case 'removal.refuse':
      return secondPerson(actor, state);
    case 'removal.refresh':
    case 'removal.open':
      return seeRemoval(actor, state);
    case 'request.withdraw':
    case 'request.mail':
    case 'request.remind':
    case 'request.again':
      return side === 'rep' ? REP_ANSWERS[verb][state] : 'not-a-rep';
  }
}

/** Without a relationship a rep reads the reason and other customers. */
function startRegistering(side: Side, state: StateName): Outcome {
  if (side !== 'rep') return 'not-a-rep';
  return state === 'active' ? 'does' : 'shows';
}

/** Their own list, which has no Surface device here. */
function surfaceFile(actor: ActorName, state: StateName): Outcome {
  const own = ownDraft(actor, 'register.page', state);
  return own === 'shows' ? 'batch-empty' : own;
}

/** Only those who were asked answer. Other tenants are told what a reference nobody gave out would tell them. */
function decide(side: Side, verb: keyof typeof ANSWERS, state: StateName): Outcome {
  if (state === 'unknown' || side === 'foreign' || side === 'rep' || side === 'partner') return 'request-not-found';
  return side === 'approver' ? ANSWERS[verb][state] : 'not-an-approver';
}

/** The first answer wins; the same answer again shows the request, another one comes too late. */
const ANSWERS = {
  'relationship.approve': {
    sent: 'does',
    approved: 'shows',
    active: 'shows',
    ended: 'shows',
    declined: 'stale',
    expired: 'stale',
    withdrawn: 'stale',
  },
  'relationship.decline': {
    sent: 'does',
    declined: 'shows',
    approved: 'stale',
    active: 'stale',
    ended: 'stale',
    expired: 'stale',
    withdrawn: 'stale',
  },
  // whoever may still answer may ask a colleague
  'relationship.delegate': {
    sent: 'does',
    approved: 'stale',
    active: 'stale',
    declined: 'stale',
    expired: 'stale',
    withdrawn: 'stale',
    ended: 'stale',
  },
} as const satisfies Record<string, Record<Exclude<StateName, 'unknown'>, Outcome>>;

/** Partner Center is asked only while something is awaited from it. */
function check(side: Side, state: StateName): Outcome {
  const seen = openRequest(side, state, 'personal');
  if (seen !== 'shows') return seen;
  return state === 'sent' || state === 'approved' || state === 'expired' ? 'does' : 'shows';
}

/** Signing in shows an approver's role beside a request that still waits; for anybody else it is not needed. */
function signIn(side: Side, state: StateName): Outcome {
  return side === 'approver' && (state === 'sent' || state === 'approved') ? 'does' : 'sign-in-not-needed';
}

/** Reps look anywhere, approvers in their own chat. */
function openRequest(side: Side, state: StateName, place: PlaceName): Outcome {
  if (side === 'partner') return 'not-a-rep';
  if (side !== 'rep' && place !== 'personal') return 'personal-chat-only';
  if (state === 'unknown') return 'request-not-found';
  return side === 'rep' || side === 'approver' ? 'shows' : 'request-not-found';
}

const REP_ANSWERS = {
  'request.withdraw': {
    sent: 'does',
    approved: 'does',
    withdrawn: 'shows',
    active: 'stale',
    declined: 'stale',
    expired: 'stale',
    ended: 'stale',
    unknown: 'request-not-found',
  },
  // whoever is still waited for may be reminded; what came to nothing, or will, may be written anew
  'request.remind': {
    sent: 'does',
    approved: 'does',
    withdrawn: 'stale',
    active: 'stale',
    declined: 'stale',
    expired: 'stale',
    ended: 'stale',
    unknown: 'request-not-found',
  },
  'request.again': {
    sent: 'does',
    approved: 'does',
    withdrawn: 'does',
    active: 'does',
    declined: 'does',
    expired: 'does',
    ended: 'does',
    unknown: 'request-not-found',
  },
  'request.mail': {
    sent: 'does',
    approved: 'stale',
    withdrawn: 'stale',
    active: 'stale',
    declined: 'stale',
    expired: 'stale',
    ended: 'stale',
    unknown: 'request-not-found',
  },
} as const satisfies Record<string, Record<StateName, Outcome>>;

/** Reps look after the profiles of customers with a relationship; only who may remove deletes one. */
function ofProfiles(actor: ActorName, verb: PressedVerb, state: StateName): Outcome {
  if (SIDE[actor] !== 'rep') return 'not-a-rep';
  if (verb === 'profile.delete' && actor !== 'another rep') return 'not-a-remover';
  if (verb.startsWith('batch.') && state === 'unknown') return 'batch-not-found';
  if (state !== 'active') return 'relationship-not-active';
  // the batch of the scene is still under way: the form says so, and nothing is applied yet
  return verb === 'profiles.list' || verb.startsWith('batch.') ? 'shows' : 'does';
}

/** A list that is being put together is its rep's own, also where colleagues look on. */
function ownDraft(actor: ActorName, verb: 'register.confirm' | 'register.page', state: StateName): Outcome {
  if (SIDE[actor] !== 'rep') return 'not-a-rep';
  if (actor !== 'the rep who asked' || state === 'unknown') return 'batch-not-found';
  if (verb === 'register.page') return 'shows';
  return state === 'active' ? 'does' : 'relationship-not-active';
}

/** Whatever was sent for any customer is for reps' eyes; looking changes nothing. */
function find(side: Side): Outcome {
  return side === 'rep' ? 'shows' : 'not-a-rep';
}

/** Whoever asked goes on with it; to other reps it does not exist. */
function ownRemoval(actor: ActorName, state: StateName): Outcome {
  if (SIDE[actor] !== 'rep') return 'not-a-rep';
  return actor === 'the rep who asked' && state !== 'unknown' ? 'does' : 'removal-not-found';
}

/** Somebody else than the one who asked, of those who may remove: of the twelve only one. */
function secondPerson(actor: ActorName, state: StateName): Outcome {
  if (state === 'unknown') return 'removal-not-found';
  return actor === 'another rep' ? 'does' : 'second-person-needed';
}

/** Whoever asked and whoever may confirm. */
function seeRemoval(actor: ActorName, state: StateName): Outcome {
  if (state === 'unknown') return 'removal-not-found';
  return actor === 'the rep who asked' || actor === 'another rep' ? 'shows' : 'second-person-needed';
}

function openBatch(side: Side, state: StateName): Outcome {
  if (side !== 'rep') return 'not-a-rep';
  return state === 'unknown' ? 'batch-not-found' : 'shows';
}
