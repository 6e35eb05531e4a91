import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { examine } from './doctor/examine.ts';
import { asJson, asText, isWell } from './doctor/report.ts';

/** `npm run doctor`: says in one line per check what works and what to do. Ends with 1 when there is a problem. */
const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
if (existsSync('.env')) process.loadEnvFile('.env');
const findings = await examine(process.env);
process.stdout.write(values.json ? asJson(findings) : asText(findings));
process.exitCode = isWell(findings) ? 0 : 1;
