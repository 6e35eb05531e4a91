/** A customer as cards show one. */
export type CustomerView = Readonly<{ tenantId: string; name: string; domain: string }>;

/** Longest name of an organisation or a person on a card, in UTF-16 units. */
export const MAX_NAME_CHARS = 80;
