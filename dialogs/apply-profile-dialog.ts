import { applyProfileCard } from '../cards/apply-profile/card.ts';
import type { Access } from '../services/access/access.ts';
import type { BatchService } from '../services/devices/batch-service.ts';
import { ServiceError } from '../services/errors.ts';
import type { BatchId } from '../services/identity.ts';
import type { ApplicationService } from '../services/profiles/application-service.ts';
import type { ProfileService } from '../services/profiles/profile-service.ts';
import type { PressReply, Turn } from './turn.ts';
import type { Views } from './views.ts';
import { bareSentenceOf } from './wording.ts';

export type ApplyProfileParts = Readonly<{
  batches: BatchService;
  profiles: ProfileService;
  applications: ApplicationService;
  access: Access;
  views: Views;
  newId: () => string;
}>;

type Wanted = Readonly<{ applicationId: string; batchId: BatchId; profile: string; devices: string }>;

/** Puts a profile on devices that are registered already. */
export function createApplyProfileDialog(parts: ApplyProfileParts) {
  const { batches, profiles, applications, access, views } = parts;

  async function form(turn: Turn, batchId: BatchId, typed?: Partial<Wanted>, problem?: string): Promise<PressReply> {
    const batch = await batches.findConfirmed(batchId);
    const found = await profiles.of(batch.customer.tenantId);
    const card = applyProfileCard(
      {
        applicationId: typed?.applicationId ?? parts.newId(),
        batchId,
        batchName: batch.name,
        customer: batch.customer,
        profiles: found.profiles,
        profileId: typed?.profile ?? batch.profile?.id ?? found.defaultId,
        devices: typed?.devices,
        problem,
      },
      turn.wording,
    );
    return { replace: card };
  }

  return {
    async ask(turn: Turn, batchId: BatchId): Promise<PressReply> {
      await access.requireRep(turn.speaker);
      return form(turn, batchId);
    },

    async apply(turn: Turn, wanted: Wanted): Promise<PressReply> {
      await access.requireRep(turn.speaker, true);
      const { applicationId, batchId } = wanted;
      const batch = await batches.findConfirmed(batchId);
      const { id, name } = await profiles.profile(batch.customer.tenantId, wanted.profile);
      try {
        const positions = await batches.chosenPositions(batchId, wanted.devices);
        const application = { applicationId, batchId, profile: { id, name }, ...(positions && { positions }) };
        await applications.apply(application, turn.speaker);
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error;
        return form(turn, batchId, wanted, bareSentenceOf(error, turn.wording));
      }
      return { replace: await views.batchCard(await batches.findConfirmed(batchId), 1, turn.wording) };
    },
  };
}

export type ApplyProfileDialog = ReturnType<typeof createApplyProfileDialog>;
