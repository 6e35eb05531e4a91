import type { TenantId, UserId } from '../identity.ts';
import { releaseHeld } from '../messages/message-store.ts';
import type { Jobs } from '../queue/ports.ts';
import type { Database } from '../storage/ports.ts';
import { findPerson, type KnownPerson, saveSettings } from './people-store.ts';
import type { SettingsChange } from './settings.ts';

type Who = Readonly<{ tenantId: TenantId; userId: UserId }>;

/** What people choose for themselves: language, quiet hours, which notices. */
export function createPersonalSettings({ db, jobs }: Readonly<{ db: Database; jobs: Jobs }>) {
  return {
    of: ({ tenantId, userId }: Who): Promise<KnownPerson | undefined> => findPerson(db, { tenantId, userId }),

    /** Notices that wait for the end of quiet hours are looked at again: the hours may have changed. */
    async change(who: Who, change: SettingsChange): Promise<KnownPerson | undefined> {
      await db.transaction(async (tx) => {
        await saveSettings(tx, who, change);
        await releaseHeld(tx, jobs, who);
      });
      return this.of(who);
    },
  };
}

export type PersonalSettings = ReturnType<typeof createPersonalSettings>;
