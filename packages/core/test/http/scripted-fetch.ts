export interface SeenRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
export type Step = (request: Request) => Response | Promise<Response>;

/** A fetch that answers what no state can produce: one step a request, the last one for ever. */
export function scriptedFetch(...steps: readonly Step[]): { fetch: typeof globalThis.fetch; seen: SeenRequest[] } {
  const seen: SeenRequest[] = [];
  return {
    seen,
    async fetch(input, init) {
      const request = new Request(input, init);
      const body = await request.clone().text();
      const { url, method } = request;
      seen.push({ url, method, headers: Object.fromEntries(request.headers), body });
      const step = steps[Math.min(seen.length, steps.length) - 1];
      if (!step) throw new Error('The script has no steps.');
      return step(request);
    },
  };
}

export const json =
  (body: unknown, status = 200, headers: Record<string, string> = {}): Step =>
  () =>
    Response.json(body, { status, headers });
export const status =
  (code: number, headers: Record<string, string> = {}): Step =>
  () =>
    new Response(code === 204 ? null : 'words', { status: code, headers });
/** What Node's fetch rejects with. */
export const networkError =
  (code?: string, syscall?: string): Step =>
  () => {
    const cause = Object.assign(new Error(code), { code, syscall });
    throw new TypeError('fetch failed', code ? { cause } : undefined);
  };
/** Answers nothing until the request is aborted. */
export const silence: Step = (request) =>
  new Promise((_, reject) => {
    request.signal.addEventListener('abort', () => reject(request.signal.reason));
  });
/** An answer that breaks off in its middle. */
export const truncated: Step = () =>
  new Response(
    new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"id":'));
        controller.error(new TypeError('terminated'));
      },
    }),
  );
