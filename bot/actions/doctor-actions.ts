import type { DoctorDialog } from '../../dialogs/doctor-dialog.ts';
import type { ActionsFor } from './action.ts';

/** What the button on an examination's card does: looks again; the result is a card of its own. */
export function doctorActions(doctor: DoctorDialog) {
  return {
    'doctor.run': async (turn) => {
      await doctor.start(turn);
      return { replies: [] };
    },
  } satisfies ActionsFor;
}
