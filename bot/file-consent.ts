import { z } from 'zod';
import type { ExportDialog } from '../dialogs/export-dialog.ts';
import type { BatchId } from '../services/identity.ts';
import type { FileUpload } from './endpoint/file-upload.ts';
import type { Invoke } from './teams-bot.ts';

const context = z.object({
  batchId: z.string().min(1).max(100),
  format: z.enum(['xlsx', 'csv']),
  only: z.literal('failed').optional(),
});
const consent = z.discriminatedUnion('action', [
  z.object({
    type: z.literal('fileUpload'),
    action: z.literal('accept'),
    context,
    uploadInfo: z.object({
      contentUrl: z.string().max(8_192),
      name: z.string().max(400),
      uploadUrl: z.string().max(8_192),
      uniqueId: z.string().max(200),
      fileType: z.string().max(20),
    }),
  }),
  z.object({ type: z.literal('fileUpload'), action: z.literal('decline'), context: z.unknown().optional() }),
]);

/**
 * Somebody agreed to have a file, or did not. What comes back with it says which file was meant; whether they may have it
 * is decided again, and the file is made anew.
 *
 * @see Teams platform: Send and receive files with a bot, `fileConsent/invoke`
 */
export function createFileConsent(exporting: ExportDialog, upload: FileUpload): Invoke {
  return async (turn, value) => {
    const { data } = consent.safeParse(value);
    if (!data) return undefined;
    if (data.action === 'decline') return { remove: true, replies: exporting.declined(turn) };
    const { batchId, ...wanted } = data.context;
    const { bytes } = await exporting.file(turn, { ...wanted, batchId: batchId as BatchId });
    await upload(data.uploadInfo.uploadUrl, bytes);
    const { contentUrl, name, uniqueId, fileType } = data.uploadInfo;
    return { remove: true, replies: [{ saved: { contentUrl, name, uniqueId, fileType } }] };
  };
}
