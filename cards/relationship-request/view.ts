import type { RoleReading } from '../../services/access/directory-roles.ts';
import type { SalesRoute } from '../../services/relationships/ports.ts';
import type { CustomerView } from '../customer.ts';
import type { Status } from '../facts.ts';
import type { ApproverView, MailText } from './approvers.ts';

export const APPROVE_VERB = 'relationship.approve';
export const DECLINE_VERB = 'relationship.decline';
export const DELEGATE_VERB = 'relationship.delegate';
export const CHECK_VERB = 'relationship.check';
export const SIGN_IN_VERB = 'signIn.start';
export const WITHDRAW_VERB = 'request.withdraw';
export const REMIND_VERB = 'request.remind';
export const AGAIN_VERB = 'request.again';

/** Longest reason for declining, in UTF-16 units. */
export const MAX_REASON_CHARS = 500;

export type RequestStateName = 'sent' | 'approved' | 'active' | 'declined' | 'expired' | 'withdrawn' | 'ended';

/** The colour of each state; beside its words and its sign, never alone. */
export const REQUEST_COLORS: Readonly<Record<RequestStateName, Status['color']>> = {
  sent: 'Accent',
  approved: 'Warning',
  active: 'Good',
  declined: 'Attention',
  expired: 'Default',
  withdrawn: 'Default',
  ended: 'Default',
};

export type RequestView = Readonly<{
  requestId: string;
  /** What the buttons carry: says nothing and cannot be guessed. */
  reference: string;
  state: RequestStateName;
  partnerName: string;
  partnerTenantId: string;
  customer: CustomerView;
  requestedBy: string;
  note?: string;
  route: SalesRoute;
  distributorName?: string;
  createdAt: Date;
  expiresAt: Date;
  decidedBy?: string;
  decidedAt?: Date;
  /** What Entra said about the one who answered, when they did. */
  decidedRoles?: RoleReading;
  reason?: string;
  activeAt?: Date;
  /** When the people who are waited for were reminded, oldest first. */
  remindedAt: readonly Date[];
  /** Microsoft's page. Approvers see it once the request is approved. */
  link: string;
  approvers: readonly ApproverView[];
  /** Where an approver gets the app. */
  installLink?: string;
  mailText?: MailText;
  canSendMail: boolean;
  /** True where an approver can sign in to show their role. */
  canSignIn: boolean;
}>;
