import type { Upload } from './batch.ts';
import type { UploadOutcome } from './ports.ts';

const LOOK_GROWTH = 1.6;
/**
 * First pause between two looks at an upload, in ms; each is 1.6 times the last, up to the longest. They are those that begin
 * with 2 s and 3.2 s, but for these two: they would cost every short batch two requests to tell the rep seconds sooner.
 */
const FIRST_LOOK_MS = 2_000 * LOOK_GROWTH ** 2;
/** A little less than a minute, so that the rep is told within a minute of the end, and within half of one as a rule. */
const LONGEST_LOOK_MS = 55_000;
/** Long lists take longer, so the first look at them comes later: this much per device, in ms. Our own rule. */
const LATER_PER_DEVICE_MS = 20;

/** Pause before look number `looks` (from 0) at an upload of so many devices, in ms. */
export function lookPauseMs(looks: number, devices = 0): number {
  const first = FIRST_LOOK_MS + Math.min(devices, 1_000) * LATER_PER_DEVICE_MS;
  return Math.min(Math.round(first * LOOK_GROWTH ** Math.min(looks, 20)), LONGEST_LOOK_MS);
}

/** Partner Center gets this long to show a batch whose acceptance was not answered, before it is posted again. */
export const QUIET_BEFORE_REPEAT_MS = 10 * 60_000;
/** And it must have been looked for that often. */
export const LOOKS_BEFORE_REPEAT = 3;
/** After this long without certainty a person must look. */
export const CERTAINTY_WITHIN_MS = 24 * 3_600_000;
/** A finished upload may still owe the verdict on some devices; that long they are asked for again. */
export const LATE_RESULTS_WITHIN_MS = 30 * 60_000;

/** What an upload says while it waits for somebody to sign in to Partner Center again. */
export const PARKED = 'partner-center-sign-in';

/** What follows from an answer to a POST: the next state of the upload and the pause before its next job. */
export type AfterPost = Readonly<{
  state: Upload['state'];
  pauseMs: number;
  trackingId?: string;
  problem?: string;
  problemDetails?: Readonly<Record<string, string | number>>;
}>;

/** Turns an outcome into the upload's next state. An unknown outcome is read back, never repeated blindly. */
export function afterPost(
  outcome: UploadOutcome,
  sent: Pick<Upload, 'attempts' | 'number' | 'firstSentAt'> & Readonly<{ devices: number }>,
  now: Date,
): AfterPost {
  switch (outcome.kind) {
    case 'accepted':
      return { state: 'accepted', pauseMs: lookPauseMs(0, sent.devices), trackingId: outcome.trackingId };
    case 'throttled':
      return { state: 'queued', pauseMs: outcome.retryAfterMs };
    case 'not-sent':
      return {
        state: 'queued',
        pauseMs: Math.min(2_000 * 2 ** sent.attempts, 300_000),
        problem: outcome.reason === PARKED ? PARKED : undefined,
      };
    case 'ambiguous':
      return { state: 'reconciling', pauseMs: lookPauseMs(0), problem: outcome.reason };
    case 'refused':
      if (isBatchNotVisibleYet(outcome, sent, now)) return { state: 'queued', pauseMs: lookPauseMs(sent.attempts) };
      if (isDuplicateName(outcome)) return { state: 'reconciling', pauseMs: lookPauseMs(0), problem: 'duplicate-name' };
      return {
        state: 'failed',
        pauseMs: 0,
        problem: 'refused',
        problemDetails: {
          status: outcome.status,
          code: outcome.code ?? '',
          description: (outcome.description ?? '').slice(0, 300),
          correlationId: outcome.correlationId ?? '',
        },
      };
  }
}

/**
 * Whether what was read back settles an upload whose POST went unanswered. `unclear`: not there,
 * but the batch still works on something, or does not show itself although it is there: then nothing is repeated.
 */
export function afterReadingBack(
  upload: Pick<Upload, 'looks' | 'firstSentAt' | 'sentAt'>,
  seen: 'there' | 'unclear' | 'absent',
  now: Date,
): AfterPost {
  if (seen === 'there') return { state: 'accepted', pauseMs: lookPauseMs(0) };
  const since = (moment: Date | undefined) => now.getTime() - (moment ?? now).getTime();
  if (since(upload.firstSentAt) >= CERTAINTY_WITHIN_MS) {
    return { state: 'needs-human', pauseMs: 0, problem: 'outcome-unknown' };
  }
  if (seen === 'absent' && upload.looks + 1 >= LOOKS_BEFORE_REPEAT && since(upload.sentAt) >= QUIET_BEFORE_REPEAT_MS) {
    return { state: 'queued', pauseMs: 0 };
  }
  return { state: 'reconciling', pauseMs: lookPauseMs(upload.looks + 1) };
}

/** Adding to a batch that was accepted a moment ago: it need not be there yet. */
function isBatchNotVisibleYet(
  { status }: Extract<UploadOutcome, { kind: 'refused' }>,
  { number, firstSentAt }: Pick<Upload, 'number' | 'firstSentAt'>,
  now: Date,
): boolean {
  return status === 404 && number > 1 && now.getTime() - (firstSentAt ?? now).getTime() < LATE_RESULTS_WITHIN_MS;
}

function isDuplicateName({ status, description = '' }: Extract<UploadOutcome, { kind: 'refused' }>): boolean {
  return status === 409 || (status === 400 && /already exists|duplicate/i.test(description));
}
