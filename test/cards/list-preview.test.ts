import { expect, it } from 'vitest';
import { listPreviewCard } from '../../cards/list-preview/card.ts';
import { createWording } from '../../cards/wording/wording.ts';
import { aDoubtfulList } from './samples.ts';

const wording = createWording('en');
const FOR_ALL = [wording.say('list.doubtful.accept'), wording.say('list.doubtful.drop')];

/** A list whose doubtful devices number `count`, of which the page shows so many. */
function titles(count: number, shown: number): string[] {
  const list = aDoubtfulList(wording);
  const doubtful = list.problems.filter((problem) => problem.doubtful).slice(0, shown);
  const card = JSON.stringify(listPreviewCard({ ...list, doubtfulCount: count, problems: doubtful }, wording));
  return FOR_ALL.filter((title) => card.includes(`"title":${JSON.stringify(title)}`));
}

it('offers to answer for all doubtful devices at once, but not beside the buttons of a single one', () => {
  expect(titles(2, 2)).toEqual(FOR_ALL);
  expect(titles(1, 1)).toEqual([]);
});

it('offers it for a single one that stands on another page', () => {
  expect(titles(1, 0)).toEqual(FOR_ALL);
});
