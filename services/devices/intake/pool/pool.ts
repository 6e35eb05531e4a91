import type { DeviceList } from '../../device.ts';
import type { ListInput } from '../../ports.ts';
import type { IntakeLimits } from '../limits.ts';
import type { Answer, Ending, Runner, StartRunner } from './job.ts';
import { unpackList } from './wire.ts';

/** How a reading ended without a list. `time`: over its limit. `memory`, `crash`: the worker ended; the next one is fresh. */
export type Failure = 'time' | 'stopped' | Ending;
export type Outcome = Readonly<{ kind: 'read'; list: DeviceList } | { kind: 'failed'; why: Failure }>;

export interface Pool {
  /** Reads in the next free worker. A worker that runs too long or dies is replaced; that costs this list only. */
  run(input: ListInput, timeoutMs: number): Promise<Outcome>;
  close(): Promise<void>;
}

type Task = { id: number; input: ListInput; timeoutMs: number; done: (outcome: Outcome) => void };
type Slot = { runner?: Runner; ready: boolean; task?: Task; timer?: NodeJS.Timeout };

/** Starts a pool whose workers stay warm from one list to the next. Workers start with the first list, or at once if `warm`. */
export function createPool(start: StartRunner, size: number, limits: IntakeLimits, warm: boolean): Pool {
  const slots: Slot[] = Array.from({ length: size }, () => ({ ready: false }));
  const waiting: Task[] = [];
  let closed = false;
  let lastId = 0;
  if (warm && slots[0]) wake(slots[0]);

  return {
    run: (input, timeoutMs) =>
      new Promise((done) => {
        if (closed) return done({ kind: 'failed', why: 'stopped' });
        waiting.push({ id: ++lastId, input, timeoutMs, done });
        assign();
      }),
    close: async () => {
      closed = true;
      for (const task of waiting.splice(0)) task.done({ kind: 'failed', why: 'stopped' });
      await Promise.all(slots.map((slot) => drop(slot, 'stopped')));
    },
  };

  function assign(): void {
    for (const slot of slots) {
      if (waiting.length === 0) return;
      if (slot.task) continue;
      slot.task = waiting.shift();
      if (!slot.runner) wake(slot);
      slot.runner?.busy(true);
      if (slot.ready) begin(slot);
    }
  }

  function wake(slot: Slot): void {
    slot.ready = false;
    const runner: Runner = start({
      answer: (answer) => {
        if (slot.runner === runner) heard(slot, answer);
      },
      ended: (why) => {
        if (slot.runner === runner) void drop(slot, why);
      },
    });
    slot.runner = runner;
  }

  function begin(slot: Slot): void {
    const { task, runner } = slot;
    if (!task || !runner) return;
    slot.timer = setTimeout(() => void drop(slot, 'time'), task.timeoutMs);
    runner.send({ id: task.id, input: task.input, limits });
  }

  function heard(slot: Slot, answer: Answer) {
    if (answer.kind === 'ready') {
      slot.ready = true;
      return begin(slot);
    }
    const task = slot.task;
    if (!task || task.id !== answer.id) return;
    clearTimeout(slot.timer);
    slot.runner?.busy(false);
    slot.task = undefined;
    if (answer.kind === 'failed') task.done({ kind: 'failed', why: 'crash' });
    else void unpackList(answer.packets).then((list) => task.done({ kind: 'read', list }));
    assign();
  }

  /** Gives up a worker and what it was reading. */
  async function drop(slot: Slot, why: Failure): Promise<void> {
    const { task, runner } = slot;
    clearTimeout(slot.timer);
    slot.task = undefined;
    slot.runner = undefined;
    slot.ready = false;
    task?.done({ kind: 'failed', why });
    await runner?.stop();
    if (!closed) assign();
  }
}
