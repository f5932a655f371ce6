import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A back office behind a real socket. It makes one order for each key, and counts every request that asks for one. */
export interface LedgerServer {
  readonly url: string;
  /** The key of every request for an order, in the order in which they came. */
  readonly requests: readonly string[];
  /** The orders that there are, by key. */
  readonly orders: ReadonlyMap<string, string>;
  /** Resolves when a request has come that is not answered before `answerHeld`. */
  readonly held: Promise<void>;
  answerHeld(): void;
  close(): Promise<void>;
}

/** Opens it. With `hold`, the first request for an order is carried out, and answered only later. */
export async function ledgerServer({ hold = false }: { readonly hold?: boolean } = {}): Promise<LedgerServer> {
  const requests: string[] = [];
  const orders = new Map<string, string>();
  const { promise: held, resolve: isHeld } = Promise.withResolvers<void>();
  let answerHeld: (() => void) | undefined;
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      if (request.url === '/ping') return answer(response, {});
      const key = String(request.headers['idempotency-key']);
      requests.push(key);
      const id = orders.get(key) ?? `S-${orders.size + 1}`;
      orders.set(key, id);
      if (!hold || requests.length > 1) return answer(response, { id });
      answerHeld = () => answer(response, { id });
      isHeld();
    });
  });
  // Longer than any pause, so that a connection that stands still stands.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // It listens on a port, so its address is no path.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    orders,
    held,
    answerHeld: () => answerHeld?.(),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answer(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
