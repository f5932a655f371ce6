import * as z from 'zod';

/** A refusal of the API. `code` is free text, and not the same text in every API. Models of 2026-08-05. */
export const errorsSchema = z.object({
  errors: z
    .array(
      z.object({
        code: z.string(),
        message: z.string().default(''),
        details: z.string().nullish(),
      }),
    )
    .min(1),
});
