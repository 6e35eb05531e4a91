import { nodeTypes } from '../cards/markdown.ts';

/** Something a person is shown, reduced to its form: what Markdown makes of each text, and the shape of each card. */
type Form = Readonly<{ shape: string; nodes: readonly string[] }>;

/** The form of a card or of a message's text. Two with the same form differ in words only. */
function formOf(shown: unknown): Form {
  if (typeof shown === 'string') return { shape: 'text', nodes: [kindsIn(shown)] };
  const nodes: string[] = [];
  const shape = JSON.stringify(shown, (name, value: unknown) => {
    if (isTextBlock(value)) nodes.push(kindsIn(value.text));
    if (isFact(name, value)) for (const fact of value) nodes.push(kindsIn(fact.title), kindsIn(fact.value));
    return typeof value === 'string' && !FIXED.has(name) ? '' : value;
  });
  return { shape: inOneRow(shape), nodes };
}

/** Long titles put buttons into rows of their own: the same buttons all the same. */
function inOneRow(shape: string): string {
  return shape
    .replaceAll('}]},{"type":"ActionSet","actions":[{', '},{')
    .replaceAll('],"spacing":"","separator":false}', ']}');
}

/** Members that text must never reach: changing them would make another card. */
const FIXED: ReadonlySet<string> = new Set([
  'type',
  'verb',
  'url',
  'id',
  'style',
  'color',
  'size',
  'weight',
  'version',
]);

/** Everything that could not come from text alone, anywhere in what was shown. */
function activeParts(shown: unknown): string[] {
  const found: string[] = [];
  const text = JSON.stringify(shown);
  if (text.includes('${')) found.push('an expression');
  if (/[\u202A-\u202E\u200B\u{E0000}-\u{E007F}\u0000-\u0008\u000B-\u001F]/u.test(strings(shown).join(''))) {
    found.push('something that cannot be seen');
  }
  if (text.includes('"entities"') || text.includes('"mention"')) found.push('a mention');
  return found;
}

/** How two things shown differ in anything but words. */
export function compare(shown: readonly unknown[], benign: readonly unknown[]): string | undefined {
  if (shown.length !== benign.length)
    return `${shown.length} pieces instead of ${benign.length}: ${JSON.stringify(shown)}`;
  for (const [index, piece] of shown.entries()) {
    const active = activeParts(piece);
    if (active.length > 0) return active.join(', ');
    const form = formOf(piece);
    const expected = formOf(benign[index]);
    if (form.shape !== expected.shape) return `another shape\n${form.shape}\n${expected.shape}`;
    const at = form.nodes.findIndex((node, place) => node !== expected.nodes[place]);
    if (at >= 0) return `Markdown: "${form.nodes[at]}" instead of "${expected.nodes[at]}"`;
  }
  return undefined;
}

/** The kinds of nodes Markdown sees, without those that are mere text. */
function kindsIn(text: string): string {
  return nodeTypes(text)
    .filter((type) => type !== 'text' && type !== 'text_special')
    .join(' ');
}

function strings(node: unknown): string[] {
  if (typeof node === 'string') return [node];
  return typeof node === 'object' && node !== null ? Object.values(node).flatMap(strings) : [];
}

function isTextBlock(value: unknown): value is { text: string } {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'TextBlock';
}

function isFact(name: string, value: unknown): value is readonly { title: string; value: string }[] {
  return name === 'facts' && Array.isArray(value);
}
