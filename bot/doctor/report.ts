import { adviceSentence, findingLine, findingSentence } from '../../cards/doctor/sentences.ts';
import { bare } from '../../cards/text.ts';
import type { Wording } from '../../cards/wording/wording.ts';
import { type Finding, isWell } from '../../services/operation/finding.ts';

/** One line per finding: its mark, what was checked, what was found, and what to do about a problem. */
export function asText(findings: readonly Finding[], wording: Wording): string {
  return findings
    .map((finding) => {
      const line = findingLine(finding, wording, bare);
      return `${MARKS[finding.outcome]}  ${[line, adviceOf(finding, wording)].filter(Boolean).join(' ')}\n`;
    })
    .join('');
}

/** One JSON object on one line, for programs: ids and values of each finding beside its words. */
export function asJson(findings: readonly Finding[], wording: Wording): string {
  const worded = findings.map((finding) => {
    const text = findingSentence(finding, wording, bare);
    const advice = adviceOf(finding, wording);
    return { ...finding, text, ...(advice && { advice }) };
  });
  return `${JSON.stringify({ ok: isWell(findings), findings: worded })}\n`;
}

const MARKS = { ok: 'ok     ', problem: 'problem', 'not-checked': '?      ' } as const;

function adviceOf(finding: Finding, wording: Wording): string {
  return finding.outcome === 'problem' ? adviceSentence(finding, wording, bare) : '';
}
