import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Activity, parseActivity } from '../activity.ts';

type HeardActivity = Readonly<{ activity: Activity; authorization: string | undefined }>;

/** What the stub answers to one activity: an HTTP status and body. */
export type Reaction = (heard: HeardActivity) => Promise<{ status: number; body?: unknown } | undefined>;

/** The smallest bot: hears activities, answers 200, calls the connector with `token`. */
export async function startBotStub(token: () => Promise<string> = async () => 'bot-token') {
  const heard: HeardActivity[] = [];
  let react: Reaction = async () => undefined;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const activity = parseActivity(JSON.parse(Buffer.concat(chunks).toString('utf8')));
    if (!activity) {
      response.statusCode = 400;
      return void response.end();
    }
    const one = { activity, authorization: request.headers.authorization };
    heard.push(one);
    const answer = (await react(one)) ?? { status: 200 };
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  /** Calls the connector below a service URL. */
  async function call(serviceUrl: string, method: string, path: string, body?: unknown) {
    const answer = await fetch(`${serviceUrl}v3/conversations${path}`, {
      method,
      headers: { authorization: `Bearer ${await token()}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text === '' ? undefined : JSON.parse(text) };
  }

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`,
    heard,
    call,
    /** Posts into the conversation of an activity the bot heard. */
    reply: ({ serviceUrl = '', conversation }: Activity, message: Partial<Activity>) =>
      call(serviceUrl, 'POST', `/${encodeURIComponent(conversation?.id ?? '')}/activities`, {
        type: 'message',
        ...message,
      }),
    onActivity(reaction: Reaction): void {
      react = reaction;
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** An Adaptive Card attachment. */
export function cardAttachment(card: Record<string, unknown>) {
  const content = { type: 'AdaptiveCard', version: '1.5', ...card };
  return { contentType: 'application/vnd.microsoft.card.adaptive', content };
}
