import type { LookupAddress } from 'node:dns';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createFileUpload, type FileUpload } from '../../../bot/endpoint/file-upload.ts';
import { createAllowedHosts } from '../../../bot/endpoint/hosts.ts';
import { listen, stop } from './front-door.ts';

let server: Server;
let base: string;
let seen: { method: string; url: string; headers: IncomingHttpHeaders; body: string }[] = [];
let addresses: LookupAddress[] = [];
let upload: FileUpload;

const STATUS: Readonly<Record<string, number>> = {
  '/created': 201,
  '/replaced': 200,
  '/accepted': 202,
  '/moved': 302,
  '/moved-for-good': 308,
  '/denied': 403,
  '/gone': 404,
  '/down': 503,
};
const FILE = Buffer.from('PKID\n3300000000011\n');

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => {
      body += part.toString();
    });
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      seen.push({ method, url, headers, body });
      if (url === '/cut') return void request.socket.destroy();
      const status = STATUS[url];
      if (status === undefined) return; // silent
      response.writeHead(status, status >= 300 && status < 400 ? { location: `${base}/created` } : {});
      response.end();
    });
  });
  base = `http://127.0.0.1:${(await listen(server)).port}`;
});

beforeEach(() => {
  seen = [];
  addresses = [{ address: '127.0.0.1', family: 4 }];
  upload = createFileUpload({
    hosts: createAllowedHosts(['*.sharepoint.com', base.slice('http://'.length)], true),
    lookup: async () => addresses,
    timeoutMs: 400,
  });
});

afterAll(() => stop(server));

describe('a file that somebody agreed to have', () => {
  it.each(['/created', '/replaced'])('is put there whole, in one request without a token: %s', async (path) => {
    await upload(`${base}${path}`, FILE);
    expect(seen).toMatchObject([
      {
        method: 'PUT',
        url: path,
        body: FILE.toString(),
        headers: { 'content-range': `bytes 0-${FILE.length - 1}/${FILE.length}` },
      },
    ]);
    expect(seen[0]?.headers).not.toHaveProperty('authorization');
  });

  it.each([
    ['another host', 'https://evil.example/created', 'host'],
    ['a host that only ends like one of ours', 'https://sharepoint.com.evil.example/created', 'host'],
    ['a host behind a name before the @', 'https://contoso.sharepoint.com@evil.example/created', 'host'],
    ['a host without TLS', 'http://contoso.sharepoint.com/created', 'host'],
    ['no address at all', 'created', 'host'],
  ])('goes nowhere to %s', async (_what, url, reason) => {
    await expect(upload(url, FILE)).rejects.toMatchObject({ code: 'file-not-saved', details: { reason } });
    expect(seen).toEqual([]);
  });

  it('is not sent to a private address that a listed name leads to', async () => {
    addresses = [{ address: '10.0.0.7', family: 4 }];
    const refused = upload('https://contoso.sharepoint.com/created', FILE);
    await expect(refused).rejects.toMatchObject({ code: 'file-not-saved', details: { reason: 'address' } });
  });

  it.each([
    ['/moved', 'redirect'],
    ['/moved-for-good', 'redirect'],
    ['/accepted', 'refused'],
    ['/denied', 'refused'],
    ['/gone', 'refused'],
    ['/down', 'refused'],
    ['/cut', 'unavailable'],
    ['/silent', 'timeout'],
  ])('is not called saved after %s', async (path, reason) => {
    await expect(upload(`${base}${path}`, FILE)).rejects.toMatchObject({ code: 'file-not-saved', details: { reason } });
    expect(seen).toHaveLength(1); // neither followed nor repeated
  });

  it('has at least one byte and fits into one request', async () => {
    await expect(upload(`${base}/created`, new Uint8Array())).rejects.toBeInstanceOf(RangeError);
    expect(seen).toEqual([]);
  });
});
