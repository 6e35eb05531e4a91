/** Roles in a customer's directory that matter for accepting a partner. */
export const DIRECTORY_ROLES = ['global-administrator', 'billing-administrator'] as const;
export type DirectoryRole = (typeof DIRECTORY_ROLES)[number];

/**
 * Entra's id of each role, the same in every tenant.
 *
 * @see Microsoft Entra built-in roles; Microsoft 365 commerce: Manage solution provider partner relationships
 */
export const ROLE_TEMPLATES: Readonly<Record<DirectoryRole, string>> = {
  'global-administrator': '62e90394-69f5-4237-9190-012177145e10',
  'billing-administrator': 'b0f54661-2d74-4c50-afa3-1ec803f12efe',
};

/** What Entra said about somebody's roles in their own tenant, and when. No roles: neither of those that matter. */
export type RoleReading = Readonly<{ roles: readonly DirectoryRole[]; at: Date }>;

/** Asks Microsoft Graph with a person's own token. */
export interface OwnRoles {
  /**
   * Which of the roles that matter the token's owner holds now; `token-refused` when they have to sign in again.
   *
   * @throws ServiceError `graph-unavailable`
   */
  rolesOf(token: string): Promise<readonly DirectoryRole[] | 'token-refused'>;
}
