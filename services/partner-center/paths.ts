import { parseGuid } from '../identity.ts';

/** One path segment, encoded. Names may hold anything; `.` and `..` would climb out of the path. */
export function segment(text: string): string {
  if (text === '' || text === '.' || text === '..') throw new RangeError('not usable as a path segment');
  return encodeURIComponent(text);
}

/** A GUID as a path segment; anything else is refused before a request exists. */
export function guidSegment(text: string): string {
  const guid = parseGuid(text);
  if (!guid) throw new RangeError('not a GUID');
  return guid;
}

/** `/v1/customers/{id}`: where everything about one customer lives. */
export function customerPath(customerId: string): string {
  return `/v1/customers/${guidSegment(customerId)}`;
}

export function batchDevicesPath(customerId: string, batchName: string): string {
  return `${customerPath(customerId)}/deviceBatches/${segment(batchName)}/devices`;
}

/**
 * Reads the tracking id from a Location header. It must name a job of this very customer, on this very host:
 * anything else yields `undefined` and is never followed.
 */
export function parseJobLocation(location: string | null, baseUrl: string, customerId: string): string | undefined {
  if (!location || location.length > 512) return undefined;
  const { origin } = new URL(baseUrl);
  const path = location.startsWith(`${origin}/`) ? location.slice(origin.length) : location;
  const [, customer, job] = JOB_PATH.exec(path) ?? [];
  if (!customer || !job || customer.toLowerCase() !== customerId.toLowerCase()) return undefined;
  return parseGuid(job);
}

const JOB_PATH = /^(?:\/v1)?\/customers\/([0-9a-f-]{36})\/batchJobStatus\/([0-9a-f-]{36})$/i;
