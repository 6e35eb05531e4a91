import type { LanguageFile, Manifest } from './check.ts';

/** Commands in one list. @see Teams app manifest schema, bots.commandLists.commands */
const MAX_COMMANDS = 12;

type Command = Readonly<{ title: string; description?: string | undefined }>;

/** What is wrong with the command menus: in the manifest, and in each language on top of it. */
export function commandProblems(manifest: Manifest, languages: readonly LanguageFile[]): readonly string[] {
  const lists = manifest.bots.flatMap(({ commandLists }) => commandLists).map(({ commands }) => commands);
  const problems = menuProblems('manifest.json', lists);
  for (const { file, strings } of languages) problems.push(...menuProblems(file, translate(lists, strings)));
  if (lists.length === 0) problems.push('manifest.json lists no command; the store wants at least one.');
  return problems;
}

/** The lists as one language shows them. A command without its translation has no title. */
function translate(lists: readonly (readonly Command[])[], strings: LanguageFile['strings']): readonly Command[][] {
  return lists.map((commands, list) =>
    commands.map((_, index) => {
      const path = `bots[0].commandLists[${list}].commands[${index}]`;
      return { title: textOf(strings[`${path}.title`]), description: textOf(strings[`${path}.description`]) };
    }),
  );
}

function menuProblems(file: string, lists: readonly (readonly Command[])[]): string[] {
  return lists.flatMap((commands, index) => listProblems(commands).map((fault) => `${file}, list ${index}: ${fault}.`));
}

function listProblems(commands: readonly Command[]): string[] {
  const problems = commands.flatMap((command, index) => entryProblems(command, index));
  if (commands.length > MAX_COMMANDS) problems.push(`${commands.length} commands; ${MAX_COMMANDS} are allowed`);
  const titles = commands.map(({ title }) => title.toLowerCase());
  const twice = titles.find((title, index) => title && titles.indexOf(title) < index);
  if (twice) problems.push(`the command “${twice}” is there twice`);
  return problems;
}

/** A command begins with a letter: no slash, no other sign. @see Teams store validation guidelines, bot commands */
function entryProblems({ title, description }: Command, index: number): string[] {
  if (!title) return [`command ${index} has no title`];
  const problems = [];
  if (!/^\p{L}/u.test(title)) problems.push(`the command “${title}” must begin with a letter`);
  if (!description) problems.push(`the command “${title}” has no description`);
  return problems;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
