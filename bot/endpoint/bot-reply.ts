import type { ServerResponse } from 'node:http';
import type { Response } from 'botbuilder';
import { sendError, sendJson } from './replies.ts';

/**
 * The response as botbuilder's adapter writes to it.
 *
 * An invoke's answer passes through whole. Failures, for which the adapter would send the text of whatever was thrown,
 * leave with our fixed body instead.
 */
export function createBotReply(response: ServerResponse, reference: string): Response {
  let status = 200;
  let body: unknown;
  const reply: Response = {
    socket: response.socket,
    status(code) {
      status = code;
      return reply;
    },
    header(name, value) {
      response.setHeader(name, String(value));
      return reply;
    },
    send(content) {
      body = content;
      return reply;
    },
    end() {
      if (status >= 400 && (body === undefined || typeof body === 'string')) sendError(response, status, reference);
      else sendJson(response, status, body);
      return reply;
    },
  };
  return reply;
}
