import type { ListInput } from '../services/devices/ports.ts';
import { ServiceError } from '../services/errors.ts';
import type { AttachedFile, Said } from './turn.ts';

/** Source name of pasted text, from the second one on with its number; the catalogue has its words. */
export const PASTED = 'pasted';

/** What somebody handed over as inputs for the list reader: its files, then its text. `paste` counts pastes, from 1. */
export async function inputsOf({ text, html, files }: Said, paste: number): Promise<readonly ListInput[]> {
  const inputs: ListInput[] = [];
  for (const file of files) {
    const { name, bytes } = await fetchFile(file);
    inputs.push({ kind: 'file', source: name, bytes });
  }
  if (text.trim() || (html && files.length === 0))
    inputs.push({ kind: 'text', source: paste > 1 ? `${PASTED}#${paste}` : PASTED, text, html });
  return inputs;
}

async function fetchFile(file: AttachedFile): ReturnType<AttachedFile['fetch']> {
  try {
    return await file.fetch();
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    throw new ServiceError(error.code, error.message, { file: file.name, ...error.details }, { cause: error });
  }
}
