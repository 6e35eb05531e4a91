import type { Teams } from '../emulators/teams/index.ts';
import { ANNA, CONTOSO, type EmulatedPerson, type EmulatedTenant, NORTHWIND, ROBIN } from '../emulators/world.ts';
import { playgroundConfig } from '../playground/config.ts';
import { type PlaygroundProcess, startPlayground } from '../playground/process.ts';
import type { Ports } from './ports.ts';
import type { Store } from './store.ts';

/** A Playground of the sandbox: who sits there. */
type Seat = Readonly<{ name: string; tenant: EmulatedTenant; me: EmulatedPerson; port: number }>;

/** Starts both Playgrounds: Robin, who registers devices for Northwind, and Anna, who administers Contoso. */
export async function startSeats(teams: Teams, appId: string, ports: Ports, store: Store) {
  const [partner, customer] = await Promise.allSettled([
    start({ name: 'partner', tenant: NORTHWIND, me: ROBIN, port: ports.partnerPlayground }),
    start({ name: 'customer', tenant: CONTOSO, me: ANNA, port: ports.customerPlayground }),
  ]);
  if (partner.status === 'rejected') return giveUp(partner.reason, customer);
  if (customer.status === 'rejected') return giveUp(customer.reason, partner);
  return { partner: partner.value, customer: customer.value };

  function start({ name, tenant, me, port }: Seat): Promise<PlaygroundProcess> {
    const { tenantId } = tenant;
    const attached = teams.attachPlayground({ name, playgroundUrl: `http://127.0.0.1:${port}`, tenantId });
    const others = tenant.people.filter(({ id }) => id !== me.id).map(person);
    const config = playgroundConfig({ appId, botName: 'Tarmac', tenantId, me: person(me), others });
    return startPlayground({
      port,
      botEndpoint: attached.endpoint(),
      config,
      folder: store.path(`playground-${name}`),
    });
  }
}

/** One Playground is of no use without the other. */
async function giveUp(reason: unknown, other: PromiseSettledResult<PlaygroundProcess>): Promise<never> {
  if (other.status === 'fulfilled') await other.value.close();
  throw reason;
}

function person({ id, name, upn }: EmulatedPerson) {
  return { userId: id, name, upn };
}
