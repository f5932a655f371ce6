import * as z from 'zod';
import { connectionSchema } from './connection.ts';
import { userErrorsSchema } from './user-error.ts';

// Who is told what. Nullability as in the schema of Admin API 2026-07, read 2026-11-26.

const gid = z.string().min(1);
const subscriptionSchema = z.object({
  id: gid,
  topic: z.string().min(1),
  uri: z.string(),
  format: z.string(),
  filter: z.string().nullable(),
  includeFields: z.array(z.string()),
});
export type WireSubscription = z.infer<typeof subscriptionSchema>;

export const webhookSubscriptionsSchema = z.object({ webhookSubscriptions: connectionSchema(subscriptionSchema) });
export const webhookTopicsSchema = z.object({
  webhookSubscriptions: z.object({ nodes: z.array(z.object({ id: gid })) }),
});

const refusedSchema = z.object({ userErrors: userErrorsSchema }).nullable();
export const webhookSubscriptionCreateSchema = z.object({ webhookSubscriptionCreate: refusedSchema });
export const webhookSubscriptionUpdateSchema = z.object({ webhookSubscriptionUpdate: refusedSchema });
export const webhookSubscriptionDeleteSchema = z.object({ webhookSubscriptionDelete: refusedSchema });
