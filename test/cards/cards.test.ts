import { Template } from 'adaptivecards-templating';
import { describe, expect, it, vi } from 'vitest';
import { inRows } from '../../cards/button-rows.ts';
import { MAX_CARD_BYTES } from '../../cards/render.ts';
import { VERBS } from '../../cards/verbs.ts';
import { CATALOGUES, createWording, type Language } from '../../cards/wording/wording.ts';
import { complaints, parts, partsOfType, textOf } from './host.ts';
import { REQUEST_STATES, SAMPLES } from './samples.ts';

/** What the template library makes of each template and the same data, gathered while the cards are drawn. */
const drawnByLibrary = vi.hoisted(() => [] as { ours: unknown; theirs: unknown }[]);

vi.mock('../../cards/render.ts', async (original) => {
  const actual = await original<typeof import('../../cards/render.ts')>();
  const prepare: typeof actual.prepare = (template) => {
    const draw = actual.prepare(template);
    const library = new Template(template);
    return (data, wording, summary) => {
      const card = draw(data, wording, summary);
      drawnByLibrary.push({ ours: card, theirs: inRows(library.expand({ $root: data })) });
      return card;
    };
  };
  return { ...actual, prepare };
});

const LANGUAGES = Object.keys(CATALOGUES) as Language[];

describe.each(LANGUAGES)('in %s', (language) => {
  const wording = createWording(language, 'Europe/Stockholm');

  describe.each(SAMPLES)('$name', ({ draw }) => {
    const card = draw(wording);
    const json = JSON.stringify(card);

    it('is a card that version 1.5 knows', () => {
      expect(complaints(card)).toEqual([]);
      expect(card).toMatchObject({ type: 'AdaptiveCard', version: '1.5', lang: language, rtl: language === 'he' });
    });

    it('binds every placeholder and stays small', () => {
      expect(json).not.toContain('${');
      expect(json).not.toMatch(/undefined|\[object|NaN/);
      expect(json.length * 2).toBeLessThan(MAX_CARD_BYTES);
    });

    it('reads without the card', () => {
      expect(card.fallbackText.length).toBeGreaterThan(3);
      expect(card.speak).toBeTruthy();
      expect(card.speak).not.toContain('\\');
    });

    it('has buttons that say what they do and work on old clients', () => {
      const verbs: readonly string[] = VERBS;
      for (const { title, verb, data, fallback } of partsOfType(card, 'Action.Execute')) {
        expect(title).toBeTruthy();
        expect(verbs).toContain(verb);
        expect(fallback).toMatchObject({ type: 'Action.Submit', title, data: { ...(data as object), verb } });
      }
      for (const { actions } of partsOfType(card, 'ActionSet')) {
        expect((actions as unknown[]).length).toBeGreaterThan(0);
        expect((actions as unknown[]).length).toBeLessThanOrEqual(6);
      }
      expect(card).not.toHaveProperty('actions');
    });

    it('labels and names every input', () => {
      const inputs = [...parts(card)].filter(({ type }) => String(type).startsWith('Input.'));
      for (const { id, label } of inputs)
        expect([id, label].every((each) => typeof each === 'string' && each)).toBe(true);
      expect(new Set(inputs.map(({ id }) => id)).size).toBe(inputs.length);
    });

    it('says what is wrong where something has to be entered', () => {
      for (const input of [...parts(card)].filter(({ isRequired }) => isRequired === true))
        expect(typeof input.errorMessage === 'string' && input.errorMessage, String(input.id)).toBeTruthy();
    });

    it('says nothing by colour alone: a sign stands in front', () => {
      const coloured = [...partsOfType(card, 'TextBlock'), ...partsOfType(card, 'TextRun')].filter(
        ({ color }) => color !== undefined && color !== 'Default',
      );
      // a bar in place of an element clients may not know has its words below it
      const alone = coloured.filter(({ text }) => !/^[✓!✕○•–?█░]/u.test(String(text)));
      expect(alone.map(({ text }) => text)).toEqual([]);
    });

    it('is gone through by keyboard in the order of reading: what is sent before the button that sends it', () => {
      const order = [...parts(card)];
      for (const [at, { associatedInputs, type }] of order.entries()) {
        if (type !== 'Action.Execute' || associatedInputs !== 'auto') continue;
        expect(order.slice(0, at).some((each) => String(each.type).startsWith('Input.'))).toBe(true);
      }
    });

    it('shows no empty text', () => {
      for (const { text } of [...partsOfType(card, 'TextBlock'), ...partsOfType(card, 'TextRun')])
        expect(text).toBeTruthy();
    });
  });
});

describe('every card', () => {
  it('comes out as the template library draws it', () => {
    expect(drawnByLibrary.length).toBe(SAMPLES.length * LANGUAGES.length);
    for (const { ours, theirs } of drawnByLibrary) {
      const body = (card: unknown) => (card as { body: unknown }).body;
      expect(body(ours)).toEqual(body(theirs));
    }
  });

  it('is drawn in some sample for every verb that a card offers', () => {
    const offered = new Set(
      SAMPLES.flatMap(({ draw }) => partsOfType(draw(createWording('en')), 'Action.Execute').map(({ verb }) => verb)),
    );
    expect(VERBS.filter((verb) => !offered.has(verb))).toEqual([]);
  });

  it('differs between languages', () => {
    for (const { draw } of SAMPLES) {
      const texts = LANGUAGES.map((language) => textOf(draw(createWording(language))));
      expect(new Set(texts).size).toBe(LANGUAGES.length);
    }
  });

  it('leaves no button on an answered request but the next step', () => {
    const verbsOf = (name: string) => {
      const sample = SAMPLES.find((each) => each.name === name);
      return partsOfType(sample?.draw(createWording('en')), 'Action.Execute').map(({ verb }) => verb);
    };
    const shown = Object.fromEntries(
      REQUEST_STATES.map((state) => [state, verbsOf(`request ${state} for the approver`)]),
    );
    expect(shown).toEqual({
      sent: ['relationship.approve', 'relationship.decline', 'relationship.delegate'],
      approved: ['relationship.check'],
      active: [],
      declined: [],
      expired: [],
      withdrawn: [],
      ended: [],
    });
  });
});
