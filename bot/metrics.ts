import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Figures } from '../services/operation/figures.ts';
import { type Jobs, QUEUES } from '../services/queue/ports.ts';

export type MetricsParts = Readonly<{
  jobs: Pick<Jobs, 'counts'>;
  figures: () => Promise<Figures>;
  /** Days the stored sign-in to Partner Center is still good for; `undefined` while there is none. */
  signInDaysLeft: () => Promise<number | undefined>;
  now: () => Date;
}>;

/** Figures about this process and about what it works on, as Prometheus reads them. */
export function createMetrics({ jobs, figures, signInDaysLeft, now }: MetricsParts) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const refusals = new Counter({
    name: 'tarmac_requests_refused_total',
    help: 'Requests to the messages endpoint that were refused, by reason',
    labelNames: ['reason'],
    registers: [registry],
  });
  new Gauge({
    name: 'tarmac_jobs',
    help: 'Jobs that wait or run, by queue',
    labelNames: ['queue'],
    registers: [registry],
    async collect() {
      const counts = await jobs.counts();
      for (const queue of QUEUES) this.set({ queue }, counts[queue]);
    },
  });
  /** All gauges of one scrape are of one reading: who asks within a second gets the same. */
  let reading: Promise<Figures> | undefined;
  const read = (): Promise<Figures> => {
    if (!reading) {
      reading = figures();
      setTimeout(() => {
        reading = undefined;
      }, 1_000).unref();
    }
    return reading;
  };
  for (const [kind, help] of Object.entries(BY_STATE)) {
    new Gauge({
      name: `tarmac_${kind}`,
      help,
      labelNames: ['state'],
      registers: [registry],
      async collect() {
        this.reset();
        for (const [state, count] of Object.entries((await read())[kind as Kind])) this.set({ state }, count);
      },
    });
  }
  new Gauge({
    name: 'tarmac_oldest_open_batch_seconds',
    help: 'For how long the longest running batch is under way; 0 when none is',
    registers: [registry],
    async collect() {
      const since = (await read()).oldestOpenBatch;
      this.set(since ? Math.max(0, (now().getTime() - since.getTime()) / 1_000) : 0);
    },
  });
  new Gauge({
    name: 'tarmac_alarms',
    help: 'Rows found in the last seven days that contradict the audit; anything but 0 is for a person to look into',
    registers: [registry],
    async collect() {
      this.set((await read()).alarms);
    },
  });
  new Gauge({
    name: 'tarmac_sign_in_days_left',
    help: 'Days until the sign-in to Partner Center has to be renewed by a person; NaN while there is none',
    registers: [registry],
    async collect() {
      this.set((await signInDaysLeft()) ?? Number.NaN);
    },
  });
  return { registry, refused: (reason: string) => refusals.inc({ reason }) };
}

type Kind = 'batches' | 'requests' | 'messages' | 'events';

const BY_STATE: Readonly<Record<Kind, string>> = {
  batches: 'Device batches, by state',
  requests: 'Relationship requests, by state',
  messages: 'Messages in Teams, by how far they got',
  events: 'Events for the ticket system, by how far they got',
};
