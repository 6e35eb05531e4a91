import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export type Program = Readonly<{ start: (...args: string[]) => ChildProcess; remove: () => void }>;

/** Compiles a program of the tests, because Node 20 runs no TypeScript, so that it can be started and killed. */
export function compileProgram(source: URL): Program {
  const root = process.cwd();
  const out = join(root, 'node_modules', '.cache', 'tarmac-test', randomUUID());
  mkdirSync(out, { recursive: true });
  const file = fileURLToPath(source);
  const options = { outDir: out, rootDir: root, noCheck: true, sourceMap: false };
  const config = { extends: join(root, 'tsconfig.json'), files: [file], include: [], compilerOptions: options };
  writeFileSync(join(out, 'tsconfig.json'), JSON.stringify(config));
  writeFileSync(join(out, 'package.json'), JSON.stringify({ type: 'module' }));
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', join(out, 'tsconfig.json')]);
  const program = join(out, relative(root, file).replace(/\.ts$/, '.js'));
  return {
    start: (...args) =>
      fork(program, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: ['--liftoff-only'] }),
    remove: () => rmSync(out, { recursive: true, force: true }),
  };
}

/** Resolves with the next message the child sends; rejects when it ends without one. */
export function nextMessage(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('the child ended without a word'));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message);
    });
  });
}

/** Kills the child the way a crash does, and resolves when it is gone. */
export function kill(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
