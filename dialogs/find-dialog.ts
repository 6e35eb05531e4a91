import { FIND_VERB, type FindRow, findCard } from '../cards/find/card.ts';
import type { AdaptiveCard } from '../cards/render.ts';
import { sayCard } from '../cards/say/card.ts';
import type { Access } from '../services/access/access.ts';
import type { CustomerService } from '../services/customers/customer-service.ts';
import type { Customer } from '../services/customers/customer-store.ts';
import { MAX_KEYS, readKeys } from '../services/devices/device-keys.ts';
import type { FindService } from '../services/devices/find-service.ts';
import { parseTenantId, type TenantId } from '../services/identity.ts';
import { absentRow, knownRow, listedRow } from './find-views.ts';
import type { Reply, Turn } from './turn.ts';

export type FindDialogParts = Readonly<{ find: FindService; customers: CustomerService; access: Access }>;

/** So many customers fit in the list of places to look. */
const CUSTOMERS_IN_LIST = 25;

type Looked = Readonly<{ rows: readonly FindRow[]; notes: readonly string[] }>;
const NOTHING: Looked = { rows: [], notes: [] };

/** Finding devices: over everything that was sent, or at one customer in Partner Center itself. Changes nothing. */
export function createFindDialog({ find, customers, access }: FindDialogParts) {
  async function draw(
    turn: Turn,
    query: string,
    customer: Customer | undefined,
    looked: Looked,
  ): Promise<AdaptiveCard> {
    const { customers: active, total } = await customers.list({ activeOnly: true, limit: CUSTOMERS_IN_LIST });
    const isListed = !customer || active.some(({ tenantId }) => tenantId === customer.tenantId);
    return findCard(
      {
        query,
        customers: isListed ? active : [customer, ...active],
        moreCustomers: total > active.length,
        customerId: customer?.tenantId,
        maxKeys: MAX_KEYS,
        ...looked,
      },
      turn.wording,
    );
  }

  async function everywhere(keys: readonly string[], { wording }: Turn): Promise<Looked> {
    const found = await find.known(keys);
    const rows = keys.flatMap((key) => {
      const own = found.filter((one) => one.key === key);
      return own.length > 0 ? own.map((one) => knownRow(one, wording)) : [absentRow(key, 'known', wording)];
    });
    return { rows, notes: [] };
  }

  async function atCustomer(keys: readonly string[], { tenantId, name }: Customer, { wording }: Turn): Promise<Looked> {
    const at = await find.atCustomer(tenantId, keys);
    const rows = keys.flatMap((key) => {
      const own = at.found.get(key) ?? [];
      return own.length > 0
        ? own.map((one) => listedRow(one, name, at, wording))
        : [absentRow(key, 'customer', wording)];
    });
    const isPartly = at.looked < at.batches;
    return { rows, notes: isPartly ? [wording.say('find.partly', { looked: at.looked, total: at.batches })] : [] };
  }

  async function look(turn: Turn, query: string, customer?: Customer): Promise<AdaptiveCard> {
    const all = readKeys(query);
    const keys = all.slice(0, MAX_KEYS);
    if (keys.length === 0) return draw(turn, query, customer, NOTHING);
    const looked = customer ? await atCustomer(keys, customer, turn) : await everywhere(keys, turn);
    const cut = all.length > keys.length ? [turn.wording.say('find.tooMany', { max: MAX_KEYS })] : [];
    return draw(turn, query, customer, { rows: looked.rows, notes: [...cut, ...looked.notes] });
  }

  return {
    /** `find`, alone or with numbers behind it, and `at` a customer's name, domain or tenant id. */
    async start(turn: Turn, typed: string): Promise<readonly Reply[]> {
      await access.requireRep(turn.speaker);
      const [, query = typed, named] = AT_CUSTOMER.exec(typed) ?? [];
      const customer = named === undefined ? undefined : await theOnly(named);
      return [{ card: await look(turn, query, customer) }];
    },

    /** The form's button. */
    async find(turn: Turn, query: string, customerId?: string): Promise<AdaptiveCard> {
      await access.requireRep(turn.speaker);
      const id = customerId === undefined ? undefined : parseTenantId(customerId);
      return look(turn, query, id && (await customers.find(id)));
    },

    /** Numbers typed while nothing is under way: what they may be meant for. Nothing where there are none, or too many. */
    offer(turn: Turn, typed: string): Reply | undefined {
      const keys = readKeys(typed);
      if (keys.length === 0 || keys.length > MAX_KEYS) return undefined;
      const { say } = turn.wording;
      const text = say('find.number', { count: keys.length });
      return {
        card: sayCard(
          {
            text,
            buttons: [
              { verb: FIND_VERB, title: say('command.find'), data: { query: keys.join('\n') } },
              { verb: 'register.start', title: say('command.register') },
            ],
          },
          turn.wording,
        ),
      };
    },
  };

  /** The one customer of this name, domain or tenant id; with several, or none, everything that was sent is looked at. */
  async function theOnly(named: string): Promise<Customer | undefined> {
    const id: TenantId | undefined = parseTenantId(named);
    if (id) return customers.find(id);
    const { customers: found } = await customers.list({ query: named.trim(), activeOnly: true, limit: 2 });
    return found.length === 1 ? found[0] : undefined;
  }
}

export type FindDialog = ReturnType<typeof createFindDialog>;

/** "at" in the four languages. */
const AT_CUSTOMER = /^([\s\S]*\S)\s+(?:at|chez|hos|אצל)\s+(\S[^\n]*)$/iu;
