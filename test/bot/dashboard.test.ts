import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createMetrics } from '../../bot/metrics.ts';
import { BATCH_STATES } from '../../services/devices/batch.ts';
import type { EventState } from '../../services/events/event.ts';
import type { DeliveryState } from '../../services/messages/message.ts';
import { QUEUES, type QueueName } from '../../services/queue/ports.ts';
import { REQUEST_STATES } from '../../services/relationships/relationship.ts';

const dashboard = z
  .object({
    templating: z.object({ list: z.array(z.object({ name: z.string() })) }),
    panels: z.array(
      z.object({
        id: z.number(),
        title: z.string(),
        gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
        targets: z.array(z.object({ expr: z.string(), legendFormat: z.string() })).min(1),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync('appPackage/operation/grafana-dashboard.json', 'utf8')));

const queries = dashboard.panels.flatMap(({ title, targets }) => targets.map((target) => ({ title, ...target })));

describe('the dashboard by example', () => {
  let series: readonly Series[];
  beforeAll(async () => {
    series = seriesOf(await scrape());
  });

  it.each(queries)('asks for what the bot exports: $title, $legendFormat', ({ expr }) => {
    expect(missingFrom(series, expr)).toEqual([]);
  });

  it('shows every figure of our own', () => {
    const own = new Set(series.map(({ name }) => name).filter((name) => name.startsWith('tarmac_')));
    expect([...own].filter((name) => !queries.some(({ expr }) => expr.includes(`${name}{`)))).toEqual([]);
  });

  it('is read by a check that finds wrong names, states and groupings', () => {
    expect(missingFrom(series, 'max(tarmac_batchs{state="done"})')).toEqual(['tarmac_batchs']);
    expect(missingFrom(series, 'max(tarmac_batches{state="finished"})')).toEqual(['tarmac_batches{state="finished"}']);
    expect(missingFrom(series, 'max by (queue) (tarmac_batches)')).toEqual(['by queue']);
    expect(missingFrom(series, 'max by (state) (tarmac_batches{state!="done"})')).toEqual([]);
  });

  it('names in queries only variables that it has or Grafana brings', () => {
    const known = [...dashboard.templating.list.map(({ name }) => name), '__rate_interval'];
    const named = queries.flatMap(({ expr }) => [...expr.matchAll(/\$(\w+)/g)].map(([, name]) => name));
    expect(named.filter((name) => !known.includes(name ?? ''))).toEqual([]);
  });

  it('lays no panel over another', () => {
    const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, at) => `${x + (at % w)},${y + Math.floor(at / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
  });
});

type Series = Readonly<{ name: string; labels: Readonly<Record<string, string>> }>;

const MESSAGES = { waiting: 1, due: 1, sending: 1, sent: 1, ambiguous: 1, undeliverable: 1 };
const EVENTS = { due: 1, sent: 1, 'given-up': 1 };

/** What the bot would answer where there is one of each. */
async function scrape(): Promise<string> {
  const each = (states: readonly string[]) => Object.fromEntries(states.map((state) => [state, 1]));
  const metrics = createMetrics({
    jobs: { counts: async () => Object.fromEntries(QUEUES.map((queue) => [queue, 1])) as Record<QueueName, number> },
    figures: async () => ({
      batches: each(BATCH_STATES),
      requests: each(REQUEST_STATES),
      messages: MESSAGES satisfies Record<DeliveryState, number>,
      events: EVENTS satisfies Record<EventState, number>,
      alarms: 1,
    }),
    signInDaysLeft: async () => 90,
    now: () => new Date('2026-11-21T09:00:00Z'),
  });
  metrics.refused('expired');
  return metrics.registry.metrics();
}

function seriesOf(text: string): readonly Series[] {
  return text
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => ({ name: /^\w+/.exec(line)?.[0] ?? '', labels: labelsOf(line) }));
}

function labelsOf(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]));
}

/** Names, selections and groupings of a query for which there is no series. `instance` is a label of Prometheus' own. */
function missingFrom(series: readonly Series[], expr: string): string[] {
  const missing: string[] = [];
  for (const [selection, name = '', matchers = ''] of expr.matchAll(/\b([a-z]+_\w+)(\{[^}]*\})?/g)) {
    const found = series.filter((each) => each.name === name);
    const wanted = Object.entries(labelsOf(matchers));
    if (found.length === 0) missing.push(name);
    else if (!found.some(({ labels }) => wanted.every(([label, value]) => labels[label] === value)))
      missing.push(selection);
    const [, label = ''] = /\bby \((\w+)\)/.exec(expr) ?? [];
    if (label && found.length > 0 && found.every(({ labels }) => !(label in labels))) missing.push(`by ${label}`);
  }
  return missing;
}
