import type { Migration } from '../migrations.ts';
import { keyValueMigration } from './key-value.ts';

/** Every step of the schema, oldest first. */
export const MIGRATIONS: readonly Migration[] = [keyValueMigration];
