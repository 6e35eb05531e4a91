/**
 * An upload that sends again what failed for no reason of its own names the one it repeats. Each knows how many devices it
 * carried, also after some of them have moved on to such a repeat.
 */
export const UPLOAD_RETRIES = {
  id: 4,
  name: 'upload-retries',
  sql: `
alter table uploads add column retry_of text references uploads (id);
alter table uploads add column device_count integer not null default 0;
update uploads u set device_count = (select count(*) from batch_devices d
  where d.batch_id = u.batch_id and d.upload_number = u.number);
`,
} as const;
