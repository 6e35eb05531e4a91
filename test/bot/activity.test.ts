import { describe, expect, it } from 'vitest';
import { readActivity } from '../../bot/activity.ts';

const TENANT = 'c0000000-0000-4000-8000-000000000001';
const base = {
  type: 'message',
  id: '1',
  serviceUrl: 'https://smba.trafficmanager.net/amer/',
  from: { id: '29:x', name: 'Anna', aadObjectId: 'A2000000-0000-4000-8000-000000000001' },
  recipient: { id: '28:bot', name: 'Tarmac' },
  conversation: { id: 'a:1', conversationType: 'personal', tenantId: TENANT },
  channelData: { tenant: { id: TENANT } },
  locale: 'sv-SE',
  entities: [{ type: 'clientInfo', timezone: 'Europe/Stockholm' }],
};

describe('readActivity', () => {
  it('reads who speaks, where and in which language; ids in lower case', () => {
    expect(readActivity({ ...base, text: ' hi ' } as never)).toMatchObject({
      speaker: { tenantId: TENANT, userId: 'a2000000-0000-4000-8000-000000000001', name: 'Anna' },
      place: { kind: 'personal', conversationId: 'a:1' },
      locale: 'sv-SE',
      timeZone: 'Europe/Stockholm',
      text: 'hi',
    });
  });

  it.each([
    ['without an object id', { from: { id: '29:x' } }],
    ['with an object id that is none', { from: { id: '29:x', aadObjectId: '../x' } }],
    ['without a tenant', { conversation: { id: 'a:1' }, channelData: {} }],
  ])('hears nobody %s', (_name, change) => {
    expect(readActivity({ ...base, ...change } as never)).toBeUndefined();
  });

  it.each([
    ['names a chat of two people', { id: '19:one_other@unq.gbl.spaces', conversationType: 'personal' }],
    ['names none', undefined],
  ])('takes a call of the message extension for one from elsewhere, also when it %s', (_what, conversation) => {
    const called = { ...base, type: 'invoke', name: 'composeExtension/query', conversation };
    expect(readActivity(called as never)?.place.kind).toBe('elsewhere');
    expect(readActivity({ ...base, conversation: undefined } as never)).toBeUndefined();
  });

  it.each([
    ['manual', 'execute'],
    ['automatic', 'by-itself'],
    [undefined, 'execute'],
  ])('tells a press from a card that asks by itself: %s', (trigger, how) => {
    const value = { action: { type: 'Action.Execute', verb: 'request.open', data: {} }, trigger };
    const activity = { ...base, type: 'invoke', name: 'adaptiveCard/action', value };
    expect(readActivity(activity as never)?.pressed).toMatchObject({ verb: 'request.open', how });
  });

  it('hears nobody in an activity whose texts are objects with a hostile length', () => {
    const locale = { length: { toString: 1, valueOf: 'x' } };
    expect(readActivity({ ...base, locale } as never)).toBeUndefined();
  });

  it('takes the mention out of what was said in a channel', () => {
    const conversation = { id: '19:x', conversationType: 'channel', tenantId: TENANT };
    const heard = readActivity({ ...base, conversation, text: '<at>Tarmac</at> help' } as never);
    expect(heard).toMatchObject({ text: 'help', place: { kind: 'channel' } });
  });

  it('reads files and the rich form, and takes neither for the other', () => {
    const heard = readActivity({
      ...base,
      text: 'list',
      attachments: [
        { contentType: 'text/html', content: '<table></table>' },
        {
          contentType: 'application/vnd.microsoft.teams.file.download.info',
          name: 'a.csv',
          content: { downloadUrl: 'https://x.sharepoint.com/a' },
        },
        { contentType: 'application/vnd.microsoft.teams.file.download.info', name: 'b.csv', content: {} },
      ],
    } as never);
    expect(heard?.html).toBe('<table></table>');
    expect(heard?.files).toEqual([{ name: 'a.csv', url: 'https://x.sharepoint.com/a', kind: 'list' }]);
  });

  it('reads a press, from new clients and from old ones', () => {
    const value = { action: { type: 'Action.Execute', verb: 'help.show', data: { a: 1 } } };
    const executed = readActivity({ ...base, type: 'invoke', name: 'adaptiveCard/action', value } as never);
    expect(executed?.pressed).toEqual({ verb: 'help.show', data: { a: 1 }, how: 'execute' });
    const submitted = readActivity({ ...base, value: { verb: 'help.show', a: 1 } } as never);
    expect(submitted?.pressed).toMatchObject({ verb: 'help.show', how: 'submit' });
  });

  it.each([
    ['another invoke', { type: 'invoke', name: 'task/fetch', value: { action: { verb: 'x' } } }],
    ['a payload without a verb', { type: 'invoke', name: 'adaptiveCard/action', value: { action: {} } }],
    ['a value that is no object', { value: 'relationship.approve' }],
  ])('sees no press in %s', (_name, change) => {
    expect(readActivity({ ...base, ...change } as never)?.pressed).toBeUndefined();
  });

  it('takes out what a database cannot hold, and nothing else', () => {
    const odd = { reason: 'a\0b\ud800c', kept: ['😀', '\\u0000', 'line\nbreak'] };
    const from = { ...base.from, name: 'An\0na\udc00' };
    const heard = readActivity({ ...base, from, locale: 'sv\0', value: { verb: 'x', ...odd } } as never);
    expect(heard).toMatchObject({
      speaker: { name: 'Anna' },
      locale: 'sv',
      pressed: { data: { reason: 'abc', kept: ['😀', '\\u0000', 'line\nbreak'] } },
    });
  });
});
