/** Addresses that open something inside Teams, on phones too. */
export interface TeamsLinks {
  /** The personal chat with the bot, opened if there is none yet. */
  readonly chat: string;
}

export type TeamsLinkParts = Readonly<{
  /** Origin of the Teams web client in the partner's cloud. */
  teams: string;
  botAppId: string;
}>;

/**
 * Makes the links of one installation.
 *
 * The chat is named by the bot's own id (`28:…`), which is the same in every tenant. Microsoft documents a link by the
 * app's id, but that one differs between the store, a catalogue and an upload.
 *
 * @see Teams: deep link to a chat
 */
export function createTeamsLinks({ teams, botAppId }: TeamsLinkParts): TeamsLinks {
  return { chat: `${teams}/l/chat/0/0?users=28:${botAppId}` };
}
