import { profileFormCard } from '../cards/profile-form/card.ts';
import { profileRemovalCard } from '../cards/profile-removal/card.ts';
import { PROFILES_PER_PAGE, profilesCard } from '../cards/profiles/card.ts';
import type { AdaptiveCard } from '../cards/render.ts';
import { plain } from '../cards/text.ts';
import type { Access } from '../services/access/access.ts';
import type { CustomerService } from '../services/customers/customer-service.ts';
import { type ErrorCode, ServiceError } from '../services/errors.ts';
import { parseTenantId, type TenantId } from '../services/identity.ts';
import type { ProfileDraft } from '../services/profiles/ports.ts';
import type { ProfileService } from '../services/profiles/profile-service.ts';
import type { OverviewDialog } from './overview-dialog.ts';
import { type PressReply, type Reply, requirePersonal, type Turn } from './turn.ts';
import { bareSentenceOf } from './wording.ts';

export type ProfilesDialogParts = Readonly<{
  profiles: ProfileService;
  customers: CustomerService;
  access: Access;
  overview: OverviewDialog;
  newId: () => string;
}>;

type Wanted = Readonly<{ changeId: string; customerId: string; profileId?: string }>;

/** Autopilot profiles of a customer: seen, made, changed, deleted after a question, and chosen for new batches. */
export function createProfilesDialog({ profiles, customers, access, overview, newId }: ProfilesDialogParts) {
  async function list(turn: Turn, customerId: TenantId, page = 1, done?: string): Promise<AdaptiveCard> {
    const found = await profiles.of(customerId);
    const pages = Math.max(1, Math.ceil(found.profiles.length / PROFILES_PER_PAGE));
    const shown = Math.min(page, pages);
    const start = (shown - 1) * PROFILES_PER_PAGE;
    return profilesCard(
      {
        customer: found.customer,
        profiles: found.profiles.slice(start, start + PROFILES_PER_PAGE),
        defaultId: found.defaultId,
        page: shown,
        pages,
        done,
      },
      turn.wording,
    );
  }

  async function form(
    turn: Turn,
    wanted: Wanted & { customerId: TenantId },
    values: ProfileDraft,
    error?: ServiceError,
  ): Promise<AdaptiveCard> {
    const { customer } = await profiles.of(wanted.customerId);
    const problem = error && bareSentenceOf(error, turn.wording);
    return profileFormCard({ ...wanted, customer, values, problem }, turn.wording);
  }

  return {
    /** `profiles`, with a name, domain or tenant id behind it; otherwise the customers, each with a button. */
    async start(turn: Turn, typed: string): Promise<readonly Reply[]> {
      requirePersonal(turn);
      await access.requireRep(turn.speaker);
      const id = parseTenantId(typed);
      if (id) return [{ card: await list(turn, id) }];
      const { customers: found, total } = await customers.list({ query: typed, activeOnly: true, limit: 1 });
      const [only] = found;
      if (only && total === 1) return [{ card: await list(turn, only.tenantId) }];
      return [{ card: await overview.customers(turn, typed) }];
    },

    async list(turn: Turn, customerId: string, page = 1): Promise<AdaptiveCard> {
      await access.requireRep(turn.speaker);
      return list(turn, tenantOf(customerId), page);
    },

    async ask(turn: Turn, customerId: string, profileId?: string): Promise<PressReply> {
      await access.requireRep(turn.speaker);
      const wanted = { changeId: newId(), customerId: tenantOf(customerId), ...(profileId && { profileId }) };
      const values = profileId ? await profiles.profile(wanted.customerId, profileId) : EMPTY;
      return { replace: await form(turn, wanted, values) };
    },

    async save(turn: Turn, { name, description, settings, ...wanted }: Wanted & ProfileDraft): Promise<PressReply> {
      await access.requireRep(turn.speaker, true);
      const change = { ...wanted, customerId: tenantOf(wanted.customerId) };
      const draft = { name, description, settings };
      try {
        await profiles.save({ ...change, draft }, turn.speaker);
      } catch (error) {
        if (!(error instanceof ServiceError) || !CORRECTABLE.has(error.code)) throw error;
        return { replace: await form(turn, change, draft, error) };
      }
      const done = turn.wording.say('profiles.saved', { name: plain(name, 80) });
      return { replace: await list(turn, change.customerId, 1, done) };
    },

    async makeDefault(turn: Turn, customerId: string, profileId?: string): Promise<PressReply> {
      await access.requireRep(turn.speaker, true);
      await profiles.makeDefault(tenantOf(customerId), profileId, turn.speaker);
      return { replace: await list(turn, tenantOf(customerId)) };
    },

    async askRemoval(turn: Turn, customerId: string, profileId: string): Promise<PressReply> {
      await access.requireRemover(turn.speaker);
      const { customer } = await profiles.of(tenantOf(customerId));
      const profile = await profiles.profile(customer.tenantId, profileId);
      return { replace: profileRemovalCard({ changeId: newId(), customer, profile }, turn.wording) };
    },

    async remove(turn: Turn, wanted: Wanted & { profileId: string }): Promise<PressReply> {
      await access.requireRemover(turn.speaker);
      const customerId = tenantOf(wanted.customerId);
      await profiles.remove({ ...wanted, customerId }, turn.speaker);
      return { replace: await list(turn, customerId, 1, turn.wording.say('profiles.deleted')) };
    },
  };
}

export type ProfilesDialog = ReturnType<typeof createProfilesDialog>;

const EMPTY: ProfileDraft = { name: '', settings: [] };

/** What can be put right in the form itself. */
const CORRECTABLE: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['profile-name-invalid', 'profile-name-taken']);

function tenantOf(customerId: string): TenantId {
  const id = parseTenantId(customerId);
  if (!id) throw new ServiceError('customer-not-found', 'no tenant id', { customer: '' });
  return id;
}
