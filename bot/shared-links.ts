import type { SharedFiles } from '../services/devices/ports.ts';
import type { FileDownload } from './endpoint/file-download.ts';
import type { AllowedHosts } from './endpoint/hosts.ts';

/** A file that is named by a link; what it is called is known once it is fetched. */
export type LinkedFile = Readonly<{ name: string; fetch(): Promise<Readonly<{ name: string; bytes: Uint8Array }>> }>;
/** What was said, with the links to files taken out of both its forms: they may hold digits that look like devices. */
export type WithLinks = Readonly<{ text: string; html?: string; files: readonly LinkedFile[] }>;

export type SharedLinksOptions = Readonly<{
  files: SharedFiles;
  /** Hosts of SharePoint and OneDrive: a link anywhere else is text. */
  hosts: AllowedHosts;
  download: FileDownload;
}>;

/** As many links of one message are followed. */
const MAX_LINKS = 5;
const LINK = /https?:\/\/[^\s<>"'|\\^`{}]{4,4000}/gi;

/**
 * Finds links to files in SharePoint and OneDrive, as people paste them where Teams gives bots no files. Nothing is asked
 * before somebody wants the file. Graph is asked with our token for the item only; the bytes come over a link of its own, by
 * the same careful way as attachments.
 */
export function createSharedLinks({ files, hosts, download }: SharedLinksOptions) {
  /** @param attached addresses of files that hang on a message */
  return (text: string, html?: string, attached: readonly string[] = []): WithLinks => {
    const found = new Set<string>();
    const admitted = (link: string) => hosts.admit(link) !== undefined;
    const rest = text.replace(LINK, (match) => {
      const link = match.replace(/[).,;:!?\]]+$/, '');
      if (!admitted(link)) return match;
      found.add(link);
      return match.slice(link.length);
    });
    for (const link of [...hrefsOf(html ?? ''), ...attached]) if (admitted(link)) found.add(link);
    if (found.size === 0) return { text, html, files: [] };
    return { text: rest, html: html && withoutLinks(html, found), files: [...found].slice(0, MAX_LINKS).map(linked) };
  };

  function linked(link: string): LinkedFile {
    return {
      name: nameIn(link),
      async fetch() {
        const { name, downloadUrl } = await files.findShared(link);
        return { name, bytes: await download(downloadUrl, 'list') };
      },
    };
  }
}

/** Teams shows a pasted link by the name of its file and keeps the address in the rich form. */
function hrefsOf(html: string): string[] {
  return [...html.matchAll(/\shref="([^"]{8,4000})"/gi)].map(([, href = '']) => href.replaceAll('&amp;', '&'));
}

/** The rich form without these links: neither the address nor the words that stand for it. One pass, however it is nested. */
function withoutLinks(html: string, links: ReadonlySet<string>): string {
  const folded = html.toLowerCase();
  const kept: string[] = [];
  let at = 0;
  for (let open = folded.indexOf('<a '); open >= 0; open = folded.indexOf('<a ', at)) {
    const end = folded.indexOf('</a>', open);
    if (end < 0) break;
    const anchor = html.slice(open, end + 4);
    kept.push(html.slice(at, open), hrefsOf(anchor.slice(0, 8_000)).some((link) => links.has(link)) ? ' ' : anchor);
    at = end + 4;
  }
  kept.push(html.slice(at));
  return [...links].reduce((left, link) => left.replaceAll(link, ' '), kept.join(''));
}

/** What the address calls the file, for messages about it before anybody looked. */
function nameIn(link: string): string {
  const last = new URL(link).pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last).slice(0, 200) || 'link';
  } catch {
    return 'link';
  }
}
