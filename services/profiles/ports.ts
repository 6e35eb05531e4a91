import type { UploadOutcome } from '../devices/ports.ts';
import type { TenantId } from '../identity.ts';

/** What a profile can switch on. @see Partner Center REST, configuration policies */
export const PROFILE_SETTINGS = [
  'remove_oem_preinstalls',
  'oobe_user_not_local_admin',
  'skip_express_settings',
  'skip_oem_registration',
  'skip_eula',
] as const;
export type ProfileSetting = (typeof PROFILE_SETTINGS)[number];

export type ProfileDraft = Readonly<{ name: string; description?: string; settings: readonly ProfileSetting[] }>;
/** An Autopilot profile of Partner Center. Intune's profiles are a separate world. Unknown settings are left out. */
export type Profile = ProfileDraft & Readonly<{ id: string; deviceCount?: number }>;

/** Ids of one write, stored before it is sent. */
export type WriteIds = Readonly<{ requestId: string; correlationId: string }>;

/**
 * Autopilot profiles of a customer at Partner Center, which calls them configuration policies. Errors as for reads of
 * `DeviceRegistry`; after `partner-center-unavailable` a write may have been done all the same.
 */
export interface ProfileRegistry {
  profiles(customerId: TenantId): Promise<readonly Profile[]>;
  createProfile(customerId: TenantId, profile: ProfileDraft, ids: WriteIds): Promise<Profile>;
  updateProfile(customerId: TenantId, profileId: string, profile: ProfileDraft, ids: WriteIds): Promise<Profile>;
  deleteProfile(customerId: TenantId, profileId: string, ids: WriteIds): Promise<'deleted' | 'not-found'>;
  /** Starts a job like an upload: follow it with `uploadStatus`. */
  applyProfile(
    customerId: TenantId,
    profileId: string,
    deviceIds: readonly string[],
    ids: WriteIds,
  ): Promise<UploadOutcome>;
}
