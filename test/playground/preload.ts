/**
 * What runs inside the Playground's process before it: servers without a host listen on the loopback address only (its
 * own choice is all interfaces), and nothing outside this machine is dialled (it reports home even when told not to).
 * A data URL needs no file, so it works from source and from dist alike.
 */
const SOURCE = `
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

/** Node's arguments that load it. */
export const LOOPBACK_ONLY: readonly string[] = ['--import', `data:text/javascript,${encodeURIComponent(SOURCE)}`];
