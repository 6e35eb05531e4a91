import { z } from 'zod';
import { ROLES } from '../../services/access/access.ts';
import { BATCH_STATES, DEVICE_STATES } from '../../services/devices/batch.ts';
import { PROBLEM_KINDS } from '../../services/devices/device.ts';
import { REQUEST_STATES } from '../../services/relationships/relationship.ts';

/** Everything that goes in and out by HTTP, once: parsed with it, typed by it, and described by it in the OpenAPI document. */
export const SHAPES = z.registry<{ id: string }>();

function named<Shape extends z.ZodType>(id: string, description: string, shape: Shape): Shape {
  SHAPES.add(shape, { id });
  z.globalRegistry.add(shape, { description });
  return shape;
}

const moment = z.iso.datetime();
const words = (max: number) => z.string().max(max);
const somebody = z.object({ name: z.string(), userId: z.string() });
const customer = z.object({ tenantId: z.string(), name: z.string(), domain: z.string() });

/** A page of a list: where the next one begins, if there is one. */
function pageOf<Item extends z.ZodType>(id: string, item: Item) {
  const next = z.number().int().optional().describe('`offset` of the next page; absent on the last one.');
  return named(id, 'A page.', z.object({ items: z.array(item), next }));
}

/** Longest page and the usual one, in items. */
export const PAGE = { max: 200, usual: 50 } as const;

/** What every list takes in its query. */
export const paging = z.strictObject({
  limit: z.coerce.number().int().min(1).max(PAGE.max).default(PAGE.usual).describe('Items per page.'),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0).describe('Items to leave out, from the start.'),
});

export const problemShape = named(
  'Problem',
  'Why a call was refused (RFC 9457).',
  z.object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string().describe('Stays the same in every language and version; the texts may change.'),
    detail: z.string(),
    reference: z.string().optional().describe('To be found in the log.'),
  }),
);

export const callerShape = named(
  'Caller',
  'Who the token says you are, and what your groups let you do.',
  z.object({ kind: z.enum(['person', 'application']), name: z.string().optional(), roles: z.array(z.enum(ROLES)) }),
);

export const customerShape = named(
  'Customer',
  'A customer as Partner Center last told of it.',
  customer.extend({ isReseller: z.boolean(), since: moment.optional(), checkedAt: moment }),
);
export const customersPage = pageOf('Customers', customerShape);

export const wishShape = named(
  'RequestWish',
  'A relationship to ask for.',
  z.strictObject({
    customer: words(253).describe('Domain or tenant id of the customer.'),
    approvers: z.array(words(254)).min(1).max(10).describe('Sign-in names of those who may approve.'),
    note: words(500).optional(),
    route: z.enum(['direct', 'through-distributor']).optional(),
  }),
);

export const checkedWishShape = named(
  'CheckedWish',
  'What would be sent, with Microsoft’s verified link. Nothing was sent.',
  z.object({
    customer,
    approvers: z.array(z.string()),
    foreignApprovers: z.array(z.string()).describe('Of another organisation: probably a slip.'),
    route: z.string(),
    link: z.string(),
    expiresAt: moment,
  }),
);

export const requestShape = named(
  'Request',
  'A relationship request. The answer itself is given in Teams, and only there.',
  z.object({
    id: z.string(),
    customer,
    route: z.string(),
    state: z.enum(REQUEST_STATES),
    note: z.string().optional(),
    requestedBy: somebody,
    approvers: z.array(
      z.object({
        signInName: z.string(),
        name: z.string().optional(),
        delivery: z.enum(['not-installed', 'sending', 'sent', 'undeliverable', 'closed']).optional(),
      }),
    ),
    decision: z
      .object({ decision: z.enum(['approve', 'decline']), by: somebody, at: moment, reason: z.string().optional() })
      .optional(),
    createdAt: moment,
    expiresAt: moment,
    activeAt: moment.optional(),
  }),
);
export const requestsPage = pageOf('Requests', requestShape);

export const newBatchShape = named(
  'NewBatch',
  'Whose devices the list will hold.',
  z.strictObject({ customerTenantId: z.guid() }),
);

const line = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\u0000-\u001f\u007f]*$/);
export const listShape = named(
  'List',
  'Devices as pasted text, or one by one.',
  z.union([
    z.strictObject({ text: words(500_000), name: line(120).optional() }),
    z.strictObject({
      devices: z
        .array(
          z.strictObject({
            pkid: line(64).optional(),
            serial: line(128).optional(),
            manufacturer: line(128).optional(),
            model: line(128).optional(),
            hash: line(8_192).optional(),
          }),
        )
        .min(1)
        .max(500),
      name: line(120).optional(),
    }),
  ]),
);

