import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openPlayground } from '../playground/client.ts';
import { listenersOf } from './listeners.ts';
import { readOptions } from './options.ts';
import { findTakenPort, layOutPorts } from './ports.ts';
import { runSandbox } from './run.ts';
import { startSandbox } from './sandbox.ts';
import { STUB_BOT } from './stub-bot.ts';

let folder: string;
let entry: string;
let base: number;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
  entry = join(folder, 'bot.mjs');
  await writeFile(entry, STUB_BOT);
  base = await freeBase();
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function freeBase(): Promise<number> {
  for (;;) {
    const candidate = 20_000 + Math.floor(Math.random() * 10_000);
    if ((await findTakenPort(layOutPorts(candidate, true))) === undefined) return candidate;
  }
}

/** The command as a person runs it, up to its JSON line. */
function run(...more: readonly string[]) {
  const stopping = new AbortController();
  const said = { out: '', err: '' };
  const args = ['--port', String(base), '--bot-entry', entry, '--data', join(folder, 'data'), ...more];
  const code = runSandbox({
    args,
    print: (text) => {
      said.out += text;
    },
    complain: (text) => {
      said.err += text;
    },
    stop: stopping.signal,
  });
  const ready = async () => {
    const line = await vi.waitFor(() => {
      const found = said.out.split('\n').filter((text) => text.startsWith('{'));
      if (found.length !== 1) throw new Error(`no JSON line: ${JSON.stringify(said)}`);
      return found[0] ?? '';
    }, 60_000);
    return JSON.parse(line);
  };
  return { code, said, ready, stop: () => stopping.abort() };
}

describe('npm run sandbox', () => {
  it('starts everything, tells what to try and stops it all', async () => {
    const { code, said, ready, stop } = run();
    const line = await ready();
    const url = (step: number) => `http://127.0.0.1:${base + step}`;
    expect(line).toEqual({
      ready: true,
      bot: url(0),
      partnerPlayground: url(5),
      customerPlayground: url(6),
      emulators: { teams: url(1), login: url(2), botLogin: url(2), graph: url(3), partnerCenter: url(4) },
    });
    const list = `${url(3)}/sites/Orders/Autumn.csv`;
    for (const text of ['Robin Reyes', 'Anna Andersson', url(5), url(6), '  5. ', list])
      expect(said.out).toContain(text);
    const anna = await openPlayground(url(6));
    await anna.say('hello');
    const heard = await vi.waitFor(async () => {
      const all = await (await fetch(`${url(0)}/heard`)).json();
      expect(all).toHaveLength(1);
      return all;
    }, 20_000);
    expect(heard).toMatchObject([
      { text: 'hello', from: { name: 'Anna Andersson' }, serviceUrl: expect.stringContaining(url(1)) },
    ]);
    anna.close();
    stop();
    expect(await code).toBe(0);
    expect(await findTakenPort(layOutPorts(base))).toBeUndefined();
  });

  it('gives a colleague a Playground where that is asked for, with chats of their own', async () => {
    const { code, said, ready, stop } = run('--colleague');
    const { colleaguePlayground } = await ready();
    expect(colleaguePlayground).toBe(`http://127.0.0.1:${base + 7}`);
    expect(said.out).toContain('Sam Sato');
    const sam = await openPlayground(colleaguePlayground);
    await sam.say('hello');
    const heard = await vi.waitFor(async () => {
      const all = await (await fetch(`http://127.0.0.1:${base}/heard`)).json();
      expect(all).toHaveLength(1);
      return all;
    }, 20_000);
    expect(heard).toMatchObject([{ text: 'hello', from: { name: 'Sam Sato' } }]);
    sam.close();
    stop();
    expect(await code).toBe(0);
    expect(await findTakenPort(layOutPorts(base, true))).toBeUndefined();
  });

  it('gives the bot every setting of production, on loopback', async () => {
    const { code, ready, stop } = run('--no-playground');
    expect(await ready()).toMatchObject({ partnerPlayground: null, customerPlayground: null });
    stop();
    await code;
    const environment = JSON.parse(await readFile(join(folder, 'data/bot/environment.json'), 'utf8'));
    expect(environment).toMatchObject({
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      MicrosoftAppType: 'SingleTenant',
      PARTNER_NAME: 'Northwind Partner',
      ALLOWED_SERVICE_HOSTS: `127.0.0.1:${base + 1}`,
      ALLOWED_FILE_HOSTS: `127.0.0.1:${base + 1},127.0.0.1:${base + 3}`,
    });
    expect(Buffer.from(environment.SEAL_KEY, 'base64')).toHaveLength(32);
    expect(await readFile(environment.PARTNER_CENTER_WEBHOOK_CA, 'utf8')).toContain('BEGIN CERTIFICATE');
  });

  it('keeps key and emulators over a restart and forgets them with --fresh', async () => {
    const keys: string[] = [];
    for (const more of [[], [], ['--fresh']]) {
      const { code, ready, stop } = run('--no-playground', ...more);
      const { emulators } = await ready();
      const published = await (await fetch(`${emulators.login}/v1/.well-known/keys`)).text();
      keys.push((await readFile(join(folder, 'data/seal.key'), 'utf8')) + published);
      stop();
      await code;
    }
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
  });

  it('names a taken port and the flag, and leaves', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(base + 3, '127.0.0.1', resolve));
    const { code, said } = run();
    expect(await code).toBe(1);
    expect(said.err).toBe(`Port ${base + 3} is taken: choose others with npm run sandbox -- --port ${base + 100}.\n`);
    holder.close();
  });

  it('stops everything and shows the log when the bot dies', async () => {
    const { code, said, ready } = run('--no-playground');
    const { bot } = await ready();
    await fetch(`${bot}/die`).catch(() => undefined);
    expect(await code).toBe(1);
    expect(said.err).toContain('The bot ended (code 3)');
    expect(said.err).toContain('the stub was told to die');
    expect(await findTakenPort(layOutPorts(base))).toBeUndefined();
  });

  it('says why when the bot does not start', async () => {
    await writeFile(entry, "console.error('MicrosoftAppId is missing.'); process.exit(1);");
    const { code, said } = run();
    expect(await code).toBe(1);
    expect(said.err).toContain('The bot did not start');
    expect(said.err).toContain('MicrosoftAppId is missing.');
    expect(said.out).toBe('');
  });

  it.runIf(process.platform === 'linux')('listens on the loopback address and nowhere else', async () => {
    const ports = layOutPorts(base, true);
    const options = {
      basePort: base,
      fresh: true,
      playgrounds: true,
      colleague: true,
      botEntry: entry,
      dataDir: join(folder, 'data'),
    };
    const sandbox = await startSandbox(options, ports, new AbortController().signal);
    const expected = Object.values(ports).map((port) => `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`);
    const found = [process.pid, ...sandbox.pids].flatMap(listenersOf);
    await sandbox.close();
    expect(found).toEqual(expect.arrayContaining(expected));
    expect(found.filter((address) => !address.startsWith('0100007F:'))).toEqual([]);
  });
});

it.each([[['--port', 'x']], [['--port', '80']], [['--nonsense']]])('refuses %j', (args) => {
  expect(readOptions(args)).toEqual(expect.any(String));
});
