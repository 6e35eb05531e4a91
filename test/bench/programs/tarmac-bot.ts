import { compose } from '../../../bot/compose.ts';
import { readConfig } from '../../../bot/config.ts';
import { createLog } from '../../../bot/log.ts';
import { answerQuestions, reportPort } from './measured.ts';

/** The bot as `npm start` runs it, with a line to the bench. */
const settings = readConfig(process.env);
if ('problems' in settings) throw new Error(settings.problems.join(' '));
answerQuestions();
reportPort(await (await compose(settings.config, createLog(settings.config.logLevel))).listen());
