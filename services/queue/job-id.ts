import { createHash } from 'node:crypto';
import type { Job } from './ports.ts';

/** Our own namespace for names of jobs; any fixed UUID would do. */
const NAMESPACE = Buffer.from('0b8f6c5e53d54a6f9d1c7a4f0e2b9c31', 'hex');

/**
 * The id of a job, the same each time for the same queue, id and step, so that enqueueing twice finds it there.
 *
 * @see RFC 9562, section 5.5 (UUID version 5)
 */
export function jobId({ queue, id, step }: Pick<Job, 'queue' | 'id' | 'step'>): string {
  const name = JSON.stringify([queue, id, step]);
  const bytes = createHash('sha1').update(NAMESPACE).update(name).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
