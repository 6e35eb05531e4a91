import type { LookupAddress } from 'node:dns';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createFileDownload, type FileDownload, pinnedLookup } from '../../../bot/endpoint/file-download.ts';
import { createAllowedHosts } from '../../../bot/endpoint/hosts.ts';
import { listen, stop } from './front-door.ts';

let server: Server;
let base: string;
let seen: { url: string; headers: IncomingHttpHeaders }[] = [];
let lookups: string[] = [];
let addresses: LookupAddress[] = [];
let download: FileDownload;

/** restify, loaded by a neighbour, patches `writeHead` so that it no longer returns the response. */
function head(response: ServerResponse, status: number, headers: Record<string, string> = {}): ServerResponse {
  response.writeHead(status, headers);
  return response;
}

beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push({ url: request.url ?? '', headers: request.headers });
    const answers: Record<string, () => void> = {
      '/list.csv': () => response.setHeader('content-type', 'application/octet-stream').end('4100000000001\n'),
      '/page': () => response.setHeader('content-type', 'text/html; charset=utf-8').end('<html>Sign in</html>'),
      '/list.htm': () =>
        response
          .setHeader('content-type', 'text/html')
          .setHeader('content-disposition', 'attachment; filename="list.htm"')
          .end('<table></table>'),
      '/moved': () => head(response, 302, { location: `${base}/list.csv` }).end(),
      '/moved-for-good': () => head(response, 308, { location: 'http://169.254.169.254/' }).end(),
      '/gone': () => head(response, 404).end(),
      '/denied': () => head(response, 403).end(),
      '/down': () => head(response, 503).end(),
      '/partial': () => head(response, 206).end('x'),
      '/packed': () => response.setHeader('content-encoding', 'gzip').end('x'),
      '/announced': () => head(response, 200, { 'content-length': '5000' }).write('x'),
      '/exact': () => response.end('x'.repeat(1_000)),
      '/endless': () => response.write('x'.repeat(5_000)),
      '/image': () => response.end('x'.repeat(1_500)),
      '/cut': () => {
        head(response, 200, { 'content-length': '500' }).write('x');
        setTimeout(() => response.destroy(), 20);
      },
      '/silent': () => undefined,
      '/stalled': () => response.write('x'),
    };
    answers[request.url ?? '']?.();
  });
  base = `http://127.0.0.1:${(await listen(server)).port}`;
});

beforeEach(() => {
  seen = [];
  lookups = [];
  addresses = [{ address: '127.0.0.1', family: 4 }];
  download = createFileDownload({
    hosts: createAllowedHosts(['*.sharepoint.com', base.slice('http://'.length)], true),
    lookup: async (host) => {
      lookups.push(host);
      return addresses;
    },
    timeoutMs: 400,
    maxBytes: { list: 1_000, image: 2_000 },
  });
});

afterAll(() => stop(server));

