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
