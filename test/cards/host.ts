import { createRequire } from 'node:module';

/** The part of Microsoft's card library that tests use; its own entry point does not load as an ES module in Node. */
type CardLibrary = {
  AdaptiveCard: new () => {
    hostConfig: unknown;
    parse(json: unknown, context: ParseContext): void;
    validateProperties(): { validationEvents: readonly { message: string }[] };
    toJSON(): unknown;
  };
  HostConfig: new (json: unknown) => unknown;
  SerializationContext: new (version: unknown) => ParseContext;
  Versions: { v1_5: unknown };
};
type ParseContext = { eventCount: number; getEventAt(index: number): { message: string } };

const library: CardLibrary = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js');

/** What the card library at version 1.5 finds wrong with a card, as sentences. */
export function complaints(card: unknown): string[] {
  const context = new library.SerializationContext(library.Versions.v1_5);
  const parsed = new library.AdaptiveCard();
  parsed.hostConfig = new library.HostConfig({ actions: { maxActions: 6 } }); // as in Teams
  parsed.parse(withoutTeamsExtensions(card), context);
  const found = parsed.validateProperties().validationEvents.map(({ message }) => message);
  for (let index = 0; index < context.eventCount; index++) found.push(context.getEventAt(index).message);
  return found;
}

/** All objects inside a card, the card itself included. */
export function* parts(node: unknown): Generator<Record<string, unknown>> {
  if (Array.isArray(node)) for (const each of node) yield* parts(each);
  else if (typeof node === 'object' && node !== null) {
    yield node as Record<string, unknown>;
    for (const each of Object.values(node)) yield* parts(each);
  }
}

export function partsOfType(card: unknown, type: string): Record<string, unknown>[] {
  return [...parts(card)].filter((each) => each.type === type);
}

/** All words of a card that somebody can read, in order. */
export function textOf(card: unknown): string {
  const words: string[] = [];
  for (const part of parts(card)) {
    for (const name of ['text', 'title', 'label', 'value', 'placeholder']) {
      if (typeof part[name] === 'string') words.push(part[name]);
    }
  }
  return words.join('\n');
}

/**
 * Puts the fallback where Teams knows more than the library. `lang` goes too: the library checks it with a regular
 * expression that remembers where it stopped and so refuses every other good value.
 */
function withoutTeamsExtensions(card: unknown): unknown {
  return JSON.parse(JSON.stringify(card), (name, value) => {
    if (name === 'lang' || name === 'choices.data') return undefined;
    return value?.type === 'ProgressBar' ? value.fallback : value;
  });
}
