import { expect, it } from 'vitest';
import { inRows } from '../../cards/button-rows.ts';
import type { Json } from '../../cards/render.ts';

const set = (...titles: string[]): Json => ({
  type: 'ActionSet',
  separator: true,
  actions: titles.map((title) => ({ type: 'Action.Submit', title })),
});

function titlesOf(card: Json): string[][] {
  const { body } = card as { body: { actions: { title: string }[] }[] };
  return body.map(({ actions }) => actions.map(({ title }) => title));
}

it('puts buttons side by side while they fit on a narrow phone, and the rest below, in their order', () => {
  const card = { body: [set('Next', 'Previous', 'Correct and resend', 'Export', 'Batches', 'No')] };
  expect(titlesOf(inRows(card))).toEqual([
    ['Next', 'Previous'],
    ['Correct and resend', 'Export'],
    ['Batches', 'No'],
  ]);
});

it('keeps a button that is too long for any row, alone in one', () => {
  const long = 'A title that is longer than what a narrow phone shows in one row';
  expect(titlesOf(inRows({ body: [set('Yes', long, 'No')] }))).toEqual([['Yes'], [long], ['No']]);
});

it('draws the line above a row of buttons once, and looks into containers and opened parts', () => {
  const inner = set('One button of some length', 'Another of the same length');
  const drawn = inRows({ body: [{ type: 'Container', items: [inner] }] }) as { body: { items: unknown[] }[] };
  expect(drawn.body[0]?.items).toMatchObject([
    { separator: true, actions: [{ title: 'One button of some length' }] },
    { separator: false, spacing: 'Small', actions: [{ title: 'Another of the same length' }] },
  ]);
});
