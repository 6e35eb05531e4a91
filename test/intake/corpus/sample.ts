import type { Device, ProblemKind } from '../../../services/devices/device.ts';
import type { ListInput } from '../../../services/devices/ports.ts';

export type Expected = Device & Readonly<{ row?: number; confirm?: ProblemKind }>;
/** One input as a rep may get it, and what must come of it. */
export type Sample = Readonly<{
  name: string;
  input: ListInput;
  devices: readonly Expected[];
  /** Row and kind of every problem, those of doubtful devices included. */
  problems: readonly (readonly [row: number, kind: ProblemKind])[];
}>;

type Outcome = Readonly<{ devices?: readonly Expected[]; problems?: Sample['problems'] }>;

export function pasted(name: string, text: string, { devices = [], problems = [] }: Outcome): Sample {
  return { name: `paste: ${name}`, input: { kind: 'text', source: 'pasted text', text }, devices, problems };
}

export function pastedHtml(name: string, html: string, { devices = [], problems = [] }: Outcome): Sample {
  return {
    name: `html paste: ${name}`,
    input: { kind: 'text', source: 'pasted text', text: '', html },
    devices,
    problems,
  };
}

export function attached(name: string, bytes: Uint8Array | string, { devices = [], problems = [] }: Outcome): Sample {
  return {
    name: `file: ${name}`,
    input: { kind: 'file', source: name, bytes: typeof bytes === 'string' ? Buffer.from(bytes) : bytes },
    devices,
    problems,
  };
}

/** Doubtful devices, each with the problem that says why. */
export function doubtful(devices: readonly (Expected & { row: number; confirm: ProblemKind })[]): Required<Outcome> {
  return { devices, problems: devices.map(({ row, confirm }) => [row, confirm] as const) };
}
