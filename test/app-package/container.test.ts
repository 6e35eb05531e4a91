import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const manifest = z
  .object({ scripts: z.record(z.string(), z.string()), dependencies: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync('package.json', 'utf8')));
const lock = z
  .object({ packages: z.record(z.string(), z.looseObject({ dev: z.boolean().optional() })) })
  .parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));

/** The rooms that run in production. */
const ROOMS = ['bot', 'cards', 'dialogs', 'services'];

function sourcesOf(room: string): readonly string[] {
  return readdirSync(room, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map((name) => join(room, name));
}

/** Packages a file loads when it runs: `import type` is gone by then. */
function packagesIn(source: string): readonly string[] {
  const loads = source.matchAll(
    /^(?:import|export)\s+(?!type\b)(?:[\w*{][^;'"]*?\sfrom\s+)?'([^'\n]+)'|\bimport\('([^']+)'|\.resolve\('([^']+)'/gm,
  );
  return [...loads]
    .map((found) => found[1] ?? found[2] ?? found[3] ?? '')
    .filter((name) => !name.startsWith('.') && !isBuiltin(name))
    .map((name) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    );
}

describe('what runs', () => {
  const used = new Set(ROOMS.flatMap(sourcesOf).flatMap((file) => packagesIn(readFileSync(file, 'utf8'))));

  it('loads packages of each kind of import, so that the search below means something', () => {
    expect([...used]).toEqual(expect.arrayContaining(['botbuilder', 'zod', 'pg', 'sharp', '@tesseract.js-data/eng']));
  });

  it('needs no development dependency', () => {
    expect([...used].filter((name) => !(name in manifest.dependencies))).toEqual([]);
    expect([...used].filter((name) => lock.packages[`node_modules/${name}`]?.dev !== undefined)).toEqual([]);
  });
});

describe('the container image', () => {
  const dockerfile = readFileSync('Dockerfile', 'utf8');
  const instructions = dockerfile.replaceAll('\\\n', ' ').split('\n');
  const copies = instructions.filter((line) => line.startsWith('COPY '));
  const fromHere = copies.filter((line) => !line.includes('--from=')).flatMap((line) => line.split(/\s+/).slice(1, -1));
  const jsonOf = (instruction: string) => {
    const line = instructions.findLast((one) => one.trimStart().includes(`${instruction} [`)) ?? '';
    return z.array(z.string()).parse(JSON.parse(line.slice(line.indexOf('['))));
  };

  it('copies only what exists and what .dockerignore lets in', () => {
    const allowed = readFileSync('.dockerignore', 'utf8')
      .split('\n')
      .flatMap((line) => /^!(.+)$/.exec(line)?.[1] ?? []);
    expect(fromHere.length).toBeGreaterThan(5);
    for (const source of fromHere) {
      expect(existsSync(source), source).toBe(true);
      expect(allowed).toContain(source.replace(/^\.\//, ''));
    }
    expect(readFileSync('.dockerignore', 'utf8').split('\n')).toContain('*');
  });

  it('compiles every room there is to run', () => {
    expect(ROOMS.filter((room) => !fromHere.includes(room))).toEqual([]);
    expect(fromHere).not.toContain('test');
  });

  it('starts as npm start does', () => {
    expect(jsonOf('CMD').join(' ')).toBe(manifest.scripts.start);
  });

  it('runs as an ordinary user who may write to the data volume only', () => {
    const order = ['RUN mkdir /data', 'USER node', 'VOLUME /data'].map((text) => dockerfile.indexOf(text));
    expect(order.every((at) => at > 0)).toBe(true);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(dockerfile).toContain('DATA_DIR=/data');
    expect(dockerfile.slice(dockerfile.indexOf('USER node'))).not.toMatch(/^(?:RUN|COPY)/m);
  });

  it('installs from the lock, without development dependencies in the last stage, and runs no install script', () => {
    const installs = instructions.filter(
      (line) => /\bnpm\b/.test(line) && line.startsWith('RUN') && !line.includes('run'),
    );
    expect(installs).toEqual(['RUN npm ci --ignore-scripts', 'RUN npm ci --omit=dev --ignore-scripts']);
    const last = instructions.slice(instructions.findLastIndex((line) => line.startsWith('FROM')));
    expect(last.filter((line) => line.includes('--from='))).toEqual([
      'COPY --from=dependencies /app/node_modules ./node_modules',
      'COPY --from=build /app/dist ./dist',
    ]);
  });

  it('asks the bot itself whether it lives, on the port it listens on', async () => {
    const check = instructions.find((line) => line.includes('/health/live')) ?? '';
    const [, flag, program = ''] = z.array(z.string()).parse(JSON.parse(check.slice(check.indexOf('['))));
    expect(flag).toBe('-e');
    expect(await exitCodeOf(program, 200)).toBe(0);
    expect(await exitCodeOf(program, 503)).toBe(1);
    expect(await exitCodeOf(program, undefined)).toBe(1);
  });

  it('keeps secrets out of its own text', () => {
    expect(dockerfile).not.toMatch(/PASSWORD|SECRET|SEAL_KEY|REFRESH_TOKEN|^ARG/m);
  });
});

/** Runs the health check's program against a server that answers with `status`, or against none. */
async function exitCodeOf(program: string, status: number | undefined): Promise<number | null> {
  const server = createServer((request, response) => {
    response.statusCode = request.url === '/health/live' ? (status ?? 500) : 404;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  if (status === undefined) await new Promise((resolve) => server.close(resolve));
  const child = spawn(process.execPath, ['-e', program], { env: { PORT: String(port) }, stdio: 'ignore' });
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  if (status !== undefined) await new Promise((resolve) => server.close(resolve));
  return code;
}
