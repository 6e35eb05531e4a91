import type { RequestView } from '../../cards/relationship-request/card.ts';

/** A request as an approver sees it after approving: the longest of its states. */
export function requestView(): RequestView {
  return {
    requestId: 'q1',
    reference: 'r'.repeat(32),
    state: 'approved',
    partnerName: 'Northwind Partner',
    partnerTenantId: '1a000000-0000-4000-8000-000000000001',
    customer: { tenantId: 'c0000000-0000-4000-8000-000000000001', name: 'Contoso', domain: 'contoso.example' },
    requestedBy: 'Robin Reyes',
    note: 'For the laptops you ordered last week.',
    route: 'direct',
    createdAt: new Date('2026-11-21T09:00:00Z'),
    expiresAt: new Date('2026-12-21T09:00:00Z'),
    decidedBy: 'Anna Andersson',
    decidedAt: new Date('2026-11-21T10:00:00Z'),
    remindedAt: [],
    link: 'https://admin.microsoft.com/Adminportal/Home?invType=ResellerRelationship&DAP=false',
    approvers: [{ signInName: 'anna@contoso.example', name: 'Anna Andersson', delivery: 'sent' }],
    canSendMail: true,
    canSignIn: false,
  };
}
