import type { Finding } from './finding.ts';

/** Whether nothing is wrong. What could not be checked is no problem. */
export function isWell(findings: readonly Finding[]): boolean {
  return findings.every(({ outcome }) => outcome !== 'problem');
}

/** One line per finding: its mark, what was checked, what was found, and what to do about a problem. */
export function asText(findings: readonly Finding[]): string {
  return findings.map(line).join('');
}

/** One JSON object on one line, for programs. */
export function asJson(findings: readonly Finding[]): string {
  return `${JSON.stringify({ ok: isWell(findings), findings })}\n`;
}

const MARKS = { ok: 'ok     ', problem: 'problem', 'not-checked': '?      ' } as const;

function line(finding: Finding): string {
  const advice = finding.outcome === 'problem' ? ` ${finding.advice}` : '';
  return `${MARKS[finding.outcome]}  ${finding.check}: ${finding.text}${advice}\n`;
}
