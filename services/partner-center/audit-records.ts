import { z } from 'zod';
import { parseTenantId, type TenantId } from '../identity.ts';
import type { Calls } from './calls.ts';
import { allItems } from './pages.ts';
import { optionalMoment, optionalText } from './wire.ts';

export type AuditQuery = Readonly<{
  /** First day, UTC. Only the last 90 days exist. */
  from: Date;
  /** Last day, UTC, at most 30 days after the first. */
  to: Date;
  customerId?: TenantId;
}>;

export type PartnerAuditRecord = Readonly<{
  id: string;
  customerId?: TenantId;
  resourceType?: string;
  operationType?: string;
  operationStatus?: string;
  at?: Date;
}>;

/** What happened in the partner's account: the way to catch up after missed events. Errors as for reads. */
export interface PartnerAudit {
  auditRecords(query: AuditQuery): AsyncIterable<PartnerAuditRecord>;
}

const AUDIT = '/v1/auditrecords';

export function createPartnerAudit(calls: Calls): PartnerAudit {
  return {
    auditRecords({ from, to, customerId }) {
      const query = new URLSearchParams({ startDate: dayOf(from), endDate: dayOf(to) });
      if (customerId) query.set('filter', customerFilter(customerId));
      const path = `${AUDIT}?${query}`;
      return allItems(calls, { method: 'GET', path, as: 'app' }, auditRecord, `${path}&seekOperation=Next`);
    },
  };
}

const dayOf = (date: Date) => date.toISOString().slice(0, 10);

function customerFilter(customerId: TenantId): string {
  return JSON.stringify({ Field: 'CustomerId', Value: customerId, Operator: 'equals' });
}

const auditRecord = z
  .object({
    id: z.string(),
    customerId: optionalText,
    resourceType: optionalText,
    operationType: optionalText,
    operationStatus: optionalText,
    operationDate: optionalMoment,
  })
  .transform(({ operationDate: at, customerId, ...record }): PartnerAuditRecord => {
    return { ...record, at, customerId: parseTenantId(customerId ?? '') };
  });
