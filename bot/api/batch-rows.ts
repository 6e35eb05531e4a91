import type { z } from 'zod';
import { bare } from '../../cards/text.ts';
import { deviceWords, problemSentence } from '../../cards/wording/sentences.ts';
import type { Wording } from '../../cards/wording/wording.ts';
import { sourceName } from '../../dialogs/device-names.ts';
import { autopilotErrorName, type BatchDevice } from '../../services/devices/batch.ts';
import type { ListProblem } from '../../services/devices/device.ts';
import type { deviceShape, lineProblemShape } from './shapes.ts';

/** Longest source name given out, in characters. */
const MAX_SOURCE_CHARS = 200;

/** A line that was not taken, in the caller's words. */
export function lineProblemOf(
  { position, source, row, kind, details }: ListProblem & { position: number },
  wording: Wording,
): z.input<typeof lineProblemShape> {
  const named = { ...details };
  if (typeof named.firstSource === 'string') named.firstSource = sourceName(named.firstSource, wording);
  return { position, source: place(source, wording), row, kind, text: problemSentence(kind, named, wording) };
}

/** A device with its doubt or its error in the caller's words. Its hardware hash stays here. */
export function deviceOf(device: BatchDevice, wording: Wording): z.input<typeof deviceShape> {
  const { position, source, row, pkid, serial, manufacturer, model, hash, state, confirm } = device;
  const value = pkid ?? serial ?? '';
  return {
    ...{ position, row, pkid, serial, manufacturer, model, state },
    source: place(source, wording),
    hasHash: hash !== undefined,
    doubt: confirm && { kind: confirm, text: problemSentence(confirm, { value }, wording) },
    error: state === 'failed' ? errorOf(device, wording) : undefined,
  };
}

function errorOf({ errorCode: code, errorName }: BatchDevice, wording: Wording) {
  const name = autopilotErrorName(code, errorName);
  return { code, name, ...deviceWords({ name, code }, wording) };
}

function place(source: string, wording: Wording): string {
  return bare(sourceName(source, wording), MAX_SOURCE_CHARS);
}
