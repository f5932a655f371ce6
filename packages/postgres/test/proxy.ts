import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** What becomes of a connection when the client says something: it is cut before or after the server has heard it. */
export type Cut = 'before' | 'after' | undefined;

/**
 * Stands between stores and their server, and cuts connections where it is told to: `cut` is asked about everything that
 * a client says.
 */
export async function proxyTo(url: string, cut: (said: string) => Cut) {
  const target = new URL(url);
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    const end = () => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', end).on('close', () => {
        open.delete(socket);
        end();
      });
    }
    let isCut = false;
    client.on('data', (said) => {
      const how = cut(said.toString('latin1'));
      if (how === 'before') return end();
      isCut ||= how === 'after';
      upstream.write(said);
    });
    // The first word of the answer shows that the server was done; nobody is told.
    upstream.on('data', (answer) => (isCut ? end() : client.write(answer)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const through = new URL(url);
  through.port = String(typeof address === 'object' ? address?.port : '');
  return {
    url: through.href,
    async close() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
