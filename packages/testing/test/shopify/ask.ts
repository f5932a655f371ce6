import type { FakePlatform, ShopifyState } from '@crossdock/testing';
import * as z from 'zod';

const errors = z.array(
  z.looseObject({
    message: z.string(),
    path: z.array(z.union([z.string(), z.number()])).optional(),
    extensions: z.looseObject({ code: z.string() }),
  }),
);
const cost = z.object({
  requestedQueryCost: z.number(),
  actualQueryCost: z.number().nullable(),
  throttleStatus: z.object({ maximumAvailable: z.number(), currentlyAvailable: z.number(), restoreRate: z.number() }),
});
const answer = z.looseObject({
  errors: errors.optional(),
  extensions: z.looseObject({ cost: cost.optional(), search: z.array(z.unknown()).optional() }).optional(),
});

/** Posts a document as a client would; `at` reads a value of the answer by its path. */
export async function ask(
  platform: FakePlatform<ShopifyState>,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
  more: { readonly version?: string; readonly token?: string } = {},
) {
  const response = await platform.fetch(`${platform.origin}/admin/api/${more.version ?? '2026-10'}/graphql.json`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-shopify-access-token': more.token ?? platform.state.accessToken,
    },
    body: JSON.stringify({ query, variables }),
  });
  const body: unknown = await response.json();
  const parsed = answer.safeParse(body);
  return {
    status: response.status,
    headers: response.headers,
    body,
    hasData: typeof body === 'object' && body !== null && 'data' in body,
    errors: parsed.success ? (parsed.data.errors ?? []) : [],
    cost: parsed.success ? parsed.data.extensions?.cost : undefined,
    search: parsed.success ? parsed.data.extensions?.search : undefined,
    at: (...path: readonly (string | number)[]): unknown => valueAt(body, ['data', ...path]),
  };
}

/** The value at a path, undefined where the path ends early. */
export function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  let here = value;
  for (const step of path) {
    if (Array.isArray(here) && typeof step === 'number') here = here.at(step);
    else if (typeof here === 'object' && here !== null && Object.hasOwn(here, step))
      here = new Map(Object.entries(here)).get(String(step));
    else return undefined;
  }
  return here;
}

/** The text at a path. */
export function textAt(value: unknown, ...path: readonly (string | number)[]): string {
  const found = valueAt(value, path);
  if (typeof found !== 'string') throw new Error(`There is no text at ${path.join('.')}.`);
  return found;
}
