import { setTimeout as sleep } from 'node:timers/promises';
import type { SeenMessage } from '../../emulators/teams/person.ts';
import { FARAH } from '../../emulators/world.ts';
import type { KillWorld } from './world.ts';

/** Somebody who does one thing again and again; what the kills leave undone they begin anew. */
export type Busy = Readonly<{
  /** Names of what the bot has said is done. */
  done: readonly string[];
  stop(): Promise<void>;
}>;

/** How long a person waits for an answer of a bot that may be dead. */
const PATIENCE_MS = 4_000;

function keepBusy(once: (number: number, done: (name: string) => void) => Promise<void>): Busy {
  const done: string[] = [];
  let isStopped = false;
  const work = (async () => {
    for (let number = 1; !isStopped; number++) {
      await once(number, (name) => done.push(name)).catch(() => sleep(200));
    }
  })();
  return {
    done,
    async stop() {
      isStopped = true;
      await work;
    },
  };
}

/** Robin registers two devices, from the first word to the confirmation. */
export function registering({ robin }: KillWorld): Busy {
  return keepBusy(async (number, done) => {
    const name = `Order ${1_000 + number}`;
    const pkids = [`44${String(number).padStart(10, '0')}0`, `45${String(number).padStart(10, '0')}0`];
    await robin.say('register contoso');
    await robin.nextMessage({ matching: /Paste a list here/, timeoutMs: PATIENCE_MS });
    await robin.say(pkids.join('\n'));
    const preview = await robin.nextMessage({ matching: 'register.confirm', timeoutMs: PATIENCE_MS });
    const pressed = await robin.press(preview, 'register.confirm', { batchName: name });
    if (pressed.kind === 'card' || pressed.kind === 'message') done(name);
  });
}

/** Sam asks Fabrikam for a relationship; there is room for one request at a time. */
export function requesting({ sam }: KillWorld): Busy {
  return keepBusy(async (_number, done) => {
    await sam.say(`request fabrikam.example ${FARAH.upn}`);
    const preview = await sam.nextMessage({ matching: 'request.send', timeoutMs: PATIENCE_MS });
    const pressed = await sam.press(preview, 'request.send');
    if (pressed.kind === 'card') done(preview.id);
    await sleep(300);
  });
}

/** Farah declines whatever asks her, each time for a reason of its own, and presses until her card says so. */
export function declining({ farah }: KillWorld): Busy {
  let reason = 0;
  return keepBusy(async (_number, done) => {
    const asked = farah.messages.findLast(isOpenQuestion);
    if (!asked) return void (await sleep(200));
    reason += 1;
    const words = `Reason ${1_000 + reason} it is`;
    for (let tries = 0; tries < 60; tries++) {
      const pressed = await farah.press(asked, 'relationship.decline', { reason: words }).catch(() => undefined);
      const shown = pressed?.kind === 'card' ? JSON.stringify(pressed.card) : '';
      // Another reason on the card: this press met a request that an earlier one, unanswered, had declined.
      if (shown.includes(words)) return done(words);
      if (shown.includes('Declined')) return;
      await sleep(250);
    }
  });
}

function isOpenQuestion({ from, cards }: SeenMessage): boolean {
  return from === 'bot' && JSON.stringify(cards).includes('"relationship.decline"');
}
