import * as z from 'zod';
import type { Submission } from './listing-desk.ts';
import { listingParts } from './listing-view.ts';
import { attributesSchema, patchesSchema, requirementsSchema } from './submission-schema.ts';

// Amazon's schema of JSON_LISTINGS_FEED, version 2, of 2026-08-05, read 2026-11-23.
const fileSchema = z.object({
  header: z.object({
    sellerId: z.string(),
    version: z.literal('2.0'),
    issueLocale: z.string().optional(),
    report: z
      .object({ includedData: z.array(z.enum(listingParts)).min(1), apiVersion: z.literal('2021-08-01') })
      .optional(),
  }),
  messages: z.array(z.unknown()).min(1).max(25_000),
});

const same = { messageId: z.int().min(1).max(2_147_483_647), sku: z.string().min(1) };
const attributes = attributesSchema.refine((given) => Object.keys(given).length > 0);
/** Every kind of message has its own parts, and no others. */
const messageSchema = z.discriminatedUnion('operationType', [
  z.strictObject({
    ...same,
    operationType: z.literal('UPDATE'),
    productType: z.string().min(1),
    requirements: requirementsSchema.optional(),
    attributes,
  }),
  z.strictObject({
    ...same,
    operationType: z.literal('PARTIAL_UPDATE'),
    productType: z.string().min(1),
    attributes,
  }),
  z.strictObject({
    ...same,
    operationType: z.literal('PATCH'),
    productType: z.string().min(1),
    patches: patchesSchema,
  }),
  z.strictObject({ ...same, operationType: z.literal('DELETE') }),
]);
type Message = z.infer<typeof messageSchema>;

/** A message of a feed. What could not be read has no submission. */
export interface FeedMessage {
  readonly messageId: number | undefined;
  readonly sku: string | undefined;
  readonly submission: Submission | undefined;
}

/** What a feed's file says. Undefined for a file that is malformed as a whole. */
export function feedMessages(
  text: string,
  sellerId: string,
  marketplaceId: string,
): { readonly messages: readonly FeedMessage[]; readonly report: object | undefined } | undefined {
  const file = fileSchema.safeParse(parsed(text));
  if (!file.success || file.data.header.sellerId !== sellerId) return undefined;
  const seen = new Set<number>();
  const messages = file.data.messages.map((given) => {
    const message = messageSchema.safeParse(given);
    if (!message.success) return { ...named(given), submission: undefined };
    const { messageId, sku } = message.data;
    const isRepeated = seen.has(messageId);
    seen.add(messageId);
    return { messageId, sku, submission: isRepeated ? undefined : submissionOf(message.data, marketplaceId) };
  });
  return { messages, report: file.data.header.report };
}

function submissionOf(message: Message, marketplaceId: string): Submission {
  const target = { sku: message.sku, marketplaceId };
  switch (message.operationType) {
    case 'DELETE':
      return { kind: 'delete', ...target };
    case 'UPDATE': {
      const { productType, requirements, attributes: given } = message;
      return { kind: 'put', ...target, productType, requirements, attributes: given };
    }
    case 'PATCH':
      return { kind: 'patch', ...target, productType: message.productType, patches: message.patches };
    // The same as replacing every attribute that is named.
    case 'PARTIAL_UPDATE': {
      const patches = Object.entries(message.attributes).map(([name, value]) => ({
        op: 'replace' as const,
        name,
        value,
      }));
      return { kind: 'patch', ...target, productType: message.productType, patches };
    }
  }
}

const nameSchema = z.object({
  messageId: same.messageId.optional().catch(undefined),
  sku: same.sku.optional().catch(undefined),
});

function named(message: unknown): Omit<FeedMessage, 'submission'> {
  const name = nameSchema.safeParse(message);
  return { messageId: name.data?.messageId, sku: name.data?.sku };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
