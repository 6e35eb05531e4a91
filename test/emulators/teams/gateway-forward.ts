import { z } from 'zod';
import type { Answer } from '../http.ts';
import { type Intent, isSplit, refuse } from './connector.ts';
import { REFUSALS } from './refusal.ts';

const created = z.looseObject({ id: z.string() });

/** Carries checked connector calls to a Playground and evens out where it differs from Teams. */
export function createPlaygroundForwarder(playgroundUrl: () => string) {
  const deleted = new Set<string>();

  async function call(method: string, path: string, body?: unknown): Promise<Answer> {
    const answer = await fetch(`${playgroundUrl()}/_connector/v3/conversations${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json; charset=utf-8' } }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      headers: { 'content-type': answer.headers.get('content-type') ?? 'application/json' },
      ...(text === '' ? {} : { body: text }),
    };
  }

  /** The Playground answers deletions with 501, so the message stays and says that it is gone. */
  async function remove(conversation: string, id: string): Promise<Answer> {
    const gone = { type: 'message', text: '_This message was deleted._', textFormat: 'markdown', attachments: [] };
    const answer = await call('PUT', `${conversation}/activities/${encodeURIComponent(id)}`, gone);
    if (answer.status !== 200) return answer;
    deleted.add(id);
    return { status: 200 };
  }

  /** A first activity is sent separately: creating and sending are two things in Teams too. */
  async function create({ activity, ...body }: Extract<Intent, { kind: 'create' }>['body']): Promise<Answer> {
    if (body.channelData?.channel) return call('POST', '', { ...body, activity });
    const answer = await call('POST', '', body);
    const chat = created.safeParse(parsed(answer.body)).data;
    if (chat && activity !== undefined) await call('POST', `/${encodeURIComponent(chat.id)}/activities`, activity);
    return answer;
  }

  return {
    async run(intent: Intent): Promise<Answer> {
      if (intent.kind === 'create') return create(intent.body);
      const conversation = `/${encodeURIComponent(intent.conversationId)}`;
      switch (intent.kind) {
        case 'send': {
          const reply = intent.replyTo === undefined ? '' : `/${encodeURIComponent(intent.replyTo)}`;
          const answer = await call('POST', `${conversation}/activities${reply}`, intent.activity);
          return answer.status < 300 && isSplit(intent.activity) ? { status: 201, body: {} } : answer;
        }
        case 'update':
          if (deleted.has(intent.activityId)) return refuse(REFUSALS.noActivity);
          return call('PUT', `${conversation}/activities/${encodeURIComponent(intent.activityId)}`, intent.activity);
        case 'delete':
          if (deleted.has(intent.activityId)) return refuse(REFUSALS.noActivity);
          return remove(conversation, intent.activityId);
        case 'members':
          return call('GET', `${conversation}/members`);
        case 'paged-members':
          return call('GET', `${conversation}/pagedmembers`);
        case 'member':
          return call('GET', `${conversation}/members/${encodeURIComponent(intent.memberId)}`);
      }
    },
  };
}

function parsed(body: unknown): unknown {
  try {
    return typeof body === 'string' ? JSON.parse(body) : undefined;
  } catch {
    return undefined;
  }
}
