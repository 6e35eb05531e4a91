import { button, offered } from '../buttons.ts';
import { type Fact, idFact, present } from '../facts.ts';
import { id, reader } from '../paging.ts';
import { type AdaptiveCard, prepare } from '../render.ts';
import { bare } from '../text.ts';
import type { Wording } from '../wording/wording.ts';
import template from './template.json' with { type: 'json' };

/** Most serial numbers on the card: keeps it below what Teams takes. */
export const MAX_SERIALS = 500;
const MAX_SERIAL_CHARS = 40;

export type SurfaceView = Readonly<{
  /** Absent where nobody said whose devices they are. */
  customer?: Readonly<{ tenantId: string; name: string; domain: string }>;
  /** Serial numbers of the devices, to be copied. */
  serials: readonly string[];
  /** The list they stand in, where a file of them can be sent: in the chat of whoever puts it together. */
  fileOf?: string;
  /** Microsoft's page in the reader's language. */
  url: string;
}>;

/** The way to Microsoft Support for Surface devices: what to choose, what to prepare, what to send. */
export function surfaceCard({ customer, serials, fileOf, url }: SurfaceView, wording: Wording): AdaptiveCard {
  const { say } = wording;
  const title = say('surface.title');
  const shown = serials.slice(0, MAX_SERIALS).map((serial) => bare(serial, MAX_SERIAL_CHARS));
  const list = shown.length > 0 ? 'surface.step.list' : 'surface.step.ownList';
  const steps = (['surface.step.kind', 'surface.step.proof', list, 'surface.step.send'] as const).map((key) =>
    say(key),
  );
  const file = shown.length > 0 && fileOf !== undefined;
  return draw(
    {
      title,
      lines: [say('surface.why'), ...steps, ...(customer ? [] : [say('surface.which')])],
      facts: customer ? factsOf(customer, wording) : [],
      serials:
        shown.length > 0 ? [{ label: say('surface.serials', { count: serials.length }), value: shown.join('\n') }] : [],
      cut: serials.length > shown.length ? [say('surface.cut', { max: MAX_SERIALS })] : [],
      buttons: offered(file && button(say('surface.file'), 'surface.file', { batchId: fileOf ?? '' })),
      link: say('surface.open'),
      url,
    },
    wording,
    `${title}. ${say('surface.why')}`,
  );
}

/** Reads of which list the serial numbers are wanted as a file. */
export const parseSurfaceFile = reader({ batchId: id });

/** Reads whose devices, or which list's, the card is to be about. */
export const parseSurface = reader({ customerId: id.optional(), batchId: id.optional() });

const draw = prepare(template);

function factsOf({ tenantId, name, domain }: NonNullable<SurfaceView['customer']>, wording: Wording): Fact[] {
  return present(
    idFact(wording.say('common.customer'), name, wording),
    idFact(wording.say('common.tenantId'), tenantId, wording),
    idFact(wording.say('common.domain'), domain, wording),
  );
}
