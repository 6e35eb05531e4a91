/**
 * One device as Partner Center takes it. Enough is: a PKID; or a hardware hash; or serial number, manufacturer and
 * model together. @see Partner Center REST, device deployment resources
 */
export type Device = Readonly<{
  /** Windows product key id: 13 digits, kept as text because it may start with zeros. */
  pkid?: string;
  serial?: string;
  /** Exactly as the OEM writes it: Partner Center compares letter case too. */
  manufacturer?: string;
  model?: string;
  /** 4K hardware hash, padded Base64. Discouraged: it is used only where a list brings nothing better. */
  hash?: string;
}>;

/** A device as it was read from a list. */
export type ListedDevice = Device &
  Readonly<{
    /** File name or `pasted text`, as the rep would call it. */
    source: string;
    /** Line or table row in that source, from 1. */
    row: number;
    /** Set when the rep must say yes before this device may be sent: the reason. */
    confirm?: ProblemKind;
  }>;

/** True when two rows about the same device contradict each other: one of them must be wrong. */
export function differ(one: Device, other: Device): boolean {
  const apart = (a: string | undefined, b: string | undefined) => a !== undefined && b !== undefined && a !== b;
  return (
    apart(one.serial?.toUpperCase(), other.serial?.toUpperCase()) ||
    apart(one.manufacturer, other.manufacturer) ||
    apart(one.model, other.model) ||
    apart(one.hash, other.hash)
  );
}

/** A line (or a whole source, row 0) that was not taken as it stands. */
export type ListProblem = Readonly<{
  source: string;
  row: number;
  kind: ProblemKind;
  /** Values for the sentence of this kind, such as the text found (shortened; never a product key or a hash). */
  details: Readonly<Record<string, string | number>>;
}>;

/** What any source, text, file or picture, turns into. Expected outcomes are values: reading never throws for content. */
export type DeviceList = Readonly<{ devices: readonly ListedDevice[]; problems: readonly ListProblem[] }>;

export const PROBLEM_KINDS = [
  'not_a_pkid',
  'wrong_length',
  'scientific_notation_lossy',
  'ambiguous_character',
  'duplicate_in_list',
  'conflict',
  'placeholder_value',
  'missing_serial',
  'missing_manufacturer',
  'missing_pkid',
  'insufficient_identifiers',
  'hash_truncated',
  'hash_invalid',
  'hash_mismatch',
  'formula_without_value',
  'cell_error',
  'hidden_data',
  'malformed_row',
  'ambiguous_candidate',
  'low_confidence',
  'low_resolution',
  'no_text_layer',
  'no_devices_found',
  'too_large',
  'decompression_bomb',
  'too_many_files',
  'nested_archive',
  'encrypted',
  'unreadable',
  'unsupported_type',
  'suspicious_value',
  'case_sensitive_value',
  'surface_device',
  'leading_zero_restored',
  'refused_before',
] as const;

/** Why a line was refused or is doubtful. Each has a sentence in the message catalogue. */
export type ProblemKind = (typeof PROBLEM_KINDS)[number];

/** Longest list one upload may carry, in devices. @see Partner Center, manual registration overview */
export const MAX_DEVICES_PER_UPLOAD = 1_000;
/** Longest list one batch may carry, in devices; it is sent in uploads of at most 1,000. */
export const MAX_DEVICES_PER_BATCH = 5_000;
