import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultEffect } from './faults.ts';
import type { Answer } from './http.ts';
import type { Journal, JournalEntry } from './journal.ts';
import { cut, send, sendPart } from './wire.ts';

type Turn = Readonly<{
  entry: JournalEntry;
  journal: Journal;
  response: ServerResponse;
  act: () => Promise<Answer>;
}>;

/** Plays one fault in place of a plain answer, and notes it. */
export async function suffer(fault: FaultEffect, { entry, journal, response, act }: Turn): Promise<void> {
  const note = `fault: ${fault.kind}`;
  switch (fault.kind) {
    case 'status':
      journal.end(entry, fault.status, note);
      return send(response, fault);
    case 'garbage':
      journal.end(entry, 200, note);
      return send(response, { status: 200, headers: { 'content-type': 'text/html' }, body: fault.text });
    case 'reset':
      journal.end(entry, 0, note);
      return cut(response);
    case 'resetAfterEffect': {
      const answer = await act();
      journal.end(entry, 0, joined(note, answer));
      return cut(response);
    }
    case 'truncate': {
      const answer = await act();
      journal.end(entry, 0, joined(note, answer));
      return sendPart(response, answer, fault.bytes);
    }
    case 'stall': {
      const answer = fault.acts ? await act() : undefined;
      return journal.end(entry, 0, joined(note, answer));
    }
    case 'delay': {
      if (fault.when === 'before-acting') await sleep(fault.delayMs, undefined, { ref: false });
      const answer = await act();
      journal.end(entry, answer.status, joined(note, answer));
      if (fault.when === 'after-acting') await sleep(fault.delayMs, undefined, { ref: false });
      return send(response, answer);
    }
  }
}

function joined(note: string, answer: Answer | undefined): string {
  return answer ? `${note}; acted: ${answer.status}${answer.effect ? ` ${answer.effect}` : ''}` : note;
}
