import type { Finding } from '../../services/operation/finding.ts';
import { button } from '../buttons.ts';
import { status } from '../facts.ts';
import { type AdaptiveCard, prepare } from '../render.ts';
import { plain } from '../text.ts';
import type { Wording } from '../wording/wording.ts';
import { adviceSentence, findingLine, findingSentence } from './sentences.ts';
import template from './template.json' with { type: 'json' };

export const DOCTOR_VERB = 'doctor.run';

export type DoctorView = Readonly<{
  /** Absent until everything was looked at. */
  endedAt?: Date;
  /** Absent while looking, or when they cannot be read. */
  findings?: readonly Finding[];
}>;

/** More problems than these are counted only: each comes with two sentences. */
const MAX_PROBLEMS = 15;
const MAX_WELL = 40;
const MAX_LINE_CHARS = 700;

/** Shows what an examination of the installation found: problems first, with what to do; what works is folded away. */
export function doctorCard({ endedAt, findings = [] }: DoctorView, wording: Wording): AdaptiveCard {
  const { say } = wording;
  const problems = findings.filter((finding) => finding.outcome === 'problem');
  const well = findings.filter(({ outcome }) => outcome === 'ok');
  const state = stateOf(endedAt, findings.length, problems.length, wording);
  const title = say('doctor.title');
  const more = problems.length - MAX_PROBLEMS;
  return draw(
    {
      title,
      status: [state],
      problems: problems.slice(0, MAX_PROBLEMS).map((finding) => ({
        check: status('Attention', say(`doctor.check.${finding.check}`)),
        found: short(findingSentence(finding, wording)),
        advice: short(adviceSentence(finding, wording)),
      })),
      notes: [
        ...(more > 0 ? [say('doctor.more', { count: more })] : []),
        ...findings.filter(({ outcome }) => outcome === 'not-checked').map((finding) => lineOf('–', finding, wording)),
      ],
      folded: well.length > 0 ? [{ text: `✓ ${say('doctor.well', { count: well.length })}` }] : [],
      hasFolded: well.length > 0,
      unfold: say('doctor.details'),
      well: well.slice(0, MAX_WELL).map((finding) => lineOf('✓', finding, wording)),
      ended: endedAt ? [say('doctor.ended', { date: wording.dateTime(endedAt) })] : [],
      buttons: endedAt ? [button(say('doctor.again'), DOCTOR_VERB)] : [],
      hasButtons: endedAt !== undefined,
    },
    wording,
    `${title}. ${state.text}`,
  );
}

const draw = prepare(template);

function stateOf(endedAt: Date | undefined, count: number, problems: number, { say }: Wording) {
  if (!endedAt) return status('Accent', say('doctor.running'));
  if (count === 0) return status('Warning', say('doctor.unreadable'));
  if (problems > 0) return status('Attention', say('doctor.problems', { count: problems }));
  return status('Good', say('doctor.noProblems'));
}

function lineOf(sign: string, finding: Finding, wording: Wording): string {
  return short(`${sign} ${findingLine(finding, wording)}`);
}

/** Sentences are safe already; only their length is bounded, so that the fullest card stays small. */
function short(sentence: string): string {
  return sentence.length <= MAX_LINE_CHARS ? sentence : plain(sentence, MAX_LINE_CHARS);
}
