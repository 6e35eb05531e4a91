import { createRequire } from 'node:module';

type Token = { type: string; content: string; children: readonly Token[] | null };
/** The part of markdown-it that tests use; it brings no types of its own. */
type MarkdownIt = {
  linkify: { set(options: object): void; tlds(list: readonly string[], keep: boolean): void };
  parse(text: string, environment: object): readonly Token[];
};

const createMarkdownIt: (options: object) => MarkdownIt = createRequire(import.meta.url)('markdown-it');
const markdown = createMarkdownIt({ html: true, linkify: true });
// a bare domain is shown as what it is; what must not appear is a link with a scheme or www
markdown.linkify.set({ fuzzyLink: true, fuzzyEmail: false });
markdown.linkify.tlds([], false);

/** Types of everything that Markdown makes of a text, such as `link_open`. */
export function nodeTypes(text: string): string[] {
  return markdown.parse(text, {}).flatMap(({ type, children }) => [type, ...(children ?? []).map((each) => each.type)]);
}

/** The words that are left when Markdown has been read. */
export function readText(text: string): string {
  const inline = markdown.parse(text, {}).flatMap(({ children }) => children ?? []);
  return inline.map(({ content }) => content).join('');
}
