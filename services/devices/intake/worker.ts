import { parentPort } from 'node:worker_threads';
import { z } from 'zod';
import type { Answer, Job } from './pool/job.ts';
import type { PipedJob } from './pool/process-runner.ts';
import { packList, transferable } from './pool/wire.ts';
import { readList } from './read-list.ts';

// The same program runs as a thread, where jobs come as messages with their bytes, and as a process of its own, where the bytes come
// on standard input. Either way it reads one list at a time.
if (parentPort) serveThread(parentPort);
else serveProcess();

function serveThread(port: NonNullable<typeof parentPort>): void {
  port.on('message', async (job: Job) => {
    const answer = await answerTo(job);
    port.postMessage(answer, answer.kind === 'read' ? transferable(answer.packets) : []);
  });
  port.postMessage({ kind: 'ready' } satisfies Answer);
}

function serveProcess(): void {
  const tell = (answer: Answer) => process.send?.(answer);
  process.on('disconnect', () => process.exit(0));
  process.on('message', async (message) => {
    const { id, limits, source, byteLength } = pipedJob(message);
    const bytes = await standardInput(byteLength);
    tell(await answerTo({ id, limits, input: { kind: 'file', source, bytes } }));
  });
  tell({ kind: 'ready' });
}

async function answerTo({ id, input, limits }: Job): Promise<Answer> {
  try {
    return { kind: 'read', id, packets: packList(await readList(input, limits)) };
  } catch (error) {
    return { kind: 'failed', id, reason: error instanceof Error ? error.name : 'unknown' };
  }
}

const PIPED_JOB = z.object({ id: z.number(), source: z.string(), byteLength: z.number(), limits: z.unknown() });

function pipedJob(message: unknown): PipedJob {
  return PIPED_JOB.parse(message) as PipedJob;
}

async function standardInput(byteLength: number): Promise<Uint8Array> {
  const bytes = Buffer.alloc(byteLength);
  for (let at = 0; at < byteLength; ) {
    const part: Buffer | null = process.stdin.read(
      Math.min(byteLength - at, process.stdin.readableLength || byteLength - at),
    );
    if (part) at += part.copy(bytes, at);
    else await new Promise((resolve) => process.stdin.once('readable', resolve));
  }
  return bytes;
}
