import { describe, expect, it } from 'vitest';
import { CATALOGUES } from '../../cards/wording/wording.ts';
import { COMMANDS, guessCommand, parseCommand } from '../../dialogs/commands.ts';

describe('parseCommand', () => {
  it.each([
    ['help', 'help', ''],
    ['HELP!', 'help', ''],
    ['  /register contoso ', 'register', 'contoso'],
    ['Registrera Contoso AB', 'register', 'Contoso AB'],
    ['begär contoso.se', 'request', 'contoso.se'],
    ['Demande contoso.fr', 'request', 'contoso.fr'],
    ['רישום', 'register', ''],
    ['hej', 'help', ''],
    ['Hitta 3300000000011', 'find', '3300000000011'],
    ['חיפוש 3300000000011', 'find', '3300000000011'],
  ])('understands %j in every language at any time', (text, command, rest) => {
    expect(parseCommand(text)).toEqual({ command, rest });
  });

  it('gives no word two meanings, in whichever languages', () => {
    for (const catalogue of Object.values(CATALOGUES)) {
      for (const command of COMMANDS) {
        for (const word of catalogue[`words.${command}`].split(', ')) {
          expect(parseCommand(word), word).toEqual({ command, rest: '' });
        }
      }
    }
  });

  it.each(['', '   ', '3300000000011', 'please register', 'helpful'])('sees no command in %j', (text) => {
    expect(parseCommand(text)).toBeUndefined();
  });
});

describe('guessCommand', () => {
  it('suggests the command that is at most two letters off', () => {
    expect(guessCommand('regsiter')).toBe('register');
    expect(guessCommand('custmers')).toBe('customers');
    expect(guessCommand('elephants')).toBeUndefined();
    expect(guessCommand('two words')).toBeUndefined();
  });
});
