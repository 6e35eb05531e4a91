import { z } from 'zod';
import type { SalesRoute } from '../../services/relationships/ports.ts';
import { button, inputButton } from '../buttons.ts';
import type { CustomerView } from '../customer.ts';
import { customerChoice, MAX_FOUND } from '../customer-search.ts';
import { id, reader } from '../paging.ts';
import { type AdaptiveCard, prepare } from '../render.ts';
import { bare, bareLines, plain } from '../text.ts';
import type { Wording } from '../wording/wording.ts';
import template from './template.json' with { type: 'json' };

export const PREVIEW_VERB = 'request.preview';

/** Longest note to the approvers, in UTF-16 units. */
export const MAX_NOTE_CHARS = 1_000;
/** Longest list of sign-in names as typed, in UTF-16 units. */
export const MAX_APPROVERS_CHARS = 4_000;
/** Longest domain name. @see RFC 1035 */
const MAX_CUSTOMER_CHARS = 253;

/** What stands in the inputs; `approvers` as typed, separated by commas or lines. */
export type RequestFormValues = Readonly<{ customer: string; approvers: string; note: string; route: SalesRoute }>;

export type RequestFormView = Readonly<{
  draftId: string;
  values: RequestFormValues;
  /** Some customers known already; the others are found by typing. Without any there is nothing to choose from. */
  known: readonly CustomerView[];
  /** Whether the partner sells through a distributor, so that the route has to be asked. */
  distributorPossible: boolean;
  /** A sentence under each input that has to be corrected. */
  problems: Partial<Readonly<Record<'customer' | 'approvers' | 'note', string>>>;
}>;

/** Asks whose consent is wanted, from whom, and with which words. */
export function requestFormCard(view: RequestFormView, wording: Wording): AdaptiveCard {
  const { draftId, values, problems } = view;
  const title = wording.say('requestForm.title');
  return draw(
    {
      ...labels(wording),
      title,
      customer: bare(values.customer, MAX_CUSTOMER_CHARS),
      approvers: bareLines(values.approvers, MAX_APPROVERS_CHARS),
      note: bareLines(values.note, MAX_NOTE_CHARS),
      route: values.route,
      anyKnown: view.known.length > 0,
      known: view.known.slice(0, MAX_FOUND).map(customerChoice),
      askRoute: view.distributorPossible,
      customerProblems: problemRows(problems.customer),
      approversProblems: problemRows(problems.approvers),
      noteProblems: problemRows(problems.note),
      buttons: [
        inputButton(wording.say('requestForm.preview'), PREVIEW_VERB, { draftId }),
        button(wording.say('common.cancel'), 'request.cancel', { draftId }),
      ],
    },
    wording,
    title,
  );
}

/** Reads the form; `approvers` is not split yet, and `known` is the tenant id of the customer that was chosen. */
export const parseRequestForm = reader({
  draftId: id,
  customer: z
    .string()
    .max(MAX_CUSTOMER_CHARS * 2)
    .default(''),
  known: id.optional(),
  approvers: z.string().max(MAX_APPROVERS_CHARS).default(''),
  note: z.string().max(MAX_NOTE_CHARS).default(''),
  route: z.enum(['direct', 'through-distributor']).default('direct'),
});

/** Reads a wish to begin a request, for a certain customer or for anyone. */
export const parseStartRequest = reader({ customerId: id.optional() });

const draw = prepare(template);

function labels(wording: Wording) {
  return {
    text: wording.say('requestForm.text'),
    customerLabel: wording.say('requestForm.customer'),
    customerExample: wording.say('requestForm.customer.example'),
    knownLabel: wording.say('requestForm.known'),
    knownPlaceholder: wording.say('picker.placeholder'),
    approversLabel: wording.say('requestForm.approvers'),
    approversExample: wording.say('requestForm.approvers.example'),
    approversMissing: wording.say('requestForm.approvers.missing'),
    approversHint: wording.say('requestForm.approvers.hint'),
    noteLabel: wording.say('requestForm.note'),
    routeLabel: wording.say('requestForm.route'),
    routeDirect: wording.say('requestForm.route.direct'),
    routeDistributor: wording.say('requestForm.route.distributor'),
  };
}

function problemRows(sentence: string | undefined): { problem: string }[] {
  return sentence ? [{ problem: plain(sentence, 300) }] : [];
}
