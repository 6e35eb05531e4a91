import { z } from 'zod';
import type { RequestId, TenantId, UserId } from '../identity.ts';

/** Readers for columns. A row that does not fit is a bug or a damaged database: the parser's error says which column. */
export const text = z.string();
export const optionalText = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined);
export const moment = z.coerce.date();
export const optionalMoment = z.coerce
  .date()
  .nullish()
  .transform((value) => value ?? undefined);
export const count = z.coerce.number().int();
export const tenantId = z.string().transform((value) => value as TenantId);
export const userId = z.string().transform((value) => value as UserId);
export const requestId = z.string().transform((value) => value as RequestId);
export const person = z.object({ tenantId, userId, name: z.string(), via: z.literal('http-api').optional() });
