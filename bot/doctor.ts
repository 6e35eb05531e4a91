import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createWording } from '../cards/wording/wording.ts';
import { isWell } from '../services/operation/finding.ts';
import { examine } from './doctor/examine.ts';
import { asJson, asText } from './doctor/report.ts';

/** `npm run doctor`: says in one line per check what works and what to do. Ends with 1 when there is a problem. */
const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
if (existsSync('.env')) process.loadEnvFile('.env');
const findings = await examine(process.env);
const wording = createWording(process.env.LANG?.split('.')[0]?.replace('_', '-') ?? 'en');
process.stdout.write(values.json ? asJson(findings, wording) : asText(findings, wording));
process.exitCode = isWell(findings) ? 0 : 1;
