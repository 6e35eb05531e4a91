import { z } from 'zod';
import { type BatchResult, resultRow } from '../batch/rows.ts';
import { button, offered } from '../buttons.ts';
import { MAX_NAME_CHARS } from '../customer.ts';
import { id, reader } from '../paging.ts';
import { type AdaptiveCard, prepare } from '../render.ts';
import { plain } from '../text.ts';
import type { Wording } from '../wording/wording.ts';
import template from './template.json' with { type: 'json' };

/** The first rows, for who cannot have a file here. */
export const EXPORT_ROWS = 10;

export type ExportView = Readonly<{
  batchId: string;
  batchName: string;
  customer: Readonly<{ name: string }>;
  /** How many devices the file has, and the first of them, what went wrong first. */
  total: number;
  failed: number;
  first: readonly BatchResult[];
  /** Files can be sent in personal chats only. */
  canSendFiles: boolean;
}>;

/** The first results of a batch as a table, and the ways to have all of them as a file. */
export function exportCard(view: ExportView, wording: Wording): AdaptiveCard {
  const { batchId, total, failed, canSendFiles } = view;
  const names = { batch: plain(view.batchName, MAX_NAME_CHARS), customer: plain(view.customer.name, MAX_NAME_CHARS) };
  const title = wording.say('export.title', names);
  const first = view.first.slice(0, EXPORT_ROWS);
  const buttons = canSendFiles
    ? offered(
        button(wording.say('export.xlsx'), 'batch.file', { batchId, format: 'xlsx' }),
        button(wording.say('export.csv'), 'batch.file', { batchId, format: 'csv' }),
        failed > 0 && button(wording.say('export.failed'), 'batch.file', { batchId, format: 'xlsx', only: 'failed' }),
      )
    : [];
  return draw(
    {
      title,
      lines: [wording.say('export.count', { total, failed })],
      rows: first.map((each) => resultRow(each, wording)),
      more: total > first.length ? [wording.say('export.more', { count: total - first.length })] : [],
      how: wording.say(canSendFiles ? 'export.how' : 'export.elsewhere'),
      buttons,
      hasButtons: buttons.length > 0,
    },
    wording,
    title,
  );
}

/** Reads which file is wanted. */
export const parseFile = reader({
  batchId: id,
  format: z.enum(['xlsx', 'csv']),
  only: z.literal('failed').optional(),
});

const draw = prepare(template);
