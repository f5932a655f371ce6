import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { readAnswer } from '../../src/http/answer.ts';
import { call, caught, client, everythingIn } from './shop-client.ts';

const report = '{"summary":{"errors":0},"word":"é"}';

it('unpacks a file that is packed, whatever its headers say', async () => {
  const packed = gzipSync(report);
  for (const headers of [{}, { 'content-type': 'application/gzip', 'content-length': String(packed.length) }]) {
    expect(await readAnswer(new Response(packed, { headers }), 5000, true)).toMatchObject({
      body: report,
      json: { word: 'é' },
    });
  }
});

it('reads a file as it is that is not packed, or was unpacked on the way', async () => {
  expect(await readAnswer(new Response(report), 5000, true)).toMatchObject({ body: report });
  expect(await readAnswer(new Response('{'), 5000, true)).toMatchObject({ body: '{', json: undefined });
  expect(await readAnswer(new Response(''), 5000, true)).toMatchObject({ body: '', json: null });
});

it('joins the first bytes where they come one by one', async () => {
  const packed = gzipSync(report);
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const byte of packed) controller.enqueue(new Uint8Array([byte]));
      controller.close();
    },
  });
  expect(await readAnswer(new Response(body), 5000, true)).toMatchObject({ body: report });
});

it('stops where the unpacked bytes are too many, however small the file is', async () => {
  const bomb = gzipSync(new Uint8Array(5_000_000));
  expect(bomb.length).toBeLessThan(10_000);
  expect(await readAnswer(new Response(bomb), 10_000, true)).toBe('oversized');
});

it('stops where the packed bytes are too many and hold nothing', async () => {
  const head = new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);
  const emptyBlocks = new Uint8Array(1000);
  for (let at = 0; at < emptyBlocks.length; at += 5) emptyBlocks.set([0, 0, 0, 0xff, 0xff], at);
  let given = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const piece = given === 0 ? head : emptyBlocks;
        given += piece.length;
        controller.enqueue(new Uint8Array(piece));
      },
    },
    { highWaterMark: 0 },
  );
  expect(await readAnswer(new Response(body), 10_000, true)).toBe('oversized');
  expect(given).toBeLessThan(15_000);
});

it('says that a packed file is broken, and that a connection is', async () => {
  const packed = gzipSync(report);
  expect(await readAnswer(new Response(packed.subarray(0, packed.length - 10)), 5000, true)).toBe('corrupt');
  const spoilt = new Uint8Array(packed);
  spoilt.fill(0xff, 12, 20);
  expect(await readAnswer(new Response(spoilt), 5000, true)).toBe('corrupt');
  const broken = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (controller.desiredSize === null) return;
        controller.enqueue(new Uint8Array(packed.subarray(0, 15)));
        controller.error(new TypeError('terminated'));
      },
    },
    { highWaterMark: 0 },
  );
  await expect(readAnswer(new Response(broken), 5000, true)).rejects.toThrow('terminated');
});

it('is an answer that nobody can read where a packed file is broken', async () => {
  const { http } = client([() => new Response(gzipSync(report).subarray(0, 20))]);
  const error = await caught(http.send(call({ gunzip: true })));
  expect(error).toMatchObject({ code: 'response.unexpected', retryable: false });
  expect(String(error)).toContain('cannot be unpacked');
});

it('sends a text under exactly its content type', async () => {
  const { http, seen } = client([() => new Response(null, { status: 200 })]);
  const text = { body: '{"é":1}', contentType: 'application/json; charset=UTF-8' };
  const reply = await http.send(call({ method: 'PUT', text, reads: 'text', answer: z.string() }));
  expect(seen[0]).toMatchObject({ method: 'PUT', body: '{"é":1}' });
  expect(seen[0]?.headers['content-type']).toBe('application/json; charset=UTF-8');
  expect(reply.data).toBe('');
});

it('hands a text to the schema as it is, and none of it to an error', async () => {
  const { http } = client([() => new Response('sku\tprice')]);
  expect(await http.send(call({ reads: 'text', answer: z.string() }))).toMatchObject({ data: 'sku\tprice' });
  const error = await caught(http.send(call({ reads: 'text', answer: z.string().startsWith('asin') })));
  expect(error).toMatchObject({ code: 'response.unexpected' });
  expect(everythingIn(error)).not.toContain('price');
});
