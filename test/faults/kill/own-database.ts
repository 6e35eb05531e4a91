import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** A database of this run's own: what another run sealed with its key cannot be opened. It goes with the test server. */
export async function ownDatabase(url: string): Promise<string> {
  const name = `kill_${randomUUID().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`).finally(() => client.end());
  const own = new URL(url);
  own.pathname = `/${name}`;
  return own.href;
}
