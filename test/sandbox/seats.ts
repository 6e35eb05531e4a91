import type { Teams } from '../emulators/teams/index.ts';
import { ANNA, CONTOSO, type EmulatedPerson, type EmulatedTenant, NORTHWIND, ROBIN, SAM } from '../emulators/world.ts';
import { playgroundConfig } from '../playground/config.ts';
import { type PlaygroundProcess, startPlayground } from '../playground/process.ts';
import type { Ports } from './ports.ts';
import type { Store } from './store.ts';

export type SeatName = 'partner' | 'customer' | 'colleague';

/** A Playground of the sandbox: who sits there. */
type Seat = Readonly<{ name: SeatName; tenant: EmulatedTenant; me: EmulatedPerson; port: number }>;

/**
 * Starts the Playgrounds: Robin, who registers devices for Northwind, Anna, who administers Contoso, and where there is a
 * port for it Sam, Robin's colleague who may confirm removals.
 */
export async function startSeats(teams: Teams, appId: string, ports: Ports, store: Store) {
  const { partnerPlayground, customerPlayground, colleaguePlayground } = ports;
  const wanted: readonly Seat[] = [
    { name: 'partner', tenant: NORTHWIND, me: ROBIN, port: partnerPlayground },
    { name: 'customer', tenant: CONTOSO, me: ANNA, port: customerPlayground },
    ...(colleaguePlayground
      ? [{ name: 'colleague', tenant: NORTHWIND, me: SAM, port: colleaguePlayground } as const]
      : []),
  ];
  const seats = wanted.map((seat) => ({ ...seat, starting: start(seat) }));
  const results = await Promise.allSettled(seats.map(({ starting }) => starting));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) return giveUp(failed.reason, results);
  return Promise.all(seats.map(async ({ name, starting }) => ({ name, playground: await starting })));

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

/** One Playground is of no use without the others. */
async function giveUp(reason: unknown, results: readonly PromiseSettledResult<PlaygroundProcess>[]): Promise<never> {
  await Promise.all(results.map((result) => result.status === 'fulfilled' && result.value.close()));
  throw reason;
}

function person({ id, name, upn }: EmulatedPerson) {
  return { userId: id, name, upn };
}
