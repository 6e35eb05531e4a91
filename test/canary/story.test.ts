import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createLog } from '../../bot/log.ts';
import type { Client } from '../emulators/teams/index.ts';
import { ANNA, CONTOSO_TENANT_ID, ROBIN, ULLA } from '../emulators/world.ts';
import { keepFigures } from '../figures/keep.ts';
import { makeHash } from '../intake/make/hash.ts';
import { openStage, type Stage } from '../whole/stage.ts';

/**
 * One whole story with everything logged, things going wrong on the way; then twelve secrets are looked for wherever
 * something could come out.
 */
const SEAL_KEY = randomBytes(32).toString('base64');
const HASH = makeHash({ serial: 'SN1CANARY' });
const PKID = '3300000000042';
const NOTE = 'canary note to the approver';
const folder = mkdtempSync(join(tmpdir(), 'tarmac-canary-'));
const said: string[] = [];
let logged = '';
let stage: Stage;
let robin: Client;
let anna: Client;
let reference = '';

beforeAll(async () => {
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      said.push(String(text));
      return true;
    });
  }
  for (const name of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    vi.spyOn(console, name).mockImplementation((...parts) => void said.push(parts.map(String).join(' ')));
  }
  const keep = (line: string) => {
    logged += line;
  };
  const log = createLog('debug', {}, { write: keep });
  stage = await openStage({ log, settings: { LOG_LEVEL: 'debug', SEAL_KEY, DATA_DIR: join(folder, 'data') } });
  stage.partnerCenter.behaviour.timing = { queuedMs: 200, processingMs: 200 };
  robin = stage.person(ROBIN, stage.world.partner);
  anna = stage.person(ANNA, { tenantId: CONTOSO_TENANT_ID });
  await tellStory();
  await stage.close();
});

afterAll(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

async function tellStory(): Promise<void> {
  await robin.install();
  await robin.say('request');
  const form = await robin.nextMessage({ matching: 'request.preview' });
  const typed = { customer: 'contoso.example', approvers: ANNA.upn, note: NOTE };
  await robin.press(form, 'request.preview', typed);
  const preview = robin.messages.find(({ cards }) => JSON.stringify(cards).includes('request.send'));
  if (!preview) throw new Error('no preview');
  await robin.press(preview, 'request.send');
  await anna.install();
  const request = await anna.nextMessage({ matching: 'relationship.approve' });
  reference = /"reference":"([\w-]{20,})"/.exec(JSON.stringify(request.cards))?.[1] ?? '';
  await refusedPresses();
  await anna.press(request, 'relationship.approve');
  stage.faults.add({ service: 'partner-center', effect: { kind: 'status', status: 500, body: { code: 'x' } } });
  await robin.say(`register ${CONTOSO_TENANT_ID}`);
  stage.faults.clear();
  stage.partnerCenter.accept(CONTOSO_TENANT_ID);
  await robin.nextMessage({ matching: /has accepted/ });
  await robin.say(`register ${CONTOSO_TENANT_ID}`);
  await robin.nextMessage({ matching: /Paste a list here/ });
  await robin.attach(
    'list.csv',
    Buffer.from(`Device Serial Number,Windows Product ID,Hardware Hash\nSN1CANARY,,${HASH}\n,${PKID},\n`),
  );
  const list = await robin.nextMessage({ matching: /understood/ });
  await robin.press(list, 'register.confirm', { batchName: 'Canaries' });
  await robin.nextMessage({ matching: /registered for Contoso|was refused|were refused/ });
  stage.login.settings.refresh = 'mfa-required';
  await robin.say('status');
  await fetch(`${stage.url()}/api/messages`, {
    method: 'POST',
    body: '{}',
    headers: { authorization: 'Bearer a.b.canary' },
  });
}

/** Somebody who was not asked, and somebody with the wrong reference. */
async function refusedPresses(): Promise<void> {
  const ulla = stage.person(ULLA, { tenantId: CONTOSO_TENANT_ID });
  await ulla.install();
  await ulla.say(`approve ${reference}`);
}

describe('twelve secrets', () => {
  const everywhere = ['the log', 'standard output and error', 'what Teams was sent', 'the database'] as const;
  const outside = everywhere.slice(0, 3);
  const logs = everywhere.slice(0, 2);
  let searched = 0;
  let hits = 0;

  it.each([
    ['the bot’s password', everywhere, () => stage.world.botApp.secret],
    ['the secret of Partner Center’s app', everywhere, () => stage.world.partnerCenterApp.secret],
    ['the first refresh token', everywhere, () => stage.world.partnerCenterApp.refreshToken],
    ['any refresh token since', everywhere, () => /emulated-refresh-token|refresh_token/],
    ['access tokens of any kind', everywhere, () => /eyJ[\w-]{10,}\.[\w-]{10,}/],
    ['the key that seals', everywhere, () => SEAL_KEY],
    ['a token that was refused', everywhere, () => 'a.b.canary'],
    ['the reference of a request', logs, () => reference],
    ['a hardware hash', outside, () => HASH.slice(8, 100)],
    ['the product ids of a list', logs, () => PKID],
    ['the note to an approver', logs, () => NOTE],
    ['sign-in names', logs, () => /(?:anna|robin|ulla)@\w+\.example/],
  ])('%s: nowhere in %j', (_what, sinks, secretOf) => {
    const secret = secretOf();
    expect(String(secret).length).toBeGreaterThan(8);
    for (const sink of sinks) {
      const found = find(secret, contentOf(sink));
      searched += 1;
      hits += found === '' ? 0 : 1;
      expect(found, sink).toBe('');
    }
  });

  it('were all there to be found: the story ran, and was logged', () => {
    expect(reference.length).toBeGreaterThan(20);
    expect(logged.split('\n').length).toBeGreaterThan(5);
    expect(logged).toContain('a turn ended with an error');
    expect(contentOf('what Teams was sent')).toContain(NOTE);
    expect(contentOf('the database').length).toBeGreaterThan(1_000_000);
    keepFigures('canary secrets', { 'searches, each for a secret in a place': searched, hits });
    expect(contentOf('the database')).toContain(NOTE);
    const posts = stage.journal.entries().filter(({ path }) => /deviceBatches$/i.test(path));
    expect(JSON.stringify(posts)).toContain(HASH.slice(8, 100));
  });
});

function contentOf(sink: string): string {
  if (sink === 'the log') return logged;
  if (sink === 'standard output and error') return said.join('');
  if (sink === 'what Teams was sent') return JSON.stringify(stage.journal.find({ service: 'teams' }));
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map((file) => readFileSync(join(file.parentPath, file.name), 'latin1')).join('\n');
}

/** The place of a hit, or nothing. */
function find(secret: string | RegExp, text: string): string {
  const at = typeof secret === 'string' ? text.indexOf(secret) : text.search(secret);
  return at < 0 ? '' : text.slice(Math.max(0, at - 120), at + 60);
}
