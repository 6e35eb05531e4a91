import { z } from 'zod';

const counts = z.object({
  info: z.number(),
  low: z.number(),
  moderate: z.number(),
  high: z.number(),
  critical: z.number(),
});
const report = z.object({
  metadata: z.object({ vulnerabilities: counts }),
  vulnerabilities: z.record(z.string(), z.object({ severity: z.string(), range: z.string().optional() })),
});

/**
 * What a report of `npm audit` means: 1 for anything high or critical, 0 otherwise. A service that does not answer is
 * no good news and no bad news, and the sentence says so.
 */
export function verdictOf(json: string): Readonly<{ sentence: string; code: 0 | 1 }> {
  const { data } = report.safeParse(parse(json));
  if (!data) return { sentence: 'NOT CHECKED: the advisory service does not answer from here.', code: 0 };
  const { info, low, moderate, high, critical } = data.metadata.vulnerabilities;
  const known = `${critical} critical, ${high} high, ${moderate} moderate, ${low + info} lower`;
  if (high + critical === 0) return { sentence: `checked: ${known}`, code: 0 };
  const serious = Object.entries(data.vulnerabilities).filter(([, { severity }]) => /high|critical/.test(severity));
  const lines = serious.map(([name, { severity, range }]) => `- ${name} ${range ?? ''}: ${severity}`);
  return { sentence: [`known advisories: ${known}`, ...lines].join('\n'), code: 1 };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