export const batchShape = named(
  'Batch',
  'A device batch. `draft` is there only for whoever puts the list together, before it is confirmed.',
  z.object({
    id: z.string(),
    customer,
    name: z
      .string()
      .describe('Partner Center’s batch id, and the group tag the customer sees; a suggestion in a draft.'),
    state: z.enum(BATCH_STATES),
    problem: z.string().optional(),
    profile: z
      .object({ id: z.string(), name: z.string() })
      .optional()
      .describe('The Autopilot profile its devices get once they are registered.'),
    withoutDefault: z
      .enum(['gone', 'unread'])
      .optional()
      .describe(
        'Said by confirming only: the customer’s default profile was not taken, because Partner Center no longer has it, or did not say. Apply it in the chat, on the batch’s card.',
      ),
    addsTo: z
      .object({ name: z.string(), deviceCount: z.number().int().optional() })
      .optional()
      .describe('The batch these devices are added to, and how many it had before.'),
    requestedBy: somebody,
    createdAt: moment,
    confirmedAt: moment.optional(),
    finishedAt: moment.optional(),
    devices: z.object({ total: z.number().int(), ...countsOf(DEVICE_STATES) }),
    draft: z
      .object({
        digest: z.string().describe('Of the list as it stands: settling doubts and confirming want it back.'),
        doubtful: z.number().int().describe('Devices that need a yes or no before the list may be confirmed.'),
        problems: z.number().int().describe('Lines that were not taken.'),
        known: z.object(countsOf(['alreadyHere', 'inOtherBatch', 'otherCustomer'])),
      })
      .optional(),
  }),
);
export const batchesPage = pageOf('Batches', batchShape);

export const addedShape = named(
  'Added',
  'What was understood of a list that was handed in, and the batch as it is now.',
  z.object({ understood: z.number().int(), problems: z.number().int(), batch: batchShape }),
);

export const lineProblemShape = named(
  'LineProblem',
  'A line that was not taken.',
  z.object({
    position: z.number().int(),
    source: z.string(),
    row: z.number().int().describe('From 1; 0 is the whole source.'),
    kind: z.enum(PROBLEM_KINDS),
    text: z.string().describe('In the language of Accept-Language: en, fr, sv or he.'),
  }),
);
export const lineProblemsPage = pageOf('LineProblems', lineProblemShape);

export const deviceShape = named(
  'Device',
  'One device of a batch and what became of it. Hardware hashes are never given back.',
  z.object({
    position: z.number().int(),
    source: z.string(),
    row: z.number().int(),
    pkid: z.string().optional(),
    serial: z.string().optional(),
    manufacturer: z.string().optional(),
    model: z.string().optional(),
    hasHash: z.boolean(),
    state: z.enum(DEVICE_STATES),
    doubt: z.object({ kind: z.enum(PROBLEM_KINDS), text: z.string() }).optional(),
    error: z
      .object({
        code: z.string().optional(),
        name: z.string().optional(),
        cause: z.string(),
        who: z.string(),
        nextStep: z.string(),
      })
      .optional(),
  }),
);
export const devicesPage = pageOf('Devices', deviceShape);

export const doubtfulShape = named(
  'Doubtful',
  'A yes or no to doubtful devices of the list that was looked at: to those at these positions, or to all.',
  z.strictObject({
    digest: words(64).describe(
      '`draft.digest` of the list that was looked at: in another one, positions mean other devices.',
    ),
    answer: z.enum(['take', 'drop']),
    positions: z.array(z.number().int().min(0).max(5_000)).min(1).max(1_000).optional(),
  }),
);

export const confirmShape = named(
  'Confirm',
  'Sends the list that was looked at, and no other.',
  z.strictObject({
    digest: words(64),
    name: words(200).optional(),
    addTo: words(100)
      .optional()
      .describe(
        'Name of a batch this customer has at Partner Center: the devices are added to it and get its group tag.',
      ),
    profile: words(100)
      .nullable()
      .optional()
      .describe(
        'Id of an Autopilot profile made in Partner Center, or null for none; absent, the customer’s default one.',
      ),
  }),
);

export const nothingShape = named('Nothing', 'No members are taken.', z.strictObject({}));

function countsOf<Name extends string>(names: readonly Name[]) {
  const count = z.number().int();
  return Object.fromEntries(names.map((name) => [name, count])) as Record<Name, typeof count>;
}
