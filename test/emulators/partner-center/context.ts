import type { Verification } from '../login/tokens.ts';
import type { World } from '../world.ts';
import type { Behaviour } from './behaviour.ts';
import type { State } from './state.ts';

/** What every resource of the emulator shares. `state` is replaced when a snapshot is restored. */
export type Context = {
  readonly world: World;
  readonly behaviour: Behaviour;
  state: State;
  /** Milliseconds; `advance` moves it ahead of the clock that was handed in. */
  now(): number;
  origin(): string;
  verify(authorization: string | undefined): Promise<Verification>;
};
