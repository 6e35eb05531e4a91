import { ServiceError } from '../../../services/errors.ts';
import type { RequestId, TenantId, UserId } from '../../../services/identity.ts';
import type { RelationshipRequest } from '../../../services/relationships/relationship.ts';

export const CONTOSO = '22222222-0000-4000-8000-000000000001' as TenantId;

/** Whoever asks in these tests. */
export const robin = {
  tenantId: '11111111-0000-4000-8000-000000000001' as TenantId,
  userId: 'robin' as UserId,
  name: 'Robin',
};

const start = new Date('2026-11-21T09:00:00Z');

/** A request that was sent just now and is open for 30 days, but for the given changes. */
export function aRequest(changes: Partial<RelationshipRequest> = {}): RelationshipRequest {
  return {
    id: 'q1' as RequestId,
    reference: 'r'.repeat(22),
    customer: { tenantId: CONTOSO, name: 'Contoso', domain: 'contoso.example' },
    route: 'direct',
    link: 'https://admin.microsoft.com/',
    requestedBy: robin,
    approvers: [{ signInName: 'anna@contoso.example' }, { signInName: 'bo@contoso.example' }],
    state: 'sent',
    createdAt: start,
    expiresAt: new Date(start.getTime() + 30 * 86_400_000),
    reminders: [],
    version: 1,
    ...changes,
  };
}

/** The refusal that an act ends with. */
export function refusalOf(act: () => unknown): ServiceError {
  try {
    act();
  } catch (error) {
    if (error instanceof ServiceError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
