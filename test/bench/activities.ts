import type { SeededRequest } from './seed.ts';

function frame(serviceUrl: string, tenantId: string, who: { id: string; name: string }, index: number) {
  return {
    channelId: 'msteams',
    id: `bench-${tenantId}-${index}`,
    serviceUrl,
    timestamp: new Date().toISOString(),
    locale: 'en-GB',
    from: { id: `29:${who.id}`, name: who.name, aadObjectId: who.id },
    recipient: { id: '28:bot', name: 'Tarmac' },
    conversation: { id: `a:${who.id}`, conversationType: 'personal', tenantId },
    channelData: { tenant: { id: tenantId } },
    entities: [{ type: 'clientInfo', locale: 'en-GB', timezone: 'Europe/Stockholm' }],
  };
}

/** A word of somebody in their own chat with the bot. */
export function message(
  serviceUrl: string,
  tenantId: string,
  who: { id: string; name: string },
  text: string,
  index: number,
) {
  return { ...frame(serviceUrl, tenantId, who, index), type: 'message', text };
}

/** The press with which the approver of a request approves it. */
export function approval(serviceUrl: string, seeded: SeededRequest | undefined) {
  if (!seeded) throw new Error('not enough requests were seeded');
  const { tenantId, userId, name, reference } = seeded;
  const action = { type: 'Action.Execute', verb: 'relationship.approve', data: { reference } };
  const framed = frame(serviceUrl, tenantId, { id: userId, name }, 0);
  return { ...framed, type: 'invoke', name: 'adaptiveCard/action', value: { action, trigger: 'manual' } };
}
