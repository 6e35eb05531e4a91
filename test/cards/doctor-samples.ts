import { doctorCard } from '../../cards/doctor/card.ts';
import type { Wording } from '../../cards/wording/wording.ts';
import { type Finding, notChecked, ok, problem } from '../../services/operation/finding.ts';

const ENDED = new Date('2026-11-21T09:14:00Z');
const URL = 'https://bot.contoso.com/webhook';

const WELL: readonly Finding[] = [
  ok('settings', 'settings-complete'),
  ok('database', 'database-current'),
  ok('bot-token', 'bot-token'),
  ok('graph-token', 'graph-token'),
  ok('graph-permissions', 'permission-granted', { name: 'Directory.Read.All', purpose: 'groups' }),
  ok('graph-permissions', 'permission-optional', { name: 'Mail.Send', purpose: 'mail' }),
  ok('graph-lookup', 'lookup', { name: 'Fabrikam', domain: 'fabrikam.com' }),
  ok('groups', 'groups-reps', { reps: 4, count: 6 }),
  ok('partner-center-app', 'partner-center-app'),
  ok('webhook', 'webhook', { url: URL }),
  ok('partner-center-user', 'user-since', { days: 90, before: 83, since: '2026-10-02T07:30:00Z' }),
  ok('installed', 'installed', { colleagues: 6, customers: 3, tenants: 2 }),
  ok('installed', 'customers-without', { count: 1, total: 3, names: 'Tailspin Toys' }),
];

const PROBLEMS: readonly Finding[] = [
  problem('webhook', 'webhook-elsewhere', 'webhook-other', { url: 'https://fabrikam.com/hook', wanted: URL }),
  problem('graph-permissions', 'permission-missing', 'permission', {
    name: 'CrossTenantInformation.ReadBasic.All',
    purpose: 'tenants',
  }),
  problem('partner-center-user', 'failed', 'sign-in', { error: '899 ZtdSomethingNew', aadsts: 700_082 }),
  problem('approvers', 'approvers-none', 'install', { customer: 'Tailspin Toys', approvers: 2, reached: 0 }),
];

/** The examination of an installation: under way, with problems, without, and with what cannot be shown. */
export const DOCTOR_SAMPLES = [
  { name: 'doctor, looking', draw: (wording: Wording) => doctorCard({}, wording) },
  {
    name: 'doctor, problems',
    draw: (wording: Wording) =>
      doctorCard(
        { endedAt: ENDED, findings: [...WELL, ...PROBLEMS, notChecked('graph-permissions', 'permission-unknown')] },
        wording,
      ),
    opened: (wording: Wording) => wording.say('doctor.details'),
  },
  { name: 'doctor, all well', draw: (wording: Wording) => doctorCard({ endedAt: ENDED, findings: WELL }, wording) },
  { name: 'doctor, unreadable', draw: (wording: Wording) => doctorCard({ endedAt: ENDED }, wording) },
];
