import type { SharedFiles } from '../services/devices/ports.ts';
import type { FileDownload } from './endpoint/file-download.ts';
import type { AllowedHosts } from './endpoint/hosts.ts';

/** A file that is named by a link; what it is called is known once it is fetched. */
export type LinkedFile = Readonly<{ name: string; fetch(): Promise<Readonly<{ name: string; bytes: Uint8Array }>> }>;
/** What was said, with the links to files taken out of the text. */
export type WithLinks = Readonly<{ text: string; files: readonly LinkedFile[] }>;

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
  return (text: string, html = ''): WithLinks => {
    const found = new Set<string>();
    const admitted = (link: string) => hosts.admit(link) !== undefined;
    const rest = text.replace(LINK, (match) => {
      const link = match.replace(/[).,;:!?\]]+$/, '');
      if (!admitted(link)) return match;
      found.add(link);
      return match.slice(link.length);
    });
    for (const link of hrefsOf(html)) if (admitted(link)) found.add(link);
    return { text: found.size > 0 ? rest : text, files: [...found].slice(0, MAX_LINKS).map(linked) };
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

/** What the address calls the file, for messages about it before anybody looked. */
function nameIn(link: string): string {
  const last = new URL(link).pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last).slice(0, 200) || 'link';
  } catch {
    return 'link';
  }
}
