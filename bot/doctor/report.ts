import { adviceSentence, findingSentence } from '../../cards/doctor/sentences.ts';
import { bare } from '../../cards/text.ts';
import type { Wording } from '../../cards/wording/wording.ts';
import { type Finding, isWell } from '../../services/operation/finding.ts';

/** One line per finding: its mark, what was checked, what was found, and what to do about a problem. */
export function asText(findings: readonly Finding[], wording: Wording): string {
  return findings
    .map((finding) => {
      const { check, text, advice } = inWords(finding, wording);
      return `${MARKS[finding.outcome]}  ${[`${check}: ${text}`, advice].filter(Boolean).join(' ')}\n`;
    })
    .join('');
}

/** One JSON object on one line, for programs: ids and values of each finding beside its words. */
export function asJson(findings: readonly Finding[], wording: Wording): string {
  const worded = findings.map((finding) => {
    const { text, advice } = inWords(finding, wording);
    return { ...finding, text, ...(advice && { advice }) };
  });
  return `${JSON.stringify({ ok: isWell(findings), findings: worded })}\n`;
}

const MARKS = { ok: 'ok     ', problem: 'problem', 'not-checked': '?      ' } as const;

function inWords(finding: Finding, wording: Wording) {
  return {
    check: wording.say(`doctor.check.${finding.check}`),
    text: findingSentence(finding, wording, bare),
    advice: finding.outcome === 'problem' ? adviceSentence(finding, wording, bare) : '',
  };
}
