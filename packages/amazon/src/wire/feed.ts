import * as z from 'zod';

// Feeds API 2021-06-30 and the listings feed's report 2.0, models of 2026-08-05.

/** A place for a file. Its address is a secret, and lives five minutes. */
export const documentSchema = z.object({ feedDocumentId: z.string().min(1), url: z.url({ protocol: /^https?$/ }) });

export const createdFeedSchema = z.object({ feedId: z.string().min(1) });

export const feedSchema = z.object({
  feedId: z.string(),
  processingStatus: z.string(),
  resultFeedDocumentId: z.string().nullish(),
});
export type WireFeed = z.infer<typeof feedSchema>;

export const feedPageSchema = z.object({
  feeds: z.array(z.object({ feedId: z.string().min(1) })),
  nextToken: z.string().nullish(),
});

/** Without a message's number an issue is about the whole file. */
export const reportSchema = z.object({
  header: z.object({ sellerId: z.string(), feedId: z.string() }),
  issues: z.array(
    z.object({
      messageId: z.int().nullish(),
      sku: z.string().nullish(),
      code: z.string().nullish(),
      severity: z.string(),
      message: z.string(),
    }),
  ),
  summary: z.object({
    errors: z.int(),
    messagesProcessed: z.int(),
    messagesAccepted: z.int(),
    messagesInvalid: z.int(),
  }),
});
export type WireReport = z.infer<typeof reportSchema>;
