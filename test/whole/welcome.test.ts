import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ServiceError } from '../../services/errors.ts';
import { ACTORS, type Actor, type ActorName, GROUPS } from '../authz/cast.ts';
import { type Answer, type House, openHouse } from '../authz/house.ts';
import { setScene } from '../authz/scene.ts';
import { partsOfType } from '../cards/host.ts';
import { quietLog } from '../contracts/test-databases.ts';

const ROBIN = ACTORS['the rep who asked'];
let house: House;

beforeAll(async () => {
  house = await openHouse(quietLog);
});
beforeEach(() => setScene(house, 'sent'));
afterEach(() => vi.restoreAllMocks());
afterAll(() => house?.close());

const installs = (actor: Actor) => house.hear(actor, 'personal', { type: 'installationUpdate', action: 'add' });
const says = (actor: Actor, text: string) => house.hear(actor, 'personal', { type: 'message', text });
const verbsOf = ({ cards }: Answer) => partsOfType(cards[0], 'Action.Execute').map(({ verb }) => verb);
const textOf = ({ cards, texts }: Answer) => JSON.stringify([...cards, ...texts]);

describe('whoever installs the app', () => {
  it.each<[ActorName, RegExp, readonly string[]]>([
    [
      'an administrator who is no rep',
      /You administer Tarmac.*sign-in to Partner Center.*sales staff/,
      ['doctor.run', 'settings.show', 'help.show'],
    ],
    ['a colleague without a role', /not in their group.*ask your administrator to add you/, ['help.show']],
    ['a guest of the partner in the group of reps', /No such request has arrived.*which account/, ['help.show']],
    ['the approver, known by object id', /Such requests arrive in this chat/, ['help.show']],
    [
      'an administrator nobody asked',
      /No such request has arrived.*which account.*cleo@contoso\.example/,
      ['help.show'],
    ],
    ['an administrator of another customer', /No such request has arrived.*farah@fabrikam\.example/, ['help.show']],
  ])('reads what they can do next: %s', async (name, words, verbs) => {
    const welcome = await installs(ACTORS[name]);
    expect(textOf(welcome)).toMatch(words);
    expect(verbsOf(welcome)).toEqual(verbs);
    expect(textOf(welcome)).not.toMatch(/#EXT#|nothing for you/);
  });

  it('and may request and register starts with that, and finds what else they may do below', async () => {
    const verbs = verbsOf(await installs(ROBIN));
    expect(verbs.slice(0, 2)).toEqual(['request.start', 'register.start']);
    expect(verbs).not.toContain('doctor.run');
  });

  it('and only confirms removals hears how, and may choose quiet hours', async () => {
    const nils = ACTORS['a colleague without a role'];
    vi.spyOn(house.outside.graph, 'memberOf').mockImplementation(async () => new Set([GROUPS.remover]));
    const welcome = await installs(nils);
    expect(textOf(welcome)).toMatch(/a card arrives in this chat.*type their number to confirm/);
    expect(textOf(welcome)).not.toContain('administer');
    expect(verbsOf(welcome)).toEqual(['settings.show', 'help.show']);
    expect(verbsOf(await says(nils, 'settings'))).toContain('settings.save');
  });

  it('while Entra does not answer is told that, and not that they lack a role', async () => {
    const silent = () => Promise.reject(new ServiceError('graph-unavailable', 'no answer'));
    vi.spyOn(house.outside.graph, 'memberOf').mockImplementation(silent);
    for (const answer of [await installs(ROBIN), await says(ROBIN, 'register contoso')]) {
      expect(textOf(answer)).toMatch(/directory is not answering.*“help” again in a few minutes/);
      expect(textOf(answer)).not.toContain('group');
    }
  });
});

describe('the help', () => {
  it.each<[ActorName, string, RegExp]>([
    ['an administrator who is no rep', 'help', /“doctor”.*What comes by itself.*“settings”.*Sales staff of/],
    ['an administrator who is no rep', 'register contoso', /“doctor”.*Sales staff of/],
    ['a colleague without a role', 'customers', /Sales staff of Northwind Partner.*not in their group/],
    ['an administrator nobody asked', 'what is this?', /Requests from Northwind Partner.*cleo@contoso\.example/],
    ['the approver, known by object id', 'help', /Approve or decline it with its buttons.*What happens next/],
  ])('says to %s who types “%s” what they can do', async (name, typed, words) => {
    expect(textOf(await says(ACTORS[name], typed))).toMatch(words);
  });

  it('is named to an approver who wants to examine the installation', async () => {
    const refused = await says(ACTORS['the approver, known by object id'], 'doctor');
    expect(refused.texts).toEqual([expect.stringMatching(/for its administrators at the partner.*“help” shows/)]);
  });
});

describe('settings', () => {
  it.each<[ActorName, boolean]>([
    ['an administrator who is no rep', true],
    ['a colleague without a role', false],
    ['an administrator nobody asked', false],
  ])('are for whoever may get a notice: %s', async (name, mayChoose) => {
    expect(verbsOf(await says(ACTORS[name], 'settings')).includes('settings.save')).toBe(mayChoose);
  });
});
