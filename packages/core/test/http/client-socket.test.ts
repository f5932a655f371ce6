import { createServer, type RequestListener } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createHttpClient } from '../../src/http/client.ts';
import type { HttpClient, HttpClientOptions } from '../../src/http/options.ts';
import { call, canary, caught } from './shop-client.ts';

describe('over a socket', () => {
  it('a port where nobody listens is known not to have been reached', async () => {
    let origin = '';
    await listening(
      () => undefined,
      async (closing) => {
        origin = closing;
      },
    );
    const error = await caught(onSocket(origin).send(call({ safety: 'once', method: 'POST', json: {} })));
    expect(error).toMatchObject({ code: 'network.unreachable', details: { sent: 'no', reason: 'ECONNREFUSED' } });
  });

  it('a connection that is cut after the request leaves a write open', async () => {
    await listening(
      (request) => request.resume().on('end', () => request.socket.destroy()),
      async (origin) => {
        const error = await caught(onSocket(origin).send(call({ safety: 'once', method: 'POST', json: {} })));
        expect(error).toMatchObject({ code: 'write.uncertain', cause: { code: 'network.unreachable' } });
      },
    );
  });

  it('an answer that is cut in its middle leaves a write open', async () => {
    await listening(
      (_, response) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('{"id":1', () => response.destroy());
      },
      async (origin) => {
        const error = await caught(onSocket(origin).send(call({ safety: 'once', method: 'POST', json: {} })));
        expect(error).toMatchObject({ code: 'write.uncertain', cause: { code: 'network.unreachable' } });
      },
    );
  });

  it('credentials do not follow a redirect to another host', async () => {
    const visitors: (string | undefined)[] = [];
    await listening(
      (request, response) => {
        visitors.push(request.headers.authorization);
        response.end('{}');
      },
      async (elsewhere) =>
        listening(
          (_, response) => response.writeHead(307, { location: elsewhere }).end(),
          async (origin) => {
            const error = await caught(onSocket(origin, { sign: withCanary }).send(call()));
            expect(error).toMatchObject({ code: 'response.unexpected', details: { status: 307 } });
          },
        ),
    );
    expect(visitors).toEqual([]);
  });

  it('an endless answer is not read to its end', async () => {
    await listening(
      (_, response) => {
        const more = () => {
          while (response.writable && response.write('x'.repeat(1000)));
          response.once('drain', more);
        };
        more();
      },
      async (origin) => {
        const error = await caught(onSocket(origin, { maxAnswerBytes: 5000 }).send(call()));
        expect(error).toMatchObject({ code: 'response.unexpected', details: { maxAnswerBytes: 5000 } });
      },
    );
  });
});

async function listening(listener: RequestListener, use: (origin: string) => Promise<void>): Promise<void> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  try {
    await use(`http://127.0.0.1:${typeof address === 'object' ? address?.port : address}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

function onSocket(origin: string, options: Partial<HttpClientOptions> = {}): HttpClient {
  return createHttpClient({ system: 'shop', baseUrl: origin, explain: () => undefined, retry: false, ...options });
}

function withCanary(request: Request): Request {
  request.headers.set('authorization', canary);
  return request;
}
