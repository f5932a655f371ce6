import { expect, it } from 'vitest';
import { readAnswer } from '../../src/http/answer.ts';

/** A body that counts how often it is asked for more. */
function counted(size: number): { readonly body: ReadableStream<Uint8Array>; readonly asked: () => number } {
  let asked = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        asked++;
        controller.enqueue(new Uint8Array(size));
      },
    },
    { highWaterMark: 0 },
  );
  return { body, asked: () => asked };
}

it('does not begin to read what says that it is too large', async () => {
  const { body, asked } = counted(10);
  const response = new Response(body, { headers: { 'content-length': '5001' } });
  expect(await readAnswer(response, 5000)).toBe('oversized');
  expect(asked()).toBe(0);
});

it('counts what is unpacked on the way, whose length says little', async () => {
  const { body, asked } = counted(1000);
  const response = new Response(body, { headers: { 'content-length': '20', 'content-encoding': 'gzip' } });
  expect(await readAnswer(response, 5000)).toBe('oversized');
  expect(asked()).toBeLessThan(10);
});

it('joins characters that were cut between two pieces', async () => {
  const [first, second] = [new Uint8Array([0x22, 0xc3]), new Uint8Array([0xa9, 0x22])];
  const body = new ReadableStream({
    start(controller) {
      for (const piece of [first, second]) controller.enqueue(piece);
      controller.close();
    },
  });
  expect(await readAnswer(new Response(body), 5000)).toMatchObject({ body: '"é"', json: 'é' });
});
