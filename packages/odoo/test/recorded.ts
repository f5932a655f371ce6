import { readFileSync } from 'node:fs';
import * as z from 'zod';

const refusal = z.object({
  label: z.string(),
  path: z.string(),
  status: z.number(),
  contentType: z.string(),
  body: z.string(),
});
export type Refusal = z.infer<typeof refusal>;

/** Every refusal that was recorded. */
export function refusals(): readonly Refusal[] {
  const text = readFileSync(new URL('samples/refusals.jsonl', import.meta.url), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => refusal.parse(JSON.parse(line)));
}

/** A `fetch` that gives the same answer to everything. */
export function always(status: number, body: string, contentType = 'application/json'): typeof globalThis.fetch {
  return () => Promise.resolve(new Response(body, { status, headers: { 'content-type': contentType } }));
}