describe('downloading an attachment', () => {
  it('brings the bytes and sends nothing that identifies the bot', async () => {
    expect((await download(`${base}/list.csv`, 'list')).toString()).toBe('4100000000001\n');
    expect(Object.keys(seen[0]?.headers ?? {}).sort()).toEqual(['accept', 'accept-encoding', 'connection', 'host']);
  });

  it('takes an HTML file that was attached as a file', async () => {
    expect((await download(`${base}/list.htm`, 'list')).toString()).toBe('<table></table>');
  });

  it('allows exactly the limit, and more for images', async () => {
    expect(await download(`${base}/exact`, 'list')).toHaveLength(1_000);
    expect(await download(`${base}/image`, 'image')).toHaveLength(1_500);
  });

  it.each([
    ['/page', 'file-unreadable', { reason: 'sharing-page' }],
    ['/moved', 'file-refused', { reason: 'redirect' }],
    ['/moved-for-good', 'file-refused', { reason: 'redirect' }],
    ['/gone', 'file-unreadable', { reason: 'expired' }],
    ['/denied', 'file-unreadable', { reason: 'expired' }],
    ['/down', 'file-unreadable', { reason: 'unavailable' }],
    ['/partial', 'file-unreadable', { reason: 'unavailable' }],
    ['/packed', 'file-unreadable', { reason: 'unavailable' }],
    ['/cut', 'file-unreadable', { reason: 'unavailable' }],
    ['/announced', 'file-too-large', { limitMb: 0 }],
    ['/endless', 'file-too-large', { limitMb: 0 }],
    ['/image', 'file-too-large', { limitMb: 0 }],
    ['/silent', 'file-unreadable', { reason: 'timeout' }],
    ['/stalled', 'file-unreadable', { reason: 'timeout' }],
  ])('answers %s with %s', async (path, code, details) => {
    await expect(download(`${base}${path}`, 'list')).rejects.toMatchObject({ code, details });
    expect(seen.map(({ url }) => url)).toEqual([path]);
  });

  it.each([
    'http://contoso.sharepoint.com/a.csv',
    'ftp://contoso.sharepoint.com/a.csv',
    'file:///etc/passwd',
    'data:text/csv,4100000000001',
    'https://user:password@contoso.sharepoint.com/a.csv',
    'https://contoso.sharepoint.com@evil.example/a.csv',
    'https://contoso.sharepoint.com:8443/a.csv',
    'https://contoso.sharepoint.com.evil.example/a.csv',
    'https://evilsharepoint.com/a.csv',
    'https://sharepoint.com/a.csv',
    'https://contoso.sharepoint.com./a.csv',
    'https://contoso。sharepoint。com/a.csv',
    'https://contoso.sharepoint.com\\@evil.example/a.csv',
    'https://evil.example/?https://contoso.sharepoint.com/a.csv',
    'http://169.254.169.254/latest/meta-data/',
    'http://127.0.0.1:9/list.csv',
    'http://127.1/list.csv',
    'http://2130706433/list.csv',
    'http://0x7f.0.0.1/list.csv',
    'http://017700000001/list.csv',
    'http://[::1]/list.csv',
    'http://[::ffff:169.254.169.254]/',
    'http://[64:ff9b::7f00:1]/',
    'https://graph.microsoft.com/v1.0/me',
    'https://login.microsoftonline.com/',
    'https://smba.trafficmanager.net/amer/',
    '//contoso.sharepoint.com/a.csv',
    'contoso.sharepoint.com/a.csv',
    '',
  ])('does not even look up %j', async (url) => {
    await expect(download(url, 'list')).rejects.toMatchObject({ code: 'file-refused', details: { reason: 'host' } });
    expect(lookups).toEqual([]);
    expect(seen).toEqual([]);
  });

  it.each(['127.0.0.1', '10.0.0.5', '169.254.169.254', '::1', 'fd00::1', '::ffff:10.0.0.5', '64:ff9b::a00:5'])(
    'does not connect when the name leads to %s, even as one of several',
    async (address) => {
      addresses = [
        { address: '13.107.136.10', family: 4 },
        { address, family: address.includes(':') ? 6 : 4 },
      ];
      const attempt = download('https://contoso.sharepoint.com/a.csv', 'list');
      await expect(attempt).rejects.toMatchObject({ code: 'file-refused', details: { reason: 'address' } });
      expect(lookups).toEqual(['contoso.sharepoint.com']);
      expect(seen).toEqual([]);
    },
  );

  it('gives up on a resolver that does not answer', async () => {
    const hosts = createAllowedHosts(['*.sharepoint.com'], false);
    const stuck = createFileDownload({ hosts, lookup: () => new Promise(() => undefined), timeoutMs: 100 });
    await expect(stuck('https://contoso.sharepoint.com/a.csv', 'list')).rejects.toMatchObject({
      details: { reason: 'timeout' },
    });
  });

  it('reports a name nobody knows as unavailable', async () => {
    addresses = [];
    await expect(download('https://contoso.sharepoint.com/a.csv', 'list')).rejects.toMatchObject({
      details: { reason: 'unavailable' },
    });
  });

  it('connects to the addresses that were checked, whatever the name would mean the next time', () => {
    const answers: unknown[] = [];
    const checked = [{ address: '13.107.136.10', family: 4 }];
    pinnedLookup(checked)('rebound.sharepoint.com', { all: true }, (...answer) => answers.push(answer));
    pinnedLookup(checked)('rebound.sharepoint.com', {}, (...answer) => answers.push(answer));
    expect(answers).toEqual([
      [null, checked],
      [null, '13.107.136.10', 4],
    ]);
  });
});
