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
  let trips = 0;
  let frozen = false;
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
    let answered = true;
    client.on('data', (said) => {
      if (frozen) return;
      const words = said.toString('latin1');
      // Only what the stores say: pg-boss looks after itself on a connection of its own.
      if (answered && /crossdock_[0-9a-f]{32}|begin isolation|commit/.test(words)) trips++;
      answered = false;
      const how = cut(words);
      if (how === 'before') return end();
      isCut ||= how === 'after';
      upstream.write(said);
    });
    // The first word of the answer shows that the server was done; nobody is told.
    upstream.on('data', (answer) => {
      if (frozen) return;
      answered = true;
      if (isCut) end();
      else client.write(answer);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const through = new URL(url);
  through.port = String(typeof address === 'object' ? address?.port : '');
  return {
    url: through.href,
    /** How often the stores had to wait for an answer before they could go on. */
    trips: () => trips,
    /** Swallows what either side says, as a network does that lost its way: nobody is told. */
    freeze: (whether: boolean) => (frozen = whether),
    async close() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
