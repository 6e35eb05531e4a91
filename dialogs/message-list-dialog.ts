import { messageListCard, parseMessageList } from '../cards/message-list/card.ts';
import { noticeCard } from '../cards/notice/card.ts';
import type { AdaptiveCard } from '../cards/render.ts';
import { plain } from '../cards/text.ts';
import type { Access } from '../services/access/access.ts';
import type { CustomerService } from '../services/customers/customer-service.ts';
import type { DeviceList } from '../services/devices/device.ts';
import type { HandOver } from '../services/devices/hand-over.ts';
import type { ListInput } from '../services/devices/ports.ts';
import { ServiceError } from '../services/errors.ts';
import { type BatchId, parseGuid, parseTenantId } from '../services/identity.ts';
import { listRow } from './list-views.ts';
import { requireKnownRep } from './share-dialog.ts';
import type { Turn } from './turn.ts';
import { bareSentenceOf } from './wording.ts';

export type MessageListDialogParts = Readonly<{
  handOver: HandOver;
  customers: CustomerService;
  access: Access;
  /** Opens the rep's own chat with the bot. */
  chatLink: string;
  newId: () => string;
}>;

/** A message somebody wrote anywhere: its text or its rich form, and whether files hang on it. */
export type OtherMessage = Readonly<{ text: string; html?: string; hasFiles: boolean }>;

/** So many customers stand in the list itself; more are found by typing in it. */
const CUSTOMERS_IN_LIST = 100;

/**
 * Registering the devices in a message that somebody else wrote: a look at what is in it, the customer, and then the list
 * goes on in the rep's own chat. Nothing of it is said where the message stands.
 */
export function createMessageListDialog(parts: MessageListDialogParts) {
  const { handOver, customers, access, chatLink, newId } = parts;

  async function draw(
    turn: Turn,
    message: OtherMessage,
    draftId: string,
    refused?: { name: string; reason: string },
  ): Promise<AdaptiveCard> {
    const { devices, problems }: DeviceList = await handOver.read(inputOf(message));
    const { customers: active } = await customers.list({ activeOnly: true, limit: CUSTOMERS_IN_LIST });
    const rows = problems.filter(({ kind }) => devices.length > 0 || kind !== 'no_devices_found');
    return messageListCard(
      {
        draftId,
        deviceCount: devices.length,
        doubtfulCount: devices.filter(({ confirm }) => confirm).length,
        problems: rows.map((problem, position) => listRow({ ...problem, position }, turn.wording)),
        hasFiles: message.hasFiles,
        customers: active,
        refused,
      },
      turn.wording,
    );
  }

  return {
    /** What stands in the message. @throws ServiceError `not-a-rep`, `not-met-yet`. */
    async look(turn: Turn, message: OtherMessage): Promise<AdaptiveCard> {
      await requireKnownRep(access, turn);
      return draw(turn, message, newId());
    },

    /** Hands the list over, or shows the dialog again with why that customer cannot be; `undefined` for another form. */
    async take(turn: Turn, message: OtherMessage, data: unknown): Promise<AdaptiveCard | undefined> {
      const chosen = parseMessageList(data);
      const id = chosen && parseGuid(chosen.draftId);
      const customerId = chosen && parseTenantId(chosen.customerId);
      if (!id || !customerId) return undefined;
      await requireKnownRep(access, turn);
      try {
        const batch = await handOver.handOver(id as BatchId, customerId, turn.speaker, inputOf(message));
        return taken(turn, batch.customer.name);
      } catch (error) {
        if (!(error instanceof ServiceError) || error.code !== 'relationship-not-active') throw error;
        const name = (await customers.find(customerId))?.name ?? customerId;
        return draw(turn, message, id, { name, reason: bareSentenceOf(error, turn.wording) });
      }
    },
  };

  function taken({ wording }: Turn, customer: string): AdaptiveCard {
    const title = wording.say('messageList.done', { customer: plain(customer, MAX_NAME_CHARS) });
    const lines = [wording.say('messageList.done.text')];
    const link = { title: wording.say('share.open'), url: chatLink };
    return noticeCard({ tone: 'good', title, lines, buttons: [], link }, wording);
  }
}

export type MessageListDialog = ReturnType<typeof createMessageListDialog>;

const MAX_NAME_CHARS = 80;

/** Source name of such a list; the catalogue has its words. */
const SOURCE = 'message';

function inputOf({ text, html }: OtherMessage): ListInput {
  return { kind: 'text', source: SOURCE, text, html };
}
