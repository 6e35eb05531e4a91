import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { noteShown } from '../../../../services/audit/shown.ts';
import type { Person, TenantId, UserId } from '../../../../services/identity.ts';
import { createJobs } from '../../../../services/queue/boss-jobs.ts';
import { openServerDatabase } from '../../../../services/storage/server-database.ts';
import { quietLog } from '../../../contracts/test-databases.ts';
import { createLocalPartnerCenter } from '../../local-partner-center.ts';
import { createMemoryChat } from '../../memory-chat.ts';
import { createWatch } from '../../points.ts';
import { directoryOf, PARTNER, startProcess } from '../../process.ts';
import { createRandom } from '../../random.ts';

/** One process of the bot on a shared server: told a request, all its contenders answer it at the same moment. */
const order = z.union([
  z.object({ ask: z.number() }),
  z.object({ reference: z.string(), contenders: z.array(z.enum(['approve', 'decline', 'withdraw'])) }),
  z.object({ stop: z.literal(true) }),
]);

const [url = '', tenant = ''] = process.argv.slice(2);
const database = openServerDatabase({ url, log: quietLog });
const jobs = await createJobs({ database, log: quietLog });
const clock = { ms: Date.now() };
const tenantId = tenant as TenantId;
const customer = { tenantId, name: 'Contoso', domain: 'c.example' };
const robin: Person = { tenantId: PARTNER, userId: '00000000-0000-4000-8000-00000000000a' as UserId, name: 'Robin' };
const bot = startProcess(
  {
    ...{ db: database, jobs, clock },
    ...{ tenants: directoryOf([], customer), admin: robin },
    chat: createMemoryChat(clock).port,
    partnerCenter: createLocalPartnerCenter({ clock, tenant: { ...customer, defaultDomain: customer.domain } }),
    random: { ...createRandom(1), id: () => randomUUID() as string },
  },
  createWatch(new Map()),
);
const anna = {
  ...{ tenantId, userId: '00000000-0000-4000-8000-00000000000b' as UserId, name: 'Anna' },
  signInName: 'anna@c.example',
};

process.on('message', (message) => void obey(order.parse(message)));
process.send?.('ready');

async function obey(given: z.infer<typeof order>): Promise<void> {
  if ('ask' in given) {
    const wish = { customer: customer.domain, approvers: anna.signInName, route: 'direct' } as const;
    const { id, reference } = await bot.relationships.send(wish, robin);
    process.send?.({ id, reference });
  } else if ('reference' in given) {
    const { reference, contenders } = given;
    const outcomes = await Promise.allSettled(contenders.map((what) => contend(reference, what)));
    process.send?.({ won: outcomes.filter(({ status }) => status === 'fulfilled').length });
  } else {
    await jobs.stop(1_000);
    await database.close();
    process.exit(0);
  }
}

function contend(reference: string, what: 'approve' | 'decline' | 'withdraw'): Promise<unknown> {
  if (what === 'withdraw') return bot.relationships.withdraw(reference, robin);
  const shown = async () => noteShown('en', ['May Northwind sell to you?']);
  return bot.relationships.answer(reference, { decision: what, by: anna, shown });
}
