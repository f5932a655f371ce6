import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { FakePlatform } from './fake/platform.ts';

/** Where a door is opened. */
export interface ListenOptions {
  /** Default 0: a free one. */
  readonly port?: number | undefined;
  /** Default 127.0.0.1: nobody but this machine. */
  readonly host?: string | undefined;
}

/** An open door. `url` is an origin without a slash at its end. */
export interface Listening {
  readonly url: string;
  readonly port: number;
  /** Ends open connections too. */
  readonly close: () => Promise<void>;
}

/**
 * Opens a socket for a fake, so that any program in any language can speak to it. A connection that the fake drops is
 * really destroyed: the client sees a reset, not an answer. Rejects with Node's own error when the port is taken.
 */
export async function listen(
  platform: Pick<FakePlatform<unknown>, 'fetch'>,
  options: ListenOptions = {},
): Promise<Listening> {
  const host = options.host ?? '127.0.0.1';
  const listener = getRequestListener(
    async (request, { incoming }) => {
      try {
        return await platform.fetch(await plain(request));
      } catch (error) {
        incoming.socket.destroy();
        throw error;
      }
    },
    // The socket is gone by then, there is nobody to answer.
    { overrideGlobalObjects: false, errorHandler: () => undefined },
  );
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
  const port = await opened(server, options.port ?? 0, host);
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    close() {
      return new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      });
    },
  };
}

/** The server's request is a stand-in that only the server's own `Request` can copy; the fake gets a real one. */
async function plain(request: Request): Promise<Request> {
  const { url, method, headers, signal } = request;
  if (method === 'GET' || method === 'HEAD') return new Request(url, { method, headers, signal });
  return new Request(url, { method, headers, signal, body: await request.arrayBuffer() });
}

function opened(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}
