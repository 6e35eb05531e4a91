import type { SalesRoute } from '../../services/relationships/ports.ts';
import { button } from '../buttons.ts';
import { type CustomerView, MAX_NAME_CHARS } from '../customer.ts';
import { fact, idFact, present } from '../facts.ts';
import { id, MAX_ROWS, reader } from '../paging.ts';
import { askLines } from '../relationship-request/ask.ts';
import { type AdaptiveCard, prepare } from '../render.ts';
import { MAX_NOTE_CHARS } from '../request-form/card.ts';
import { bare, plain } from '../text.ts';
import type { Wording } from '../wording/wording.ts';
import template from './template.json' with { type: 'json' };

export const SEND_VERB = 'request.send';
export const EDIT_VERB = 'request.edit';
export const CANCEL_REQUEST_VERB = 'request.cancel';

export type RequestPreviewView = Readonly<{
  draftId: string;
  customer: CustomerView;
  /** Sign-in names. */
  approvers: readonly string[];
  note?: string;
  route: SalesRoute;
  distributorName?: string;
  partnerName: string;
  partnerTenantId: string;
  link: string;
  expiresAt: Date;
  /** Sentences about what may be wrong. */
  warnings: readonly string[];
}>;

/** Shows before sending exactly what the approvers will read, and where the link leads. */
export function requestPreviewCard(view: RequestPreviewView, wording: Wording): AdaptiveCard {
  const { draftId, customer } = view;
  const title = wording.say('requestPreview.title');
  return draw(
    {
      title,
      text: wording.say('requestPreview.text'),
      warnings: view.warnings.slice(0, MAX_ROWS).map((each) => ({ warning: plain(each, 300) })),
      facts: present(
        fact(wording.say('common.customer'), customer.name, wording, MAX_NAME_CHARS),
        idFact(wording.say('common.domain'), customer.domain, wording),
        idFact(wording.say('common.tenantId'), customer.tenantId, wording),
      ),
      link: {
        ...idFact(wording.say('requestPreview.link'), breakable(view.link), wording),
        open: wording.say('request.open'),
        url: view.link,
      },
      approversTitle: wording.say('requestPreview.approvers', { count: view.approvers.length }),
      approvers: view.approvers.slice(0, MAX_ROWS).map((each) => ({ name: bare(each, 120) })),
      ...seen(view, wording),
      buttons: [
        button(wording.say('requestPreview.send'), SEND_VERB, { draftId }),
        button(wording.say('requestPreview.edit'), EDIT_VERB, { draftId }),
        button(wording.say('common.cancel'), CANCEL_REQUEST_VERB, { draftId }),
      ],
    },
    wording,
    `${title}: ${plain(customer.name, MAX_NAME_CHARS)}`,
  );
}

/** Reads which draft to send, change or cancel. */
export const parseDraft = reader({ draftId: id });

const draw = prepare(template);

/** For reading: without blanks a link does not wrap in narrow windows. Who presses it gets to the link as it is. */
function breakable(link: string): string {
  return link.replaceAll(/(?<!\/)\/(?!\/)|[?&#]/g, ' $&');
}

function seen(view: RequestPreviewView, wording: Wording) {
  const { route, distributorName } = view;
  const through = route === 'through-distributor' ? distributorName : undefined;
  return {
    askTitle: wording.say('ask.title', { partner: plain(view.partnerName, MAX_NAME_CHARS) }),
    askLines: askLines({ ...view, distributorName: through }, wording),
    askFacts: present(
      view.note && fact(wording.say('common.note'), view.note, wording, MAX_NOTE_CHARS),
      fact(wording.say('common.partner'), view.partnerName, wording, MAX_NAME_CHARS),
      idFact(wording.say('common.tenantId'), view.partnerTenantId, wording),
    ),
  };
}
