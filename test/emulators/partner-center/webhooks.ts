import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Answer, Received } from '../http.ts';
import type { Route } from '../routes.ts';
import { guarded } from './access.ts';
import { answer, camelJson, notFound, refuse, throttle } from './answers.ts';
import type { Context } from './context.ts';
import { CERTIFICATE_NAMES, type CertificateName, type EventSender, type PartnerCenterEvent } from './events.ts';
import { eventOf, type RelationshipRoute } from './relationships.ts';

/** Event names that can be subscribed to. [P30][P31] */
const EVENT_NAMES = [
  'reseller-relationship-accepted-by-customer',
  'indirect-reseller-relationship-accepted-by-customer',
  'dap-admin-relationship-approved',
  'dap-admin-relationship-terminated',
  'dap-admin-relationship-terminated-by-microsoft',
  'granular-admin-relationship-activated',
  'granular-admin-relationship-approved',
  'granular-admin-relationship-expired',
  'granular-admin-relationship-terminated',
  'granular-admin-access-assignment-created',
  'granular-admin-access-assignment-activated',
  'granular-admin-access-assignment-updated',
  'granular-admin-access-assignment-deleted',
  'subscription-updated',
  'usagerecords-thresholdExceeded',
  'invoice-ready',
  'azure-fraud-event-detected',
  'test-created',
];

/** Test events per minute. [P30] */
const TESTS_PER_MINUTE = 2;

const RegistrationSchema = z.object({
  webhookUrl: z.url(),
  webhookEvents: z.array(z.string()).min(1),
  signatureTokenToMsSignatureHeader: z.boolean().default(false),
});

/** Registration of the one webhook a partner tenant may have, and its test event. [P30][S2] */
export function webhookRoutes(context: Context, sender: EventSender): Route[] {
  const base = '/webhooks/v1/registration';
  const tests = `${base}/validationEvents`;
  return [
    guarded(context, 'either', 'GET', `${base}/events`, (request) => answer(context, request, 200, EVENT_NAMES)),
    guarded(context, 'either', 'GET', base, (request) => view(context, request)),
    guarded(context, 'either', 'POST', base, (request) => register(context, request, 'create')),
    guarded(context, 'either', 'PUT', base, (request) => register(context, request, 'update')),
    guarded(context, 'either', 'POST', tests, (request) => test(context, request, sender)),
    guarded(context, 'either', 'GET', `${tests}/:id`, (request) => testResult(context, request)),
    certificateRoute(sender),
  ];
}

/** Tells the registered webhook, if it wants to know, that a customer accepted. [P31] */
export function announceAcceptance(
  context: Context,
  sender: EventSender,
  accepted: Readonly<{ customerId: string; route: RelationshipRoute; auditId: string }>,
): void {
  const { registration } = context.state;
  const event = eventOf(accepted.route);
  if (!registration?.events.includes(event)) return;
  const { customerId } = accepted;
  const target = { url: registration.url, inOwnHeader: registration.signatureInOwnHeader };
  const uri = `${context.origin()}/v1/customers/${customerId}`;
  const auditUri = `${context.origin()}/auditactivity/v1/auditrecords/${accepted.auditId}`;
  sender.send(target, eventBody(context, event, uri, auditUri), (deliveries) => {
    if (!deliveries.some(wasTaken)) context.state.offlineQueue.push({ event, customerId });
  });
}

function eventBody(context: Context, name: string, uri: string, auditUri: string | null): PartnerCenterEvent {
  const changed = new Date(context.now()).toISOString().replace('Z', '0000+00:00');
  const resource = name === 'test-created' ? 'test' : 'Customer';
  return {
    EventName: name,
    ResourceUri: uri,
    ResourceName: resource,
    AuditUri: auditUri,
    ResourceChangeUtcDate: changed,
  };
}

function view(context: Context, request: Received): Answer {
  const { registration } = context.state;
  return registration
    ? answer(context, request, 200, registrationBody(registration))
    : notFound(request, 'The registration');
}

