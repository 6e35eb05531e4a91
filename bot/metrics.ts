import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { type Jobs, QUEUES } from '../services/queue/ports.ts';

/** Figures about this process, as Prometheus reads them. */
export function createMetrics(jobs: Pick<Jobs, 'counts'>) {
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
  return { registry, refused: (reason: string) => refusals.inc({ reason }) };
}
