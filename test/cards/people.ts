/** Whom the samples are about. */
export const PARTNER = 'Nordwind Devices AB';
export const CUSTOMER = {
  tenantId: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  name: 'Contoso Logistics & Söner',
  domain: 'contoso.com',
};
export const LINK =
  'https://admin.microsoft.com/Adminportal/Home?invType=ResellerRelationship&partnerId=9b2c7a10-6f0e-4d8e-8d52-0f4d8f1b7e55&msppId=0&DAP=false#/BillingAccounts/partner-invitation';
