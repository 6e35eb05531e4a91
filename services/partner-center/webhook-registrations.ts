import { z } from 'zod';
import type { CallIds, Calls } from './calls.ts';

export type WebhookRegistration = Readonly<{ url: string; events: readonly string[] }>;

/** Where Partner Center posts its events: one address for the whole partner tenant. Errors as for reads. */
export interface WebhookRegistrations {
  /** Names of all events one can ask for. */
  webhookEvents(): Promise<readonly string[]>;
  /** `undefined` when none is registered. */
  webhook(): Promise<WebhookRegistration | undefined>;
  /** @throws ServiceError `partner-center-refused` with status 409 when there is one already: update that. */
  createWebhook(registration: WebhookRegistration, ids: CallIds): Promise<WebhookRegistration>;
  updateWebhook(registration: WebhookRegistration, ids: CallIds): Promise<WebhookRegistration>;
}

const REGISTRATION = '/webhooks/v1/registration';

export function createWebhookRegistrations(calls: Calls): WebhookRegistrations {
  return {
    webhookEvents: () => calls.read({ method: 'GET', path: `${REGISTRATION}/events`, as: 'app' }, z.array(z.string())),
    webhook: () => calls.find({ method: 'GET', path: REGISTRATION, as: 'app' }, registrationAnswer),
    createWebhook: (registration, ids) => write('POST', registration, ids),
    updateWebhook: (registration, ids) => write('PUT', registration, ids),
  };

  function write(method: 'POST' | 'PUT', { url, events }: WebhookRegistration, ids: CallIds) {
    const body = { WebhookUrl: url, WebhookEvents: events };
    return calls.read({ method, path: REGISTRATION, as: 'app', body, ids }, registrationAnswer);
  }
}

const pascal = z.object({ WebhookUrl: z.string(), WebhookEvents: z.array(z.string()) });
const camel = z.object({ webhookUrl: z.string(), webhookEvents: z.array(z.string()) });

/** Samples write the members in PascalCase, the contract in camelCase. */
const registrationAnswer = z.union([
  pascal.transform(({ WebhookUrl: url, WebhookEvents: events }): WebhookRegistration => ({ url, events })),
  camel.transform(({ webhookUrl: url, webhookEvents: events }): WebhookRegistration => ({ url, events })),
]);
