import { expect, it } from 'vitest';
import { messageOf, notChecked, ok, problem } from '../../bot/doctor/finding.ts';
import { asJson, asText, isWell } from '../../bot/doctor/report.ts';

const FINDINGS = [
  ok('settings', 'Complete.'),
  notChecked('bot', 'It does not answer.'),
  problem('webhook', 'There is none.', 'Start the bot.'),
];

it('writes one line per finding, with what to do about a problem', () => {
  expect(asText(FINDINGS).split('\n')).toEqual([
    'ok       settings: Complete.',
    '?        bot: It does not answer.',
    'problem  webhook: There is none. Start the bot.',
    '',
  ]);
});

it('writes one JSON object for programs', () => {
  expect(JSON.parse(asJson(FINDINGS))).toEqual({ ok: false, findings: FINDINGS });
  expect(asJson(FINDINGS).trim()).not.toContain('\n');
});

it('calls an installation well that has no problem, even where something was not checked', () => {
  expect(isWell(FINDINGS)).toBe(false);
  expect(isWell(FINDINGS.slice(0, 2))).toBe(true);
});

it('shows the first line of a foreign error, with its code and without a password', () => {
  const error = Object.assign(new Error('no way to postgres://bot:hunter2@db.example/x\n at secret.ts'), {
    code: 'E1',
  });
  expect(messageOf(error)).toBe('No way to postgres://db.example/x (E1).');
});
