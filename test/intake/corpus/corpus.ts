import { delimitedFiles } from './delimited.ts';
import { documents } from './documents.ts';
import { pastes } from './pastes.ts';
import { photos } from './photos.ts';
import type { Sample } from './sample.ts';
import { workbooks } from './workbooks.ts';

/** All inputs of the corpus, made anew in every run and always the same. */
export async function corpus(): Promise<Sample[]> {
  return [...pastes(), ...delimitedFiles(), ...(await workbooks()), ...(await documents()), ...(await photos())];
}
