import { randomUUID } from 'node:crypto';
import type { Answer } from '../http.ts';
import { type Attachment, FILE_TYPE } from './activity.ts';

/** Files people sent: kept in memory, downloaded without credentials as from OneDrive's pre-authorised links. */
export function createFiles(origin: () => string) {
  const files = new Map<string, Readonly<{ name: string; bytes: Uint8Array }>>();
  return {
    /**
     * Keeps a file and makes the attachment Teams sends for it.
     *
     * @see Send and receive files through your bot
     */
    offer(name: string, bytes: Uint8Array): Attachment {
      const id = randomUUID();
      files.set(id, { name, bytes });
      return {
        contentType: FILE_TYPE,
        contentUrl: `${origin()}/personal/${id}/${encodeURIComponent(name)}`,
        name,
        content: {
          downloadUrl: `${origin()}/files/${id}`,
          uniqueId: id,
          fileType: name.includes('.') ? name.slice(name.lastIndexOf('.') + 1) : '',
          etag: `"{${id}},1"`,
        },
      };
    },
    /** Ends a link's life, as happens after about an hour. */
    expire(attachment: Attachment): void {
      files.delete(attachment.contentUrl?.split('/').at(-2) ?? '');
    },
    download(id: string): Answer {
      const file = files.get(id);
      if (!file) return { status: 404, body: { error: { code: 'itemNotFound', message: 'The link has expired.' } } };
      return { status: 200, body: file.bytes, headers: { 'content-type': 'application/octet-stream' } };
    },
  };
}
