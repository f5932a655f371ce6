/** Method and path without ids: `PUT /orders/{id}`. */
export function operationOf({ method, url }: Pick<Request, 'method' | 'url'>): string {
  const path = new URL(url).pathname.replace(/^.*\/wp-json/, '').replace(/^\/wc\/v3/, '');
  return `${method} ${path.replaceAll(/\/\d+/g, '/{id}')}`;
}

/** How an answer is lost: the shop gave it and nobody heard, or whoever asked hung up while the shop was at work. */
export type Loss = { readonly operation: string; readonly how: 'unheard' | 'hung-up' };

/** A fetch to the real shop that loses the answer to the next call of an operation, whenever it is told to. */
export function losingFetch() {
  const due: Loss[] = [];
  let lost = 0;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const operation = operationOf(request);
    const index = due.findIndex((loss) => loss.operation === operation);
    const [loss] = index < 0 ? [] : due.splice(index, 1);
    if (loss === undefined) return globalThis.fetch(request);
    lost++;
    if (loss.how === 'unheard') await (await globalThis.fetch(request)).text();
    // Long enough to be sent, too short for WordPress to start and answer.
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
