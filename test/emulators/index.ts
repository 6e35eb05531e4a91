import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { sharedControlRoutes } from './control.ts';
import { createFaults } from './faults.ts';
import { createGraphEmulator } from './graph.ts';
import { createJournal } from './journal.ts';
import { createLoginEmulator } from './login.ts';
import { createPartnerCenterEmulator } from './partner-center.ts';
import { DEFAULT_WORLD, type World } from './world.ts';

export type EmulatorOptions = Readonly<{
  /** Free ports unless given. */
  ports?: Readonly<{ login?: number; graph?: number; partnerCenter?: number }>;
  world?: World;
  /** The clock of everything, in milliseconds. */
  now?: () => number;
  /** JSON lines of every request, synced to disk one by one. */
  journalFile?: string;
  /** Where the root for webhook signatures goes, as PEM. */
  webhookCaFile?: string;
  /** What `snapshot()` returned earlier. */
  snapshot?: unknown;
}>;

export type Emulators = Awaited<ReturnType<typeof startEmulators>>;

const SnapshotSchema = z.object({ login: z.unknown(), graph: z.unknown(), partnerCenter: z.unknown() });

/** Starts Microsoft's upstreams on the loopback address: login, Graph, Partner Center with the consent page. */
export async function startEmulators(options: EmulatorOptions = {}) {
  const { ports = {}, world = DEFAULT_WORLD, now = Date.now, journalFile, webhookCaFile } = options;
  const journal = createJournal({ file: journalFile, now });
  const faults = createFaults();
  const common = { journal, faults, world, now, routes: sharedControlRoutes(journal, faults) };
  const login = await createLoginEmulator(common);
  const graph = createGraphEmulator({ ...common, login });
  const partnerCenter = createPartnerCenterEmulator({ ...common, login });

  if (options.snapshot !== undefined) {
    const snapshot = SnapshotSchema.parse(options.snapshot);
    login.restore(snapshot.login);
    graph.restore(snapshot.graph);
    partnerCenter.restore(snapshot.partnerCenter);
  }
  if (webhookCaFile !== undefined) writeFileSync(webhookCaFile, await partnerCenter.rootPem());

  const loginUrl = await login.listen(ports.login);
  const urls = {
    login: loginUrl,
    botLogin: loginUrl,
    graph: await graph.listen(ports.graph),
    partnerCenter: await partnerCenter.listen(ports.partnerCenter),
  };
  return {
    ...{ login, graph, partnerCenter, journal, faults, urls, world },
    /** All that a later start needs to go on from here: plain JSON with keys in it, for test worlds only. */
    async snapshot(): Promise<unknown> {
      return { login: login.snapshot(), graph: graph.snapshot(), partnerCenter: await partnerCenter.snapshot() };
    },
    async close(): Promise<void> {
      await Promise.all([login.close(), graph.close(), partnerCenter.close()]);
      journal.close();
    },
  };
}
