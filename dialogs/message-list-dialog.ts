import { messageListCard, parseMessageList, type Unread, unreadLines } from '../cards/message-list/card.ts';
import { noticeCard } from '../cards/notice/card.ts';
import type { AdaptiveCard } from '../cards/render.ts';
import { plain } from '../cards/text.ts';
import type { Wording } from '../cards/wording/wording.ts';
import type { Access } from '../services/access/access.ts';
import type { CustomerService } from '../services/customers/customer-service.ts';
import type { DeviceList } from '../services/devices/device.ts';
import type { HandOver } from '../services/devices/hand-over.ts';
import type { ListInput } from '../services/devices/ports.ts';
import { ServiceError } from '../services/errors.ts';
import { type BatchId, parseGuid, parseTenantId } from '../services/identity.ts';
import { listRow } from './list-views.ts';
import { requireKnownRep } from './share-dialog.ts';
import type { Said, Turn } from './turn.ts';
import { bareSentenceOf } from './wording.ts';

export type MessageListDialogParts = Readonly<{
  handOver: HandOver;
  customers: CustomerService;
  access: Access;
  /** Opens the rep's own chat with the bot. */
  chatLink: string;
  newId: () => string;
}>;

/** A message somebody wrote anywhere: its text or its rich form, the files it links to, and whether others hang on it. */
export type OtherMessage = Said & Readonly<{ hasFiles: boolean }>;

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
    const { inputs, unread } = await read(message, turn.wording);
    const { devices, problems }: DeviceList = await handOver.read(inputs);
    const { customers: active } = await customers.list({ activeOnly: true, limit: CUSTOMERS_IN_LIST });
    const rows = problems.filter(({ kind }) => devices.length > 0 || kind !== 'no_devices_found');
    return messageListCard(
      {
        draftId,
        deviceCount: devices.length,
        doubtfulCount: devices.filter(({ confirm }) => confirm).length,
        problems: rows.map((problem, position) => listRow({ ...problem, position }, turn.wording)),
        hasFiles: message.hasFiles,
        unread,
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
        const { inputs, unread } = await read(message, turn.wording);
        const batch = await handOver.handOver(id as BatchId, customerId, turn.speaker, inputs);
        return taken(turn, batch.customer.name, unread);
      } catch (error) {
        if (!(error instanceof ServiceError) || error.code !== 'relationship-not-active') throw error;
        const name = (await customers.find(customerId))?.name ?? customerId;
        return draw(turn, message, id, { name, reason: bareSentenceOf(error, turn.wording) });
      }
    },
  };

  function taken({ wording }: Turn, customer: string, unread: readonly Unread[]): AdaptiveCard {
    const title = wording.say('messageList.done', { customer: plain(customer, MAX_NAME_CHARS) });
    const lines = [wording.say('messageList.done.text'), ...unreadLines(unread, wording)];
    const link = { title: wording.say('share.open'), url: chatLink };
    return noticeCard({ tone: 'good', title, lines, buttons: [], link }, wording);
  }
}

export type MessageListDialog = ReturnType<typeof createMessageListDialog>;

const MAX_NAME_CHARS = 80;

/** Source name of such a list; the catalogue has its words. */
const SOURCE = 'message';

/** What there is to read in a message; a file that cannot be had is named with its reason and hinders nothing else. */
async function read({ text, html, files }: OtherMessage, wording: Wording) {
  const inputs: ListInput[] = [];
  const unread: Unread[] = [];
  const fetched = await Promise.allSettled(files.map((file) => file.fetch()));
  for (const [index, result] of fetched.entries()) {
    if (result.status === 'fulfilled') {
      inputs.push({ kind: 'file', source: result.value.name, bytes: result.value.bytes });
      continue;
    }
    if (!(result.reason instanceof ServiceError)) throw result.reason;
    unread.push({ name: files[index]?.name ?? '', reason: bareSentenceOf(result.reason, wording) });
  }
  inputs.push({ kind: 'text', source: SOURCE, text, html });
  return { inputs, unread };
}
