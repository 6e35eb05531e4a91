import { createServer } from 'node:net';

/** What listens where. */
export type Ports = ReturnType<typeof layOutPorts>;

/** Consecutive ports from the base on; an eighth where a colleague has a Playground too. */
export function layOutPorts(base: number, colleague = false) {
  return {
    bot: base,
    teams: base + 1,
    login: base + 2,
    graph: base + 3,
    partnerCenter: base + 4,
    partnerPlayground: base + 5,
    customerPlayground: base + 6,
    ...(colleague && { colleaguePlayground: base + 7 }),
  };
}

/** The first port that something else holds; `undefined` when all are free. */
export async function findTakenPort(ports: Ports): Promise<number | undefined> {
  for (const port of Object.values(ports)) if (!(await isFree(port))) return port;
  return undefined;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
