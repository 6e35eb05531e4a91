import { z } from 'zod';
import type { ExportDialog } from '../dialogs/export-dialog.ts';
import type { SurfaceDialog } from '../dialogs/surface-dialog.ts';
import type { Turn } from '../dialogs/turn.ts';
import type { BatchId } from '../services/identity.ts';
import type { FileUpload } from './endpoint/file-upload.ts';
import type { Invoke } from './teams-bot.ts';

const id = z.string().min(1).max(100);
const context = z.union([
  z.object({ batchId: id, format: z.enum(['xlsx', 'csv']), only: z.literal('failed').optional() }),
  z.object({ surfaceOf: id }),
]);
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

export type FileConsentParts = Readonly<{ exporting: ExportDialog; surface: SurfaceDialog; upload: FileUpload }>;

/**
 * Somebody agreed to have a file, or did not. What comes back with it says which file was meant; whether they may have it
 * is decided again, and the file is made anew.
 *
 * @see Teams platform: Send and receive files with a bot, `fileConsent/invoke`
 */
export function createFileConsent({ exporting, surface, upload }: FileConsentParts): Invoke {
  const fileOf = (turn: Turn, wanted: z.infer<typeof context>) =>
    'surfaceOf' in wanted
      ? surface.file(turn, wanted.surfaceOf as BatchId)
      : exporting.file(turn, { ...wanted, batchId: wanted.batchId as BatchId });

  return async (turn, value) => {
    const { data } = consent.safeParse(value);
    if (!data) return undefined;
    if (data.action === 'decline') return { remove: true, replies: exporting.declined(turn) };
    const { bytes } = await fileOf(turn, data.context);
    await upload(data.uploadInfo.uploadUrl, bytes);
    const { contentUrl, name, uniqueId, fileType } = data.uploadInfo;
    return { remove: true, replies: [{ saved: { contentUrl, name, uniqueId, fileType } }] };
  };
}
