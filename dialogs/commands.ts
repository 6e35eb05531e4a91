/** What can be asked for by a word. */
export const COMMANDS = [
  'request',
  'register',
  'requests',
  'customers',
  'batches',
  'find',
  'deregister',
  'surface',
  'profiles',
  'status',
  'help',
  'cancel',
  'settings',
  'language',
  'notify',
  'sign-in',
  'sign-out',
] as const;
export type Command = (typeof COMMANDS)[number];

/**
 * Words for each command in every language, because Teams does not translate what a person picks from a localised
 * command menu: every language's words are understood at all times.
 */
const WORDS: Readonly<Record<Command, readonly string[]>> = {
  request: ['request', 'demander', 'demande', 'begär', 'begäran', 'בקשה', 'בקש'],
  register: ['register', 'inscrire', 'enregistrer', 'registrera', 'רישום', 'רשום'],
  requests: ['requests', 'demandes', 'begäranden', 'בקשות'],
  customers: ['customers', 'customer', 'clients', 'kunder', 'לקוחות'],
  batches: ['batches', 'batch', 'lots', 'lot', 'batchar', 'partier', 'אצוות'],
  deregister: [
    'deregister',
    'unregister',
    'remove',
    'désinscrire',
    'desinscrire',
    'retirer',
    'avregistrera',
    'הסרה',
    'הסר',
  ],
  surface: ['surface'],
  find: ['find', 'search', 'trouver', 'chercher', 'sök', 'hitta', 'חיפוש', 'חפש'],
  profiles: ['profiles', 'profile', 'profils', 'profil', 'profiler', 'פרופילים', 'פרופיל'],
  status: ['status', 'état', 'etat', 'סטטוס', 'מצב'],
  help: ['help', 'hi', 'hello', 'hej', 'bonjour', 'aide', 'hjälp', 'start', '?', 'עזרה', 'שלום'],
  cancel: ['cancel', 'stop', 'annuler', 'avbryt', 'ביטול', 'בטל'],
  settings: ['settings', 'notices', 'paramètres', 'parametres', 'inställningar', 'הגדרות'],
  notify: ['notify', 'notifier', 'meddela', 'התראה'],
  language: ['language', 'langue', 'språk', 'שפה'],
  'sign-in': ['sign in', 'signin', 'login', 'log in', 'connexion', 'se connecter', 'logga in', 'כניסה'],
  'sign-out': ['sign out', 'signout', 'logout', 'log out', 'déconnexion', 'deconnexion', 'logga ut', 'יציאה'],
};

const BY_WORD = new Map(COMMANDS.flatMap((command) => WORDS[command].map((word) => [word, command] as const)));

/** A command and what was typed after it. */
export type Commanded = Readonly<{ command: Command; rest: string }>;

/** Finds a command at the start of what was said, in any letter case, with or without a slash in front. */
export function parseCommand(text: string): Commanded | undefined {
  const [, first = '', rest = ''] = /^\s*\/?([^\s]+)\s*([\s\S]*)$/.exec(text.normalize('NFC')) ?? [];
  const [second = ''] = rest.split(/\s/, 1);
  const ofTwo = BY_WORD.get(bareWord(`${first} ${second}`));
  if (ofTwo) return { command: ofTwo, rest: rest.slice(second.length).trim() };
  const command = BY_WORD.get(bareWord(first));
  return command && { command, rest: rest.trim() };
}

function bareWord(word: string): string {
  return word.toLowerCase().replace(/[.!,]+$/, '');
}

/** The command a mistyped word was probably meant to be: at most two letters off. */
export function guessCommand(text: string): Command | undefined {
  const word = /^\s*\/?(\S{3,20})\s*$/.exec(text.normalize('NFC'))?.[1]?.toLowerCase();
  if (!word) return undefined;
  return [...BY_WORD].find(([known]) => known.length > 3 && distance(word, known) <= 2)?.[1];
}

/** Edit distance; words are at most 20 letters. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
