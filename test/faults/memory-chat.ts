import type { Message } from '../../services/messages/message.ts';
import type { Chat, ChatOutcome } from '../../services/messages/ports.ts';

/** What happens to one message on its way, besides arriving. */
export type ChatFault = 'later' | 'lost' | 'answer-lost';

export type Posted = Readonly<{ message: string; role: string; activityId: string; atMs: number }>;

/** Teams as far as messages see it, with a journal of what arrived and how often the bot could not know. */
export function createMemoryChat(clock: { ms: number }, faults: () => ChatFault | undefined = () => undefined) {
  const posted: Posted[] = [];
  const copies = new Map<string, number>();
  const drawn = new Map<string, number>();
  let ambiguous = 0;

  async function take(arrive: () => string): Promise<ChatOutcome> {
    const fault = faults();
    clock.ms += ANSWER_MS;
    if (fault === 'later') return { kind: 'later', retryAfterMs: 3_000 };
    if (fault === 'lost') {
      ambiguous += 1;
      return { kind: 'ambiguous', reason: 'timeout' };
    }
    const activityId = arrive();
    if (fault !== 'answer-lost') return { kind: 'done', activityId };
    ambiguous += 1;
    return { kind: 'ambiguous', reason: 'timeout' };
  }

  const port: Chat = {
    post: (message: Message) =>
      take(() => {
        const activityId = `a${posted.length + 1}`;
        posted.push({ message: message.id, role: message.role, activityId, atMs: clock.ms });
        copies.set(message.id, (copies.get(message.id) ?? 0) + 1);
        drawn.set(activityId, message.wanted);
        return activityId;
      }),
    update: (message, at) =>
      take(() => {
        drawn.set(at.activityId, message.wanted);
        return at.activityId;
      }),
  };

  return { port, posted, drawn, copiesOf: (message: string) => copies.get(message) ?? 0, ambiguous: () => ambiguous };
}

const ANSWER_MS = 80;
