import { ServiceError } from '../errors.ts';
import type { Person, TenantId } from '../identity.ts';
import type { Profile, ProfileDraft, WriteIds } from './ports.ts';

/** Longest name of a profile, in UTF-16 units. Our own rule: Partner Center documents none. */
export const MAX_PROFILE_NAME_CHARS = 64;
/** Longest description, in UTF-16 units. Our own rule, too. */
export const MAX_PROFILE_DESCRIPTION_CHARS = 256;

export const CHANGE_STATES = ['begun', 'done', 'refused', 'unclear'] as const;
/** `begun`: not answered yet, or its answer was lost. `unclear`: Partner Center did not show it when it was looked for. */
export type ChangeState = (typeof CHANGE_STATES)[number];

export type ChangeKind = 'create' | 'update' | 'delete';

/** One change of a profile at Partner Center. Its ids are fixed before it is sent, and it is sent once. */
export type ProfileChange = WriteIds &
  Readonly<{
    id: string;
    customerId: TenantId;
    kind: ChangeKind;
    /** Absent while a profile is being created. */
    profileId?: string;
    /** What the profile is to be; for a deletion, what it was. */
    draft: ProfileDraft;
    requestedBy: Person;
    state: ChangeState;
    problem?: string;
  }>;

/**
 * Reads what was typed into the form.
 *
 * @throws ServiceError `profile-name-invalid`.
 */
export function parseProfileDraft({ name, description, settings }: ProfileDraft): ProfileDraft {
  const trimmed = name.trim().replace(/\s+/g, ' ');
  if (trimmed === '' || trimmed.length > MAX_PROFILE_NAME_CHARS || CONTROL.test(trimmed)) {
    throw new ServiceError('profile-name-invalid', 'profile name', { max: MAX_PROFILE_NAME_CHARS });
  }
  const told = description?.trim().slice(0, MAX_PROFILE_DESCRIPTION_CHARS);
  return { name: trimmed, ...(told && { description: told }), settings: [...new Set(settings)] };
}

const CONTROL = /[\p{Cc}\p{Cf}]/u;

/** The profile that has this name, whatever the letter case: two of one name cannot be told apart on a card. */
export function findByName(profiles: readonly Profile[], name: string): Profile | undefined {
  const wanted = name.toLowerCase();
  return profiles.find((profile) => profile.name.toLowerCase() === wanted);
}

/**
 * The profile as a change left it, where the customer's profiles show that it was made; `undefined` where they do not.
 * A name is taken at most once, so that a created profile is known by it.
 */
export function isDone(change: Pick<ProfileChange, 'kind' | 'profileId' | 'draft'>, now: readonly Profile[]): boolean {
  const { kind, profileId, draft } = change;
  if (kind === 'delete') return now.every(({ id }) => id !== profileId);
  const found = kind === 'create' ? findByName(now, draft.name) : now.find(({ id }) => id === profileId);
  return found !== undefined && isSame(found, draft);
}

function isSame(one: ProfileDraft, other: ProfileDraft): boolean {
  const settings = ({ settings }: ProfileDraft) => settings.toSorted().join();
  return (
    one.name === other.name &&
    (one.description ?? '') === (other.description ?? '') &&
    settings(one) === settings(other)
  );
}
