import type { Migration } from '../migrations.ts';
import { DOMAIN } from './domain.ts';
import { keyValueMigration } from './key-value.ts';
import { SECRETS } from './secrets.ts';

/** Every step of the schema, oldest first. */
export const MIGRATIONS: readonly Migration[] = [keyValueMigration, DOMAIN, SECRETS];
