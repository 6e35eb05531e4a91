/** Somebody in the emulated world. `id` is the Entra object id. */
export type EmulatedPerson = Readonly<{
  id: string;
  name: string;
  givenName: string;
  surname: string;
  upn: string;
  /** Groups of the person's own tenant. */
  groupIds: readonly string[];
  /** Directory role template ids, as in the `wids` claim. */
  roleIds: readonly string[];
}>;

/** An Entra tenant: a partner, a distributor or a customer. */
export type EmulatedTenant = Readonly<{
  tenantId: string;
  name: string;
  /** The domain people know. */
  domain: string;
  /** The `onmicrosoft.com` name that Partner Center lists. */
  defaultDomain: string;
  people: readonly EmulatedPerson[];
}>;

export type EmulatedApp = Readonly<{ appId: string; secret: string }>;

export type World = Readonly<{
  partner: EmulatedTenant & Readonly<{ partnerId: string }>;
  /** The indirect provider with which the partner may work as its reseller. */
  distributor: EmulatedTenant & Readonly<{ partnerId: string }>;
  groups: Readonly<{ reps: string; removers: string; admins: string }>;
  botApp: EmulatedApp;
  /** The Secure Application Model's app; its refresh token belongs to the service account. */
  partnerCenterApp: EmulatedApp & Readonly<{ refreshToken: string; user: EmulatedPerson }>;
  customers: readonly EmulatedTenant[];
}>;

/** Directory role template ids. @see Microsoft Entra built-in roles */
export const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10';
export const BILLING_ADMINISTRATOR = 'b0f54661-2d74-4c50-afa3-1ec803f12efe';

export const REPS = '9a000000-0000-4000-8000-000000000001';
export const REMOVERS = '9a000000-0000-4000-8000-000000000002';
export const ADMINS = '9a000000-0000-4000-8000-000000000003';

export const PARTNER_TENANT_ID = '1a000000-0000-4000-8000-000000000001';
export const DISTRIBUTOR_TENANT_ID = '1a000000-0000-4000-8000-000000000002';
export const CONTOSO_TENANT_ID = 'c0000000-0000-4000-8000-000000000001';
export const FABRIKAM_TENANT_ID = 'c0000000-0000-4000-8000-000000000002';
export const BOT_APP_ID = 'b0000000-0000-4000-8000-000000000001';
export const PARTNER_CENTER_APP_ID = 'b0000000-0000-4000-8000-000000000002';

export const ROBIN = person('a1000000-0000-4000-8000-000000000001', 'Robin Reyes', 'northwind.example', [REPS]);
export const SAM = person('a1000000-0000-4000-8000-000000000002', 'Sam Sato', 'northwind.example', [REPS, REMOVERS]);
export const ADA = person('a1000000-0000-4000-8000-000000000003', 'Ada Admin', 'northwind.example', [ADMINS]);
export const NILS = person('a1000000-0000-4000-8000-000000000004', 'Nils Nobody', 'northwind.example');
export const SERVICE_ACCOUNT = person('a1000000-0000-4000-8000-000000000005', 'Partner Service', 'northwind.example');

export const ANNA = person(
  'a2000000-0000-4000-8000-000000000001',
  'Anna Andersson',
  'contoso.example',
  [],
  [GLOBAL_ADMINISTRATOR],
);
export const BO = person(
  'a2000000-0000-4000-8000-000000000002',
  'Bo Berg',
  'contoso.example',
  [],
  [BILLING_ADMINISTRATOR],
);
export const ULLA = person('a2000000-0000-4000-8000-000000000003', 'Ulla User', 'contoso.example');
export const FARAH = person(
  'a3000000-0000-4000-8000-000000000001',
  'Farah Finch',
  'fabrikam.example',
  [],
  [GLOBAL_ADMINISTRATOR],
);

export const NORTHWIND = {
  ...tenant(PARTNER_TENANT_ID, 'Northwind Partner', 'northwind', [ROBIN, SAM, ADA, NILS, SERVICE_ACCOUNT]),
  partnerId: '4711001',
};
export const TAILSPIN = {
  ...tenant(DISTRIBUTOR_TENANT_ID, 'Tailspin Distribution', 'tailspin', []),
  partnerId: '4711002',
};
export const CONTOSO = tenant(CONTOSO_TENANT_ID, 'Contoso', 'contoso', [ANNA, BO, ULLA]);
export const FABRIKAM = tenant(FABRIKAM_TENANT_ID, 'Fabrikam', 'fabrikam', [FARAH]);

/** The world every emulator starts with. All names, ids and secrets are invented. */
export const DEFAULT_WORLD: World = {
  partner: NORTHWIND,
  distributor: TAILSPIN,
  groups: { reps: REPS, removers: REMOVERS, admins: ADMINS },
  botApp: { appId: BOT_APP_ID, secret: 'emulated-bot-secret' },
  partnerCenterApp: {
    appId: PARTNER_CENTER_APP_ID,
    secret: 'emulated-partner-center-secret',
    refreshToken: 'emulated-refresh-token-0',
    user: SERVICE_ACCOUNT,
  },
  customers: [CONTOSO, FABRIKAM],
};

/** Every tenant of the world: partner, distributor, customers. */
export function tenantsOf(world: World): readonly EmulatedTenant[] {
  return [world.partner, world.distributor, ...world.customers];
}

/** `anna@contoso.example`: the first name is the mailbox. */
function person(
  id: string,
  name: string,
  domain: string,
  groupIds: readonly string[] = [],
  roleIds: readonly string[] = [],
): EmulatedPerson {
  const [givenName = name, surname = ''] = name.split(' ');
  return { id, name, givenName, surname, upn: `${givenName.toLowerCase()}@${domain}`, groupIds, roleIds };
}

function tenant(tenantId: string, name: string, label: string, people: readonly EmulatedPerson[]): EmulatedTenant {
  return { tenantId, name, domain: `${label}.example`, defaultDomain: `${label}-example.onmicrosoft.com`, people };
}
