/**
 * What runs inside the Playground's process before it: servers without a host listen on the loopback address only (its
 * own choice is all interfaces), and nothing outside this machine is dialled (it reports home even when told not to).
 * A data URL needs no file, so it works from source and from dist alike.
 */
const LOOPBACK_SOURCE = `
import net from 'node:net';
const { listen } = net.Server.prototype;
net.Server.prototype.listen = function (...args) {
  if (typeof args[0] === 'number' && typeof args[1] !== 'string') args.splice(1, 0, '127.0.0.1');
  return listen.apply(this, args);
};
const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...args) {
  const host = (Array.isArray(args[0]) ? args[0][0] : args[0])?.host ?? 'localhost';
  if (host === 'localhost' || host.startsWith('127.')) return connect.apply(this, args);
  process.nextTick(() => this.destroy(new Error('not dialled: ' + host)));
  return this;
};
`;

/** Ends a child when whoever started it is gone, however that ended: its standard input is a pipe that then closes. */
const LEASH_SOURCE = `
import { isMainThread } from 'node:worker_threads';
if (isMainThread) {
  process.stdin.on('end', () => process.kill(process.pid, 'SIGTERM')).on('error', () => {}).resume();
  process.stdin.unref?.();
}
`;

/** Node's arguments for a child with a pipe as standard input that must not outlive its parent. */
export const LEASH = preload(LEASH_SOURCE);

/** Node's arguments that keep a process on this machine. */
export const LOOPBACK_ONLY = preload(LOOPBACK_SOURCE);

function preload(source: string): readonly string[] {
  return ['--import', `data:text/javascript,${encodeURIComponent(source)}`];
}
