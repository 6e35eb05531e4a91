import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';

const portMessage = z.object({ port: z.number() });
const cpuMessage = z.object({ cpuMicros: z.number(), rssBytes: z.number() });

/** A bot in a process of its own, so that its processor time is not mixed with the load's. */
export async function startProgram(program: URL, env: Readonly<Record<string, string>>) {
  const startedAt = performance.now();
  const child = fork(program, [], {
    env: { PATH: process.env.PATH, ...env },
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const { port } = await nextMessage(child, portMessage);
  return {
    url: `http://127.0.0.1:${port}/api/messages`,
    startedAt,
    async usage() {
      child.send('cpu');
      return nextMessage(child, cpuMessage);
    },
    async stop(): Promise<void> {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

export type Program = Awaited<ReturnType<typeof startProgram>>;

function nextMessage<T>(child: ChildProcess, schema: z.ZodType<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('the program ended'));
    child.once('exit', ended);
    child.on('message', function hear(message) {
      const read = schema.safeParse(message);
      if (!read.success) return;
      child.off('message', hear).off('exit', ended);
      resolve(read.data);
    });
  });
}
