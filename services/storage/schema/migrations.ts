import type { Migration } from '../migrations.ts';
import { ADDITIONS } from './additions.ts';
import { ALARMS } from './alarms.ts';
import { API_CALLS } from './api-calls.ts';
import { APPROVER_ROLES } from './approver-roles.ts';
import { CHANNELS } from './channels.ts';
import { DEVICE_SEARCH } from './device-search.ts';
import { DIGESTS } from './digests.ts';
import { DOMAIN } from './domain.ts';
import { EXAMINATIONS } from './examinations.ts';
import { GIVEN_UP_EVENTS } from './given-up-events.ts';
import { keyValueMigration } from './key-value.ts';
import { NOTICES } from './notices.ts';
import { OUTGOING_EVENTS } from './outgoing-events.ts';
import { PROFILE_APPLICATIONS } from './profile-applications.ts';
import { PROFILES } from './profiles.ts';
import { REMINDERS } from './reminders.ts';
import { REMOVALS } from './removals.ts';
import { RESENT_BATCHES } from './resent-batches.ts';
import { SECRETS } from './secrets.ts';
import { SIGN_IN_TROUBLES } from './sign-in.ts';
import { SIGN_IN_AGE } from './sign-in-age.ts';
import { UPLOAD_RETRIES } from './upload-retries.ts';

/** Every step of the schema, oldest first. */
export const MIGRATIONS: readonly Migration[] = [
  keyValueMigration,
  DOMAIN,
  SECRETS,
  UPLOAD_RETRIES,
  DEVICE_SEARCH,
  SIGN_IN_TROUBLES,
  PROFILES,
  APPROVER_ROLES,
  API_CALLS,
  REMINDERS,
  PROFILE_APPLICATIONS,
  NOTICES,
  OUTGOING_EVENTS,
  RESENT_BATCHES,
  REMOVALS,
  CHANNELS,
  GIVEN_UP_EVENTS,
  SIGN_IN_AGE,
  EXAMINATIONS,
  ALARMS,
  DIGESTS,
  ADDITIONS,
];
