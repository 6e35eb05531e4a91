import { describe, expect, it } from 'vitest';
import { createTeamsLinks } from '../../bot/teams-links.ts';

const TEAMS = 'https://teams.microsoft.com';
const BOT = 'b0000000-0000-4000-8000-000000000001';
const STORE = 'e0000000-0000-4000-8000-000000000002';
const TENANT = 'c0000000-0000-4000-8000-000000000001';
const links = createTeamsLinks({ teams: TEAMS, botAppId: BOT });
const at = (conversationId: string) => ({ serviceUrl: 'https://x', conversationId, activityId: '1563480968434' });

describe('links into Teams', () => {
  it('lead to the chat with the bot and to its page, in the tenant of the reader', () => {
    expect(links.chat).toBe(`${TEAMS}/l/chat/0/0?users=28:${BOT}`);
    expect(links.app(TENANT)).toBe(`${TEAMS}/l/app/${BOT}?tenantId=${TENANT}`);
  });

  it('name the app by the id it has in the store where that is known', () => {
    const listed = createTeamsLinks({ teams: TEAMS, botAppId: BOT, linkedAppId: STORE });
    expect(listed.app(TENANT)).toContain(`/l/app/${STORE}?`);
    expect(listed.chat).toContain(`28:${BOT}`);
  });

  it.each([
    ['19:abc@thread.tacv2', `19%3Aabc%40thread.tacv2/1563480968434?tenantId=${TENANT}&parentMessageId=1563480968434`],
    ['19:abc@thread.tacv2;messageid=42', `19%3Aabc%40thread.tacv2/1563480968434?tenantId=${TENANT}&parentMessageId=42`],
    [
      '19:abc@thread.v2',
      `19%3Aabc%40thread.v2/1563480968434?tenantId=${TENANT}&context=%7B%22contextType%22%3A%22chat%22%7D`,
    ],
  ])('lead to a message in %s', (conversation, expected) => {
    expect(links.message(TENANT, at(conversation))).toBe(`${TEAMS}/l/message/${expected}`);
  });

  it('lead to no message of a personal chat, which has no id that links know', () => {
    expect(links.message(TENANT, at('a:1wQd'))).toBeUndefined();
  });
});
