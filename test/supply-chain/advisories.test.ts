import { expect, it } from 'vitest';
import { verdictOf } from './advisories.ts';

const none = { info: 0, low: 0, moderate: 0, high: 0, critical: 0 };
const reportOf = (vulnerabilities: object, found: object) =>
  JSON.stringify({ metadata: { vulnerabilities: { ...none, ...found } }, vulnerabilities });

it.each(['', 'not JSON', '{}', '{"error":{"code":"E405"}}', '{"metadata":{}}'])(
  'says that nothing was checked when the service answers %j',
  (answer) => {
    expect(verdictOf(answer)).toEqual({ code: 0, sentence: expect.stringContaining('NOT CHECKED') });
  },
);

it('passes what is at most moderate', () => {
  const verdict = verdictOf(reportOf({ a: { severity: 'moderate' } }, { moderate: 1 }));
  expect(verdict).toEqual({ code: 0, sentence: 'checked: 0 critical, 0 high, 1 moderate, 0 lower' });
});

it.each(['high', 'critical'])('fails on %s and names the package', (severity) => {
  const verdict = verdictOf(reportOf({ bad: { severity, range: '<2' }, fine: { severity: 'low' } }, { [severity]: 1 }));
  expect(verdict.code).toBe(1);
  expect(verdict.sentence).toContain(`- bad <2: ${severity}`);
  expect(verdict.sentence).not.toContain('fine');
});
