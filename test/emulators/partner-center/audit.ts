import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Answer, Received } from '../http.ts';
import type { VerifiedToken } from '../login/tokens.ts';
import type { Route } from '../routes.ts';
import { guarded } from './access.ts';
import { answer, collection, notFound, pageLinks, pageOf, refuse } from './answers.ts';
import type { Context } from './context.ts';
import { type AuditRecord, tenantsOf } from './state.ts';

const DAY_MS = 86_400_000;

/** Only so much exists, and so much fits in one question. [P33][S3] */
const KEPT_DAYS = 90;
const WINDOW_DAYS = 30;

/** Default page. [P33] */
const PAGE_SIZE = 500;

/** Audit records by day, and one by id. [P33][P31] */
export function auditRoutes(context: Context): Route[] {
  return [
    guarded(context, 'either', 'GET', '/v1/auditrecords', (request) => list(context, request)),
    guarded(context, 'either', 'GET', '/auditactivity/v1/auditrecords/:id', (request) => one(context, request)),
  ];
}

/** Writes down what was done; `caller` is absent where a customer did it. Returns the record's id. */
export function recordAudit(
  { state, now }: Context,
  caller: VerifiedToken | undefined,
  what: Readonly<{ customerId: string; resourceType: string; operationType: string; newValue: object; id?: string }>,
): string {
  const { customerId, resourceType, operationType, newValue } = what;
  const customerName = tenantsOf(state.tenants, customerId)[0]?.name ?? '';
  const id = what.id ?? `${randomUUID()}_${operationType.replaceAll('_', '')}_${now()}`;
  state.audit.push({
    ...{ id, at: now(), customerId, customerName, resourceType, operationType, newValue: JSON.stringify(newValue) },
    ...(caller?.upn && { userPrincipalName: caller.upn }),
    ...(caller && { applicationId: caller.appid }),
  });
  return id;
}

const FilterSchema = z.object({ Field: z.string(), Value: z.string(), Operator: z.string() });
type Filter = z.output<typeof FilterSchema>;

function list(context: Context, request: Received): Answer {
  const { searchParams } = request.url;
  const window = windowOf(searchParams, context.now());
  if (!window) return refuse(request, 400, '3000', 'The dates are not valid.');
  const filter = filterIn(searchParams.get('filter'));
  if (filter === 'invalid') return refuse(request, 400, '3000', 'The filter is not valid.');
  const fitting = context.state.audit.filter(
    (record) => record.at >= window.from && record.at < window.to && passes(record, filter),
  );
  const page = pageOf(fitting, Number(searchParams.get('size')) || PAGE_SIZE, request.headers['ms-continuationtoken']);
  if (!page) return refuse(request, 400, '3000', 'The continuation token is not valid.');
  const uri = `/auditrecords${request.url.search}`;
  const items = page.items.map((record) => recordBody(context, record));
  return answer(context, request, 200, collection(items, fitting.length, pageLinks(uri, page.next), page.next));
}

function one(context: Context, request: Received): Answer {
  const record = context.state.audit.find(({ id }) => id === request.params.id);
  return record ? answer(context, request, 200, recordBody(context, record)) : notFound(request, 'The audit record');
}

/** Days in UTC, the end included. [P33]; older than 90 days or wider than 30 is refused. */
function windowOf(params: URLSearchParams, now: number): { from: number; to: number } | undefined {
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  const from = dayIn(params.get('startDate')) ?? today - (WINDOW_DAYS - 1) * DAY_MS;
  const to = (dayIn(params.get('endDate')) ?? today) + DAY_MS;
  if (Number.isNaN(from) || Number.isNaN(to)) return undefined;
  const isKept = from >= today - KEPT_DAYS * DAY_MS;
  return isKept && to > from && to - from <= (WINDOW_DAYS + 1) * DAY_MS ? { from, to } : undefined;
}

function dayIn(text: string | null): number | undefined {
  if (text === null) return undefined;
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
}

function filterIn(text: string | null): Filter | undefined | 'invalid' {
  if (text === null) return undefined;
  try {
    return FilterSchema.parse(JSON.parse(text));
  } catch {
    return 'invalid';
  }
}

function passes(record: AuditRecord, filter: Filter | undefined): boolean {
  if (!filter) return true;
  const value = filter.Value.toLowerCase();
  if (filter.Field === 'CompanyName') return record.customerName.toLowerCase().includes(value);
  if (filter.Field === 'CustomerId') return record.customerId === value;
  return filter.Field === 'ResourceType' && record.resourceType === value;
}

/** AuditRecord. [P32] */
function recordBody({ world }: Context, record: AuditRecord): object {
  return {
    id: record.id,
    partnerId: world.partner.tenantId,
    participants: [],
    customerId: record.customerId,
    customerName: record.customerName,
    userPrincipalName: record.userPrincipalName ?? null,
    applicationId: record.applicationId ?? null,
    resourceType: record.resourceType,
    resourceOldValue: null,
    resourceNewValue: record.newValue,
    operationType: record.operationType,
    originalCorrelationId: record.id.slice(0, 36),
    operationDate: new Date(record.at).toISOString(),
    operationStatus: 'succeeded',
    customizedData: [],
    attributes: { objectType: 'AuditRecord' },
  };
}
