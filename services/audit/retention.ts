import type { Database, Transaction } from '../storage/ports.ts';

/** How long things are kept, in days. The audit itself is evidence and is kept. */
export type Retention = Readonly<{
  /** Hardware hashes, after their batch has ended: each describes one computer and its owner's network cards. */
  hashDays: number;
  /** Product ids, serial numbers and typed lines, after their batch has ended. */
  deviceDays: number;
  /** Lists that were never confirmed, after they were begun. */
  draftDays: number;
  /** People who removed the app, after they were last seen. */
  peopleDays: number;
}>;

/** How many rows each rule changed or removed. */
export type Forgotten = Readonly<{ hashes: number; devices: number; drafts: number; people: number }>;

const DAY_MS = 86_400_000;

/**
 * Forgets what was kept long enough. Safe to run any number of times; nothing that is under way is touched. How many
 * devices a batch had and what became of each stays.
 */
export async function applyRetention(db: Database, retention: Retention, now: Date): Promise<Forgotten> {
  const before = (days: number) => new Date(now.getTime() - days * DAY_MS);
  return db.transaction(async (tx) => ({
    drafts: await forgetDrafts(tx, before(retention.draftDays)),
    hashes: await forgetHashes(tx, before(retention.hashDays)),
    devices: await forgetDevices(tx, before(retention.deviceDays)),
    people: await forgetPeople(tx, before(retention.peopleDays)),
  }));
}

/** The first characters stay: they tell the rows of a batch apart, and are the same for thousands of computers. */
async function forgetHashes(tx: Transaction, before: Date): Promise<number> {
  const rows = await tx.query(
    `update batch_devices d set hash = left(d.hash, 12) from batches b
     where b.id = d.batch_id and b.finished_at < $1 and length(d.hash) > 12 returning 1`,
    [before],
  );
  return rows.length;
}

/** The last characters stay, so that somebody with the device in hand can still tell which row it is. */
async function forgetDevices(tx: Transaction, before: Date): Promise<number> {
  await tx.query(`delete from batch_problems p using batches b where b.id = p.batch_id and b.finished_at < $1`, [
    before,
  ]);
  await tx.query(
    `update profile_devices d set device_id = null from profile_applications a join batches b on b.id = a.batch_id
     where a.id = d.application_id and b.finished_at < $1 and d.device_id is not null`,
    [before],
  );
  await tx.query(
    `update removal_devices d set device_id = null, pkid = '…' || right(d.pkid, 3), serial = '…' || right(d.serial, 3)
     from removals r where r.id = d.removal_id and r.finished_at < $1
       and (length(d.pkid) > 4 or length(d.serial) > 4 or d.device_id is not null)`,
    [before],
  );
  const rows = await tx.query(
    `update batch_devices d set hash = null, device_id = null,
       pkid = '…' || right(d.pkid, 3), serial = '…' || right(d.serial, 3)
     from batches b where b.id = d.batch_id and b.finished_at < $1
       and (length(d.pkid) > 4 or length(d.serial) > 4 or d.hash is not null or d.device_id is not null) returning 1`,
    [before],
  );
  return rows.length;
}

async function forgetDrafts(tx: Transaction, before: Date): Promise<number> {
  const oldRemovals = `select id from removals where state in ('draft', 'cancelled') and created_at < $1`;
  await tx.query(`delete from removal_devices where removal_id in (${oldRemovals})`, [before]);
  await tx.query(`delete from removals where id in (${oldRemovals})`, [before]);
  const old = `select id from batches where state in ('draft', 'cancelled') and created_at < $1`;
  await tx.query(`delete from batch_problems where batch_id in (${old})`, [before]);
  await tx.query(`delete from batch_devices where batch_id in (${old})`, [before]);
  const rows = await tx.query(`delete from batches where id in (${old}) returning 1`, [before]);
  return rows.length;
}

/** Who still has the app is still spoken to, however long ago something about them changed. */
async function forgetPeople(tx: Transaction, before: Date): Promise<number> {
  const rows = await tx.query('delete from people where not installed and seen_at < $1 returning 1', [before]);
  return rows.length;
}
