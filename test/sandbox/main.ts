import { runSandbox } from './run.ts';

/** `npm run sandbox`: the bot, Microsoft's services and two people's Teams on this computer. */
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort());

process.exitCode = await runSandbox({
  args: process.argv.slice(2),
  print: (text) => void process.stdout.write(text),
  complain: (text) => void process.stderr.write(text),
  stop: stopping.signal,
});
