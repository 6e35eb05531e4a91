import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { ValidateFunction } from 'ajv';
import Ajv04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';

const require = createRequire(import.meta.url);

/** Where `@microsoft/app-manifest` keeps Microsoft's schemas: validating needs no network. */
const SCHEMAS = join(dirname(require.resolve('@microsoft/app-manifest')), 'json-schemas/teams');

/** Schema of a file in the package, by its `$schema` address. */
export type SchemaName = 'MicrosoftTeams' | 'MicrosoftTeams.Localization';

/** Address under which a schema is published: what `$schema` of a file has to say. */
export function schemaAddress(name: SchemaName, manifestVersion: string): string {
  return `https://developer.microsoft.com/json-schemas/teams/v${manifestVersion}/${name}.schema.json`;
}

/** What Microsoft's own schema says about a file, a sentence for each fault. */
export function schemaProblems(name: SchemaName, manifestVersion: string, content: unknown): readonly string[] {
  const validate = validatorOf(name, manifestVersion);
  if (!validate) return [`there is no schema for manifest version ${manifestVersion.slice(0, 20)}`];
  if (validate(content)) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) => {
    const extra = 'additionalProperty' in params ? ` (${String(params.additionalProperty)})` : '';
    return `${instancePath || 'the file'} ${message ?? 'is not valid'}${extra}`;
  });
}

const validators = new Map<string, ValidateFunction>();

function validatorOf(name: SchemaName, manifestVersion: string): ValidateFunction | undefined {
  const key = `v${manifestVersion}/${name}.schema.json`;
  const known = validators.get(key);
  const schema = known ? undefined : loadSchema(key);
  if (!schema) return known;
  // Microsoft's patterns are not strict enough for the `u` flag.
  const ajv = new Ajv04.default({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  const compiled = ajv.compile(schema);
  validators.set(key, compiled);
  return compiled;
}

function loadSchema(key: string): object | undefined {
  if (!/^v\d+\.\d+\/[\w.]+$/.test(key)) return undefined;
  try {
    return require(join(SCHEMAS, key));
  } catch {
    return undefined;
  }
}
