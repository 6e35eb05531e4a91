import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFileDownload } from '../../../bot/endpoint/file-download.ts';
import { createAllowedHosts } from '../../../bot/endpoint/hosts.ts';

const seen: (string | undefined)[] = [];
const server = createServer((request, response) => {
  seen.push(request.headers.authorization);
  response.setHeader('content-type', 'image/png').end('picture');
});
let host = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  host = `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
});
afterAll(() => server.close());

it('fetches a pasted picture from the connector with the bot’s token, and never a file from elsewhere', async () => {
  const hosts = createAllowedHosts([host], true);
  const pictures = createFileDownload({ hosts, token: async () => 'secret' });
  expect(String(await pictures(`http://${host}/v3/attachments/1/views/original`, 'image'))).toBe('picture');
  expect(String(await createFileDownload({ hosts })(`http://${host}/file`, 'list'))).toBe('picture');
  expect(seen).toEqual(['Bearer secret', undefined]);
  await expect(pictures('https://evil.example/x', 'image')).rejects.toMatchObject({ code: 'file-refused' });
});
