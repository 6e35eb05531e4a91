import { z } from 'zod';
import { type CustomerView, MAX_NAME_CHARS } from './customer.ts';
import { bare } from './text.ts';

/** What an input that searches while somebody types looks through; Teams sends the name back with what was typed. */
export const CUSTOMER_DATASETS = ['customers.active', 'customers.all'] as const;
export type CustomerDataset = (typeof CUSTOMER_DATASETS)[number];

/** Most choices that one answer may hold. @see Teams: typeahead search in Adaptive Cards */
export const MAX_FOUND = 15;

/** Longest text that is searched for, in UTF-16 units; more is cut off. */
const MAX_QUERY_CHARS = 100;
/** How far somebody may scroll through what was found, in choices. */
const MAX_SKIP = 1_000;

const schema = z.object({
  dataset: z.enum(CUSTOMER_DATASETS),
  queryText: z
    .string()
    .nullish()
    .transform((text) => (text ?? '').trim().slice(0, MAX_QUERY_CHARS)),
  queryOptions: z.object({ skip: z.number().int().min(0).max(MAX_SKIP).nullish() }).nullish(),
});

export type CustomerSearch = Readonly<{ dataset: CustomerDataset; query: string; skip: number }>;

/** Reads what Teams sends at each key; `undefined` means that the payload is not ours. */
export function parseCustomerSearch(value: unknown): CustomerSearch | undefined {
  const { data } = schema.safeParse(value);
  return data && { dataset: data.dataset, query: data.queryText, skip: data.queryOptions?.skip ?? 0 };
}

/** A customer as one of several to choose from. */
export function customerChoice({ tenantId, name, domain }: CustomerView): { title: string; value: string } {
  return { title: `${bare(name, MAX_NAME_CHARS)} (${bare(domain, 120)})`, value: tenantId };
}
