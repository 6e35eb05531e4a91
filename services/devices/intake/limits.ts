/** Everything that bounds what one list may cost. Sizes are in bytes unless the name says otherwise, times in milliseconds. */
export type IntakeLimits = Readonly<{
  /**
   * Longest paste read on the main thread, in characters, its rich form included; longer ones go to a worker. Reading is
   * linear and takes about 2 µs for a character of the worst kind (single digits with marks between), 12 µs in merged cells.
   */
  inlineChars: number;
  fileBytes: number;
  pictureBytes: number;
  rows: number;
  columns: number;
  cellChars: number;
  devices: number;
  archiveMembers: number;
  /** Bytes that all members of an archive or workbook may unpack to together. */
  archiveBytes: number;
  /** Highest ratio of unpacked to packed bytes, looked at only above `archiveRatioFrom` unpacked bytes. */
  archiveRatio: number;
  archiveRatioFrom: number;
  pixels: number;
  /** Longest side of a picture after decoding, in pixels. */
  pictureSide: number;
  pdfPages: number;
  textMs: number;
  tableMs: number;
  pdfMs: number;
  pictureMs: number;
  /** An archive may hold several files of any kind. */
  archiveMs: number;
  workerHeapMb: number;
  /** Lists that may wait for a free worker. */
  queueLength: number;
  /** Bytes of all lists together that may be waiting or being read at any moment. */
  heldBytes: number;
}>;

const MB = 1024 * 1024;

/**
 * The limits in production. A device list of 5,000 rows is about 300 KB as CSV and 25 MB is a picture of a current
 * phone at its best setting, so an honest list meets none of these. Calls to bots are cut after 15 seconds anyway:
 * reading runs after the answer to Teams.
 */
export const DEFAULT_LIMITS: IntakeLimits = {
  inlineChars: 8 * 1024,
  fileBytes: 20 * MB,
  pictureBytes: 25 * MB,
  rows: 100_000,
  columns: 64,
  cellChars: 8_192,
  devices: 5_000,
  archiveMembers: 200,
  archiveBytes: 100 * MB,
  archiveRatio: 100,
  archiveRatioFrom: MB,
  pixels: 50_000_000,
  pictureSide: 4_096,
  pdfPages: 300,
  textMs: 1_000,
  tableMs: 5_000,
  pdfMs: 15_000,
  pictureMs: 20_000,
  archiveMs: 40_000,
  workerHeapMb: 512,
  queueLength: 32,
  heldBytes: 128 * MB,
};