/** 409 when one exists already [S2]; that an update needs one is inferred. */
function register(context: Context, request: Received, mode: 'create' | 'update'): Answer {
  const wanted = RegistrationSchema.safeParse(camelJson(request));
  if (!wanted.success) return refuse(request, 400, '3000', 'The registration is not valid.');
  const { registration: old } = context.state;
  if (mode === 'create' && old) return refuse(request, 409, '409', 'A registration exists already.');
  if (mode === 'update' && !old) return notFound(request, 'The registration');
  const {
    webhookUrl: url,
    webhookEvents: events,
    signatureTokenToMsSignatureHeader: signatureInOwnHeader,
  } = wanted.data;
  const subscriberId = old?.subscriberId ?? randomUUID();
  context.state.registration = { url, events, signatureInOwnHeader, subscriberId, changedAt: context.now() };
  return answer(context, request, 200, registrationBody(context.state.registration), 'webhook registered');
}

type Registration = NonNullable<Context['state']['registration']>;

function registrationBody({ url, events, signatureInOwnHeader, subscriberId, changedAt }: Registration): object {
  return {
    SubscriberId: subscriberId,
    WebhookUrl: url,
    WebhookEvents: events,
    signatureTokenToMsSignatureHeader: signatureInOwnHeader,
    lastModifiedTimestamp: new Date(changedAt).toISOString(),
  };
}

function test(context: Context, request: Received, sender: EventSender): Answer {
  const { registration, validations } = context.state;
  if (!registration) return notFound(request, 'The registration');
  const recent = validations.filter((one) => one.requestedAt > context.now() - 60_000);
  if (recent.length >= TESTS_PER_MINUTE) return throttle(60);
  const correlationId = randomUUID();
  const { url } = registration;
  const validation: (typeof validations)[number] = {
    ...{ correlationId, url, requestedAt: context.now() },
    ...{ status: 'pending', results: [] },
  };
  validations.push(validation);
  const uri = `${context.origin()}/webhooks/v1/registration/validationEvents/${correlationId}`;
  const event = eventBody(context, 'test-created', uri, null);
  sender.send({ url, inOwnHeader: registration.signatureInOwnHeader }, event, (deliveries) => {
    validation.results = deliveries;
    validation.status = deliveries.some(wasTaken) ? 'completed' : 'failed';
  });
  return answer(context, request, 200, { correlationId }, 'test event fired');
}

/** Sample status `completed` [P30]; the others are inferred. */
function testResult(context: Context, request: Received): Answer {
  const id = request.params.id?.toLowerCase();
  const found = context.state.validations.find(({ correlationId }) => correlationId === id);
  if (!found) return notFound(request, 'The test event');
  const results = found.results.map(({ at, responseCode, problem }) => ({
    responseCode: responseCode === 0 ? null : String(responseCode),
    responseMessage: '',
    systemError: problem !== undefined,
    dateTimeUtc: new Date(at).toISOString(),
  }));
  const { correlationId, status, url } = found;
  const partnerId = context.world.partner.tenantId;
  return answer(context, request, 200, { correlationId, partnerId, status, callbackUrl: url, results });
}

/** Leaf first, then the root, in one PEM file: what the real file contains is not documented. (inferred) */
function certificateRoute(sender: EventSender): Route {
  return {
    method: 'GET',
    path: '/certificates/:name.cer',
    async handle({ params }) {
      const name = CERTIFICATE_NAMES.find((one): one is CertificateName => one === params.name);
      if (!name) return { status: 404 };
      const { leafPem, rootPem } = await sender.material(name);
      return { status: 200, headers: { 'content-type': 'application/x-pem-file' }, body: leafPem + rootPem };
    },
  };
}

function wasTaken({ responseCode }: { responseCode: number }): boolean {
  return responseCode >= 200 && responseCode < 300;
}
