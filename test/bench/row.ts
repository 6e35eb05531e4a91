/** One line of the bench's table: something measured beside something it is compared with, in the same run. */
export type BenchRow = Readonly<{
  group: string;
  what: string;
  value: number;
  unit: string;
  /** What it is compared with, and that thing's figure in the same unit. */
  peer?: string;
  peerValue?: number;
  /** `value / peerValue`, or the other way round where `better` says so. */
  ratio?: number;
  /** The goal in words. */
  goal?: string;
}>;
