import type { Environment } from '../../bot/config.ts';
import type { Client } from '../emulators/teams/index.ts';
import type { SeenMessage } from '../emulators/teams/person.ts';
import { CONTOSO_TENANT_ID, ROBIN } from '../emulators/world.ts';
import { openStage, type Stage } from './stage.ts';

/** A stage without waits: Teams lets everything through, and Partner Center takes a moment instead of minutes. */
export async function openQuickStage(settings: Environment = {}): Promise<Stage> {
  const stage = await openStage({ settings, limits: { sends: undefined, tenant: undefined } });
  stage.partnerCenter.behaviour.timing = { queuedMs: 100, processingMs: 100 };
  return stage;
}

/** A quick stage on which work can begin: Contoso is an active customer, and Robin, who is a rep, has the app. */
export async function openReadyStage(): Promise<{ stage: Stage; robin: Client }> {
  const stage = await openQuickStage();
  stage.partnerCenter.accept(CONTOSO_TENANT_ID);
  const robin = stage.person(ROBIN, stage.world.partner);
  await robin.install();
  return { stage, robin };
}

/** Begins a registration for Contoso with a pasted list, and waits for its preview. */
export async function previewOf(rep: Client, list: string, matching: RegExp): Promise<SeenMessage> {
  await rep.say('register contoso');
  await rep.nextMessage({ matching: /Paste a list here/ });
  await rep.say(list);
  return rep.nextMessage({ matching });
}
