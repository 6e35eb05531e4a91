import { MAX_FOUND } from '../cards/customer-search.ts';
import { noticeCard } from '../cards/notice/card.ts';
import { parseRequestForm, requestFormCard } from '../cards/request-form/card.ts';
import { requestPreviewCard } from '../cards/request-preview/card.ts';
import { sayCard } from '../cards/say/card.ts';
import { bare, plain } from '../cards/text.ts';
import type { Access } from '../services/access/access.ts';
import type { CustomerService } from '../services/customers/customer-service.ts';
import { ServiceError } from '../services/errors.ts';
import { parseTenantId, type TenantId } from '../services/identity.ts';
import type { SalesRoute } from '../services/relationships/ports.ts';
import type { RequestWish } from '../services/relationships/preparation.ts';
import type { RelationshipService } from '../services/relationships/relationship-service.ts';
import { awaited } from '../services/relationships/reminders.ts';
import { type PressReply, type Reply, requirePersonal, type Turn } from './turn.ts';
import type { Views } from './views.ts';
import { bareSentenceOf } from './wording.ts';

export type RequestDialogParts = Readonly<{
  relationships: RelationshipService;
  customers: CustomerService;
  access: Access;
  views: Views;
  partner: Readonly<{ tenantId: TenantId; name: string; distributorName?: string }>;
  newId: () => string;
}>;

