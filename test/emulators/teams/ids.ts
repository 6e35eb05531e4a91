import { createHash } from 'node:crypto';

/**
 * Ids in Teams' forms, derived from what they name, so that a restarted channel knows the same chats.
 * Forms: "Get context for your Teams bot" (`29:` user ids, unique per bot), "Send proactive messages" (`a:`, `19:`).
 */
export const botMri = (appId: string) => `28:${appId}`;
export const personMri = (appId: string, tenantId: string, userId: string) => `29:1${digest(appId, tenantId, userId)}`;
export const personalChatId = (appId: string, mri: string) => `a:1${digest(appId, mri, 'personal')}`;
export const groupChatId = (name: string, tenantId: string) => `19:${hex(name, tenantId)}@thread.v2`;
export const channelId = (name: string, teamId: string) => `19:${hex(name, teamId)}@thread.tacv2`;
export const teamGuid = (name: string, tenantId: string) => guid(hex('team', name, tenantId));

function digest(...parts: readonly string[]): string {
  return createHash('sha384').update(parts.join('\n')).digest('base64url');
}

function hex(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32);
}

function guid(text: string): string {
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
