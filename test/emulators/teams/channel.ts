import type { Activity } from './activity.ts';
import { createDelivery, type Delivery, type DeliveryOptions } from './delivery.ts';
import { createFiles } from './files.ts';
import { botMri } from './ids.ts';
import type { Scene } from './shapes.ts';
import { type Conversation, createState, type Member } from './state.ts';

export type ChannelOptions = DeliveryOptions &
  Readonly<{
    appId: string;
    botName: string;
    now: () => Date;
    /** Where the channel listens, without a trailing slash; known once it does. */
    origin: () => string;
    region: string;
  }>;

/** The channel behind all clients: memory, delivery to the bot, files, and waiting for change. */
export type Channel = ReturnType<typeof createChannel>;

/** Wires the channel's parts. */
export function createChannel(options: ChannelOptions) {
  const { appId, botName, now, origin, region } = options;
  const watchers = new Set<() => void>();
  const state = createState(now, () => notify());
  const delivery = createDelivery(options);
  const bot = { id: botMri(appId), name: botName };
  const serviceUrl = (tenantId: string) => `${origin()}/${region}/${tenantId}/`;

  function notify(): void {
    for (const watcher of [...watchers]) watcher();
  }

  return {
    state,
    files: createFiles(origin),
    bot,
    origin,
    serviceUrl,
    deliver: delivery.deliver,
    redeliver: delivery.redeliver,
    sent: delivery.sent,
    scene: (conversation: Conversation, person: Member, thread?: string): Scene => ({
      conversation,
      person,
      bot,
      serviceUrl: serviceUrl(conversation.tenantId),
      at: now(),
      thread,
    }),
    /** Wakes everybody who waits. */
    changed: notify,
    async deliverAll(activities: readonly Activity[]): Promise<readonly Delivery[]> {
      const deliveries: Delivery[] = [];
      for (const activity of activities) deliveries.push(await delivery.deliver(activity));
      return deliveries;
    },
    /** Looks now and after every change until `find` finds something; `undefined` after `timeoutMs` of real time. */
    waitFor<Found>(find: () => Found | undefined, timeoutMs: number): Promise<Found | undefined> {
      return new Promise((resolve) => {
        const finish = (found: Found | undefined) => {
          clearTimeout(timer);
          watchers.delete(look);
          resolve(found);
        };
        const look = () => {
          const found = find();
          if (found !== undefined) finish(found);
        };
        const timer = setTimeout(finish, timeoutMs, undefined);
        watchers.add(look);
        look();
      });
    },
  };
}
