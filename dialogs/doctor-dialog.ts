import { doctorCard } from '../cards/doctor/card.ts';
import type { AdaptiveCard } from '../cards/render.ts';
import type { Wording } from '../cards/wording/wording.ts';
import type { Access } from '../services/access/access.ts';
import type { Examination, Examinations } from '../services/operation/examinations.ts';
import { requirePersonal, type Turn } from './turn.ts';

export type DoctorDialogParts = Readonly<{ examinations: Pick<Examinations, 'begin'>; access: Access }>;

/** Examining the installation from the chat, for administrators: the card comes as a message of its own. */
export function createDoctorDialog({ examinations, access }: DoctorDialogParts) {
  return {
    /** @throws ServiceError `personal-chat-only`, `not-an-admin`. */
    async start(turn: Turn): Promise<void> {
      requirePersonal(turn);
      await access.requireAdmin(turn.speaker);
      await examinations.begin(turn.speaker);
    },
  };
}

export type DoctorDialog = ReturnType<typeof createDoctorDialog>;

/** Draws an examination as it is now: under way, or with what was found. */
export function examinationCard({ endedAt, findings }: Examination, wording: Wording): AdaptiveCard {
  return doctorCard({ findings, endedAt }, wording);
}
