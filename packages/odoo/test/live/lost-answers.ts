import * as z from 'zod';

const legacyCall = z.object({ params: z.object({ service: z.literal('object'), args: z.array(z.unknown()).min(5) }) });

/** `sale.order.load`, on either wire; a question to the server itself has its path. */
export function operationOf(url: string, body: string): string {
  const { pathname } = new URL(url);
  const [, model, method] = /^\/json\/2\/([\w.]+)\/(\w+)$/.exec(pathname) ?? [];
  if (model !== undefined && method !== undefined) return `${model}.${method}`;
  const call = pathname === '/jsonrpc' ? legacyCall.safeParse(JSON.parse(body)) : undefined;
  return call?.success ? `${String(call.data.params.args[3])}.${String(call.data.params.args[4])}` : pathname;
}

/** How an answer is lost: Odoo gave it and nobody heard, or whoever asked hung up while Odoo was at work. */
export type Loss = { readonly operation: string; readonly how: 'unheard' | 'hung-up' };

/** A fetch to the real server that loses the answer to the next call of an operation, whenever it is told to. */
export function losingFetch() {
  const due: Loss[] = [];
  let lost = 0;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const operation = operationOf(request.url, await request.clone().text());
    const index = due.findIndex((loss) => loss.operation === operation);
    const [loss] = index < 0 ? [] : due.splice(index, 1);
    if (loss === undefined) return globalThis.fetch(request);
    lost++;
    if (loss.how === 'unheard') await (await globalThis.fetch(request)).text();
    // Long enough to be sent, too short for Odoo to make a record and answer.
    else await globalThis.fetch(request, { signal: AbortSignal.timeout(hangUpMs) }).catch(() => undefined);
    throw new TypeError('fetch failed');
  };
  return {
    fetch,
    lose: (...losses: readonly Loss[]) => void due.push(...losses),
    /** How many answers were lost. */
    count: () => lost,
  };
}

const hangUpMs = 40;
