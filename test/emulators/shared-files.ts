import { randomUUID } from 'node:crypto';
import type { Answer } from './http.ts';

type Shared = Readonly<{ id: string; name: string; link: string; bytes: Uint8Array }>;

/** Files in SharePoint, found by the link people copy. A path that ends in a slash is a folder. */
export function createSharedFiles(origin: () => string) {
  const byLink = new Map<string, Shared>();
  return {
    put(path: string, bytes: Uint8Array): string {
      const link = `${origin()}${path}`;
      const name = decodeURIComponent(path.split('/').filter(Boolean).at(-1) ?? '');
      byLink.set(link, { id: randomUUID(), name, link, bytes });
      return link;
    },
    /** The item of an encoded sharing link. [shares: access shared items; driveItem: downloadUrl] */
    itemOf(share = ''): object | undefined {
      const link = share.startsWith('u!') ? Buffer.from(share.slice(2), 'base64url').toString('utf8') : '';
      const found = byLink.get(link);
      if (!found) return undefined;
      const { id, name, bytes } = found;
      if (link.endsWith('/')) return { id, name, folder: { childCount: 0 } };
      const downloadUrl = `${origin()}/download/${id}`;
      return { '@microsoft.graph.downloadUrl': downloadUrl, id, name, size: bytes.length, file: {} };
    },
    /** The bytes, to whoever has the address; a token that comes along was given away. */
    download(id = ''): Answer {
      const found = [...byLink.values()].find((file) => file.id === id);
      if (!found) return { status: 404 };
      return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: Buffer.from(found.bytes) };
    },
  };
}
