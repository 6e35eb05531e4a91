import { z } from 'zod';
import type { Delivery } from './delivery.ts';
import type { Client, SeenMessage } from './person.ts';

const OAUTH_CARD = 'application/vnd.microsoft.card.oauth';

const oauthCard = z.object({
  text: z.string(),
  connectionName: z.string(),
  tokenExchangeResource: z.object({ id: z.string(), uri: z.string() }),
  buttons: z.array(z.object({ type: z.literal('signin'), title: z.string(), value: z.string() })).min(1),
});

type Invoker = Readonly<{ invoke(who: Client, name: string, value: unknown): Promise<Delivery> }>;

/** The sign-in card of a message, as Teams reads it. [Bot Framework: OAuth card] */
export function signInCardOf({ attachments }: SeenMessage): z.infer<typeof oauthCard> | undefined {
  const found = attachments.find(({ contentType }) => contentType === OAUTH_CARD);
  return found && oauthCard.parse(found.content);
}

/**
 * What every Teams client of a person does by itself when a sign-in card arrives: it sends a token of theirs. An answer
 * with 412 makes it show the card's button. [Teams: Enable SSO for your bot]
 */
export function sendClientToken(teams: Invoker, who: Client, message: SeenMessage, token: string): Promise<Delivery> {
  const card = signInCardOf(message);
  if (!card) throw new Error('this message is no sign-in card');
  const { connectionName, tokenExchangeResource } = card;
  return teams.invoke(who, 'signin/tokenExchange', { id: tokenExchangeResource.id, connectionName, token });
}
