/** Serial numbers are typed in any letter case; without this, finding one would read every device there ever was. */
export const DEVICE_SEARCH = {
  id: 5,
  name: 'device-search',
  sql: 'create index batch_devices_by_serial_any_case on batch_devices (upper(serial)) where serial is not null',
} as const;
