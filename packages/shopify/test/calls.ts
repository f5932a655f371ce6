import * as z from 'zod';

const asked = z.object({ operationName: z.string(), variables: z.record(z.string(), z.unknown()), query: z.string() });
/** What one call asks the shop for. */
export type Asked = z.infer<typeof asked>;

/** Lets somebody act, or answer in the shop's place, just before a call reaches the shop. */
export function between(
  fetch: typeof globalThis.fetch,
  before: (call: Asked) => object | undefined | Promise<object | undefined>,
): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    // A file is asked for without a body.
    const call = asked.safeParse(
      request.method === 'POST'
        ? await request
            .clone()
            .json()
            .catch(() => undefined)
        : undefined,
    );
    const answer = call.success ? await before(call.data) : undefined;
    return answer ? Response.json({ data: answer }) : fetch(request);
  };
}

/** Notes every call, and lets it through. */
export function noted(fetch: typeof globalThis.fetch): { readonly calls: Asked[]; readonly fetch: typeof fetch } {
  const calls: Asked[] = [];
  return {
    calls,
    fetch: between(fetch, (call) => {
      calls.push(call);
      return undefined;
    }),
  };
}
