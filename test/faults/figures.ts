import type { Outcome } from './scenarios.ts';

/** What a run of many trials comes to. */
export type Figures = Readonly<{
  trials: number;
  /** Distinct points: the same call at another place of the story counts as another. */
  points: number;
  harms: Readonly<Record<string, number>>;
  deaths: number;
  accepted: number;
  lost: number;
  doubled: number;
  untold: number;
  otherwiseBroken: number;
  /** The first few, with what it takes to see them again. */
  examples: readonly string[];
  toldAfterMs: readonly number[];
  wallMs: number;
  /** What one long run was made of, one sentence for each. */
  stories?: readonly string[];
}>;

/** Adds trials up. */
export function createTally() {
  const startedAt = performance.now();
  const harms: Record<string, number> = {};
  const points = new Set<string>();
  const examples: string[] = [];
  const toldAfterMs: number[] = [];
  const sums = { trials: 0, deaths: 0, accepted: 0, lost: 0, doubled: 0, untold: 0, otherwiseBroken: 0 };

  return {
    add({ world, broken, toldAfterMs: told }: Outcome, label: string): void {
      sums.trials += 1;
      sums.deaths += world.deaths();
      sums.accepted += Object.keys(world.partnerCenter.state().counters.uploads).length;
      for (const { name, harm } of world.watch.done) count(`${harm} ${name.split(/[ .:]/)[0]}`);
      for (const fault of world.faultsTaken) count(fault);
      if (told !== undefined) toldAfterMs.push(told);
      for (const kind of ['lost', 'doubled', 'untold'] as const) {
        if (broken.some((sentence) => sentence.startsWith(kind))) sums[kind] += 1;
      }
      if (broken.some((sentence) => !/^(lost|doubled|untold)/.test(sentence))) sums.otherwiseBroken += 1;
      if (broken.length > 0 && examples.length < 10) examples.push(`${label}: ${broken.join('; ')}`);
    },
    /** Names a point that trials go through. */
    pass(point: string): void {
      points.add(point);
    },
    figures: (): Figures => ({
      ...sums,
      points: points.size,
      harms,
      examples,
      toldAfterMs,
      wallMs: performance.now() - startedAt,
    }),
  };

  function count(kind: string): void {
    harms[kind] = (harms[kind] ?? 0) + 1;
  }
}