/** Asking for a relationship: a form, a look at what will be sent, and only then the sending. */
export function createRequestDialog(parts: RequestDialogParts) {
  const { relationships, customers, access, views, partner } = parts;

  async function form(turn: Turn, draftId: string, wish: Partial<RequestWish>, problems: Problems = {}) {
    const { customer = '', approvers = '', note = '', route = 'direct' } = wish;
    return requestFormCard(
      {
        draftId,
        values: { customer, approvers, note, route },
        known: (await customers.suggest({ limit: MAX_FOUND })).customers,
        distributorPossible: partner.distributorName !== undefined,
        problems,
      },
      turn.wording,
    );
  }

  async function preview(turn: Turn, draftId: string, wish: RequestWish) {
    const prepared = await relationships.prepare(wish);
    const { customer, approvers, route, note, link, expiresAt } = prepared;
    return requestPreviewCard(
      {
        draftId,
        customer,
        approvers: [...approvers],
        note,
        route,
        distributorName: route === 'direct' ? undefined : partner.distributorName,
        partnerName: partner.name,
        partnerTenantId: partner.tenantId,
        link,
        expiresAt,
        warnings: prepared.foreignApprovers.map((name) =>
          turn.wording.say('requestPreview.foreign', { name: bare(name, 120), customer: bare(customer.name, 80) }),
        ),
      },
      turn.wording,
    );
  }

  /** The preview, or the form again with the sentence beside the field it is about. */
  async function previewOrForm(turn: Turn, draftId: string, wish: RequestWish) {
    if (!wish.customer)
      return form(turn, draftId, wish, { customer: turn.wording.say('requestForm.customer.missing') });
    try {
      return await preview(turn, draftId, wish);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      if (error.code === 'already-active') return alreadyActive(turn, error);
      const field = FIELD_OF[error.code];
      if (!field) throw error;
      return form(turn, draftId, wish, { [field]: bareSentenceOf(error, turn.wording) });
    }
  }

  /** No consent is needed any more: the next thing to do is offered instead. */
  function alreadyActive({ wording }: Turn, { details }: ServiceError) {
    const { customer = '', tenantId = '' } = details;
    const title = wording.say('request.title', { customer: plain(String(customer), MAX_NAME_CHARS) });
    const register = { verb: 'register.start', title: wording.say('request.register') } as const;
    const buttons = [{ ...register, data: { customerId: String(tenantId) } }];
    return noticeCard({ tone: 'good', title, lines: [wording.say('error.already-active')], buttons }, wording);
  }

  return {
    /** `request`, alone or with a domain and sign-in names behind it. */
    async start(turn: Turn, typed: string): Promise<readonly Reply[]> {
      await access.requireRep(turn.speaker);
      requirePersonal(turn);
      const [first = '', ...names] = typed.split(/[\s,;]+/).filter(Boolean);
      const customer = first.includes('.') || parseTenantId(first) ? first : ''; // "request a relationship" names nobody
      const wish: RequestWish = { customer, approvers: names.join(', '), route: 'direct' };
      const draftId = parts.newId();
      turn.memory.request = { draftId, wish };
      if (!customer || names.length === 0) return [{ card: await form(turn, draftId, wish) }];
      return [{ card: await previewOrForm(turn, draftId, wish) }];
    },

    async preview(turn: Turn, data: unknown): Promise<PressReply | undefined> {
      const typed = parseRequestForm(data);
      if (!typed) return undefined;
      await access.requireRep(turn.speaker);
      const route: SalesRoute =
        partner.distributorName && typed.route === 'through-distributor' ? typed.route : 'direct';
      const customer = typed.customer.trim() || (typed.known ?? '');
      const wish = { customer, approvers: typed.approvers, note: typed.note, route };
      turn.memory.request = { draftId: typed.draftId, wish };
      return { replace: await previewOrForm(turn, typed.draftId, wish) };
    },

    /** Back to the form, with everything that was typed. */
    async edit(turn: Turn, draftId: string): Promise<PressReply> {
      await access.requireRep(turn.speaker);
      return { replace: await form(turn, draftId, drafted(turn, draftId)) };
    },

    /** Sends what was shown. The draft of an older card is not sent in place of a newer one. */
    async send(turn: Turn, draftId: string): Promise<PressReply> {
      await access.requireRep(turn.speaker, true);
      if (turn.memory.request?.draftId !== draftId) {
        return { replace: sayCard({ text: turn.wording.say('chat.draftGone') }, turn.wording) };
      }
      const wish = drafted(turn, draftId);
      const { approvers, customer } = await relationships.send(wish, turn.speaker);
      turn.memory.request = undefined;
      const shown = plain(customer.name, MAX_NAME_CHARS);
      const text = turn.wording.say('chat.requestSent', { count: approvers.length, customer: shown });
      return { replace: sayCard({ text }, turn.wording) };
    },

    async cancel(turn: Turn): Promise<PressReply> {
      await access.requireRep(turn.speaker);
      turn.memory.request = undefined;
      return { replace: sayCard({ text: turn.wording.say('chat.cancelled') }, turn.wording) };
    },

    /** The form with what was written in a request that came to nothing; nothing is sent before it is looked at again. */
    async again(turn: Turn, reference: string): Promise<readonly Reply[]> {
      await access.requireRep(turn.speaker);
      const { customer, approvers, note, route } = await relationships.see(reference, turn.speaker);
      const names = approvers.map(({ signInName }) => signInName).join(', ');
      const wish: RequestWish = { customer: customer.domain, approvers: names, note, route };
      const draftId = parts.newId();
      turn.memory.request = { draftId, wish };
      return [{ card: await form(turn, draftId, wish) }];
    },

    async remind(turn: Turn, reference: string): Promise<PressReply> {
      await access.requireRep(turn.speaker, true);
      const request = await relationships.remind(reference, turn.speaker);
      const count = awaited(request).filter(({ userId }) => userId).length;
      const text = turn.wording.say(count > 0 ? 'chat.reminded' : 'chat.reminded.nobody', { count });
      return { replace: await views.requestCard(request, 'rep', turn.wording), replies: [{ text }] };
    },

    async withdraw(turn: Turn, reference: string): Promise<PressReply> {
      await access.requireRep(turn.speaker, true);
      const request = await relationships.withdraw(reference, turn.speaker);
      return { replace: await views.requestCard(request, 'rep', turn.wording) };
    },

    /** Sends the prepared mail in the rep's name. */
    async mail(turn: Turn, reference: string): Promise<PressReply> {
      await access.requireRep(turn.speaker, true);
      const request = await relationships.see(reference, turn.speaker);
      const { subject, body } = views.invitation(request);
      const sentTo = await relationships.mailApprovers(reference, turn.speaker, { subject, text: body });
      return { notice: turn.wording.say('chat.mailSent', { to: plain(sentTo.join(', '), MAX_RECIPIENTS_CHARS) }) };
    },
  };

  function drafted(turn: Turn, draftId: string): RequestWish {
    const draft = turn.memory.request;
    if (draft?.draftId !== draftId) throw new ServiceError('request-not-found', 'no such draft');
    return draft.wish;
  }
}

const MAX_NAME_CHARS = 80;
const MAX_RECIPIENTS_CHARS = 500;

export type RequestDialog = ReturnType<typeof createRequestDialog>;

type Problems = Partial<Record<'customer' | 'approvers' | 'note', string>>;

/** Which field of the form an error is about; any other error is said in the chat. */
const FIELD_OF: Readonly<Partial<Record<ServiceError['code'], keyof Problems>>> = {
  'customer-not-found': 'customer',
  'customer-is-partner': 'customer',
  'request-open-already': 'customer',
  'no-approvers': 'approvers',
  'approver-name-invalid': 'approvers',
};
