import { describe, expect, it } from 'vitest';
import { createAllowedHosts } from '../../bot/endpoint/hosts.ts';
import { createSharedLinks } from '../../bot/shared-links.ts';

const LIST = 'https://contoso.sharepoint.com/:x:/s/Orders/list%20one.xlsx?web=1';

function links() {
  const asked: string[] = [];
  const find = createSharedLinks({
    hosts: createAllowedHosts(['*.sharepoint.com'], false),
    files: {
      async findShared(link) {
        asked.push(link);
        return { name: 'list one.xlsx', downloadUrl: 'https://contoso.sharepoint.com/download?tempauth=x' };
      },
    },
    download: async (url) => Buffer.from(url),
  });
  return { find, asked };
}

describe('links to files in what people say', () => {
  it('takes a link out of the text and asks nobody before the file is wanted', async () => {
    const { find, asked } = links();
    const { text, files } = find(`Please read ${LIST}, thanks`);
    expect(text).toBe('Please read , thanks');
    expect(asked).toEqual([]);
    expect(files.map(({ name }) => name)).toEqual(['list one.xlsx']);
    const fetched = await files[0]?.fetch();
    expect(fetched?.name).toBe('list one.xlsx');
    expect(asked).toEqual([LIST]);
  });

  it('finds the address Teams shows under the name of the file, once', () => {
    const html = `<p><a href="${LIST.replace('?', '?a=1&amp;')}">list one.xlsx</a></p>`;
    expect(links().find('list one.xlsx', html).files).toHaveLength(1);
    expect(links().find(LIST, `<a href="${LIST}">x</a>`).files).toHaveLength(1);
  });

  it('takes the links out of the rich form, too, and leaves everything else there', () => {
    const table = '<table><tr><td>3300000000011</td></tr></table><a href="https://example.com/3300000000028">x</a>';
    const anchor = `<A title="t" HREF="${LIST.replace('?', '?a=1&amp;')}"><b>list one.xlsx</b></A>`;
    const { html, files } = links().find('', `<p>See ${anchor}</p>${table}`);
    expect(html).toBe(`<p>See  </p>${table}`);
    expect(files).toHaveLength(1);
    expect(links().find('', `<p>${LIST} <a href="${LIST}">half`).html).not.toContain('sharepoint');
  });

  it('reads a message of nothing but beginnings of links in a moment', () => {
    const hostile = `${'<a href="x" '.repeat(30_000)}<a href="${LIST}">x</a>`;
    const began = performance.now();
    expect(links().find('', hostile).files).toHaveLength(1);
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it('follows files that hang on a message, where they are in SharePoint', () => {
    const attached = [LIST, 'https://example.com/other.xlsx'];
    expect(
      links()
        .find('', '<p>hi</p>', attached)
        .files.map(({ name }) => name),
    ).toEqual(['list one.xlsx']);
  });

  it.each([
    'https://example.com/list.xlsx',
    'http://contoso.sharepoint.com/list.xlsx',
    'https://contoso.sharepoint.com.example.com/list.xlsx',
    'https://contoso.sharepoint.com@example.com/list.xlsx',
    'https://contoso.sharepoint.com:8443/list.xlsx',
    'https://169.254.169.254/latest',
  ])('leaves a link to anywhere else as text: %s', (link) => {
    expect(links().find(`see ${link}`)).toEqual({ text: `see ${link}`, files: [] });
  });

  it('follows a few links of one message only', () => {
    const many = Array.from({ length: 50 }, (_, n) => `https://contoso.sharepoint.com/${n}.csv`).join(' ');
    expect(links().find(many).files).toHaveLength(5);
  });
});
