import { randomUUID } from 'node:crypto';
import type { Answer, Received } from '../http.ts';
import { type Attachment, FILE_TYPE } from './activity.ts';

/** Where a file goes that somebody agreed to have. */
export type UploadInfo = Readonly<{
  contentUrl: string;
  name: string;
  uploadUrl: string;
  uniqueId: string;
  fileType: string;
}>;

/** Files people sent: kept in memory, downloaded without credentials as from OneDrive's pre-authorised links. */
export function createFiles(origin: () => string) {
  const files = new Map<string, Readonly<{ name: string; bytes: Uint8Array }>>();
  const sessions = new Map<string, string>();
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
    /** An upload session as Teams opens one in the person's OneDrive once they agree. */
    session(name: string): UploadInfo {
      const id = randomUUID();
      sessions.set(id, name);
      return {
        contentUrl: `${origin()}/personal/${id}/${encodeURIComponent(name)}`,
        name,
        uploadUrl: `${origin()}/uploads/${id}`,
        uniqueId: id,
        fileType: name.slice(name.lastIndexOf('.') + 1),
      };
    },
    /** The whole file in one request with its range, and without credentials. @see OneDrive: createUploadSession */
    upload(id: string, { headers, body }: Pick<Received, 'headers' | 'body'>): Answer {
      const name = sessions.get(id);
      if (name === undefined) return { status: 404, body: { error: { code: 'itemNotFound' } } };
      const range = `bytes 0-${body.length - 1}/${body.length}`;
      if (headers.authorization) return { status: 401, body: { error: { code: 'unauthenticated' } } };
      if (headers['content-range'] !== range) return { status: 416, body: { error: { code: 'invalidRange' } } };
      sessions.delete(id);
      files.set(id, { name, bytes: new Uint8Array(body) });
      return { status: 201, body: { id, name } };
    },
    /** What lies in the OneDrives, by the id Teams gave it. */
    saved: (id: string): Readonly<{ name: string; bytes: Uint8Array }> | undefined => files.get(id),
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
