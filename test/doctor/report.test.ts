import { expect, it } from 'vitest';
import { checked, messageOf } from '../../bot/doctor/failures.ts';
import { asJson, asText } from '../../bot/doctor/report.ts';
import { createWording } from '../../cards/wording/wording.ts';
import { ServiceError } from '../../services/errors.ts';
import { findingsColumn, isWell, notChecked, ok, problem } from '../../services/operation/finding.ts';

const ENGLISH = createWording('en');
const FINDINGS = [
  ok('settings', 'settings-complete'),
  notChecked('bot', 'bot-silent', { address: '127.0.0.1:1' }),
  problem('webhook', 'webhook-none', 'webhook'),
];

it('writes one line per finding, with what to do about a problem', () => {
  expect(asText(FINDINGS, ENGLISH).split('\n')).toEqual([
    'ok       Settings: Complete.',
    '?        Running bot: It does not answer at 127.0.0.1:1, perhaps because it runs elsewhere.',
    'problem  Events of Partner Center: Partner Center has no address for events. Start the bot: it registers its address within the first minutes, and again every hour.',
    '',
  ]);
});

it('writes it in the language of whoever reads', () => {
  expect(asText(FINDINGS, createWording('sv-SE'))).toContain('Händelser från Partnercenter: Partnercenter har ingen');
});

it('writes one JSON object for programs, with ids and words', () => {
  const text = asJson(FINDINGS, ENGLISH);
  expect(text.trim()).not.toContain('\n');
  expect(JSON.parse(text)).toMatchObject({
    ok: false,
    findings: [
      { check: 'settings', outcome: 'ok', found: 'settings-complete', text: 'Complete.' },
      { check: 'bot', outcome: 'not-checked', values: { address: '127.0.0.1:1' } },
      { check: 'webhook', outcome: 'problem', advice: expect.stringContaining('Start the bot') },
    ],
  });
});

it('calls an installation well that has no problem, even where something was not checked', () => {
  expect(isWell(FINDINGS)).toBe(false);
  expect(isWell(FINDINGS.slice(0, 2))).toBe(true);
});

it('shows the first line of a foreign error, with its code and without a password', () => {
  const error = Object.assign(new Error('no way to postgres://bot:hunter2@db.example/x\n at secret.ts'), {
    code: 'E1',
  });
  expect(messageOf(error)).toBe('no way to postgres://db.example/x (E1)');
});

it('names Microsoft’s number of an error beside what helps', async () => {
  const error = new ServiceError('partner-center-sign-in', 'the sign-in expired', {
    reason: 'expired',
    aadsts: 700_082,
  });
  const findings = await checked('partner-center-user', () => Promise.reject(error));
  expect(asText(findings, ENGLISH)).toBe(
    'problem  Sign-in to Partner Center: This does not work: the sign-in expired. Sign in with the service account and its second factor: npm run sign-in. Microsoft explains the number AADSTS700082.\n',
  );
});

it('reads what was stored, and nothing that a newer version found', () => {
  expect(findingsColumn.parse(JSON.parse(JSON.stringify(FINDINGS)))).toEqual(FINDINGS);
  expect(findingsColumn.safeParse([{ ...FINDINGS[0], found: 'moon-phase' }]).success).toBe(false);
});
