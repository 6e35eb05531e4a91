import type { Log } from '../../services/log.ts';
import { type Finding, ok, problem } from '../../services/operation/finding.ts';
import { type Config, type Environment, readConfig } from '../config.ts';
import { connectMicrosoft, type Microsoft } from '../microsoft.ts';
import { type Opened, openForDoctor } from './database.ts';
import { examineEvents } from './events.ts';
import { checked } from './failures.ts';
import { examineGraph } from './graph.ts';
import { examineInstallations } from './installations.ts';
import { examinePartnerCenter } from './partner-center.ts';

/** Examines an installation from its settings on, in the order in which one thing needs the other. */
export async function examine(env: Environment, now = () => new Date()): Promise<readonly Finding[]> {
  const settings = readConfig(env);
  if ('problems' in settings) {
    return settings.problems.map((text) => problem('settings', 'settings-wrong', 'settings', { text }));
  }
  const { config } = settings;
  const opened = await openForDoctor(config, SILENT);
  try {
    return [ok('settings', 'settings-complete'), ...opened.findings, ...(await examineServices(config, opened, now))];
  } finally {
    await opened.db.close();
  }
}

/** The checks beyond settings and database: tokens, Graph, Partner Center, and who has the app. */
export async function examineServices(
  config: Config,
  opened: Pick<Opened, 'db' | 'state'>,
  now: () => Date,
): Promise<readonly Finding[]> {
  const { db, state } = opened;
  let microsoft: Microsoft;
  try {
    microsoft = connectMicrosoft(config, db, now, SILENT);
  } catch {
    return [problem('bot-token', 'certificate', 'certificate')];
  }
  return [
    ...(await checked('bot-token', async () => {
      await microsoft.botTokens.token(`${config.cloud.botScope}/.default`);
      return [ok('bot-token', 'bot-token')];
    })),
    ...(await examineGraph(config, microsoft, db)),
    ...(await examinePartnerCenter(config, microsoft, { db, isReadable: state === 'stored' || state === 'empty' })),
    ...(state === 'stored' ? await checked('installed', () => examineInstallations(db, config.partner.tenantId)) : []),
    ...(state === 'stored' ? await checked('events', () => eventFindings(config, db, now())) : []),
  ];
}

async function eventFindings({ webhookOut }: Config, db: Opened['db'], at: Date): Promise<readonly Finding[]> {
  return webhookOut ? examineEvents(db, webhookOut.url, at) : [];
}

/** What the parts would log is what the findings say. */
const SILENT: Log = { debug: ignore, info: ignore, warn: ignore, error: ignore };

function ignore(): void {}
