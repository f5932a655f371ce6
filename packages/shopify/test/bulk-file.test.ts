import { inspect } from 'node:util';
import { testClock } from '@crossdock/testing';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileLines, type FileLine } from '../src/bulk-file.ts';
import { productGroups } from '../src/product-bulk.ts';
import { toBulkRow } from '../src/bulk-row.ts';

/** A server of one file in these pieces. One that knows no ranges always begins at the beginning. */
function served(text: string, cuts: readonly number[], knowsRanges: boolean): typeof globalThis.fetch {
  const bytes = new TextEncoder().encode(text);
  return async (_url, init) => {
    const from = Number(/\d+/.exec(new Headers(init?.headers).get('range') ?? '')?.[0] ?? 0);
    const start = knowsRanges ? from : 0;
    if (start > 0 && start >= bytes.length) return new Response(null, { status: 416 });
    const ends = [...cuts.map((cut) => cut % (bytes.length + 1)).filter((cut) => cut > start), bytes.length].toSorted(
      (one, other) => one - other,
    );
    let at = start;
    const pieces = ends.map((end) => bytes.slice(at, (at = end)));
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const piece of pieces) controller.enqueue(piece);
        controller.close();
      },
    });
    return new Response(body, { status: start > 0 ? 206 : 200 });
  };
}

async function readAll(text: string, cuts: readonly number[], from: number, knowsRanges: boolean) {
  const settings = { system: 'shopify', clock: testClock(), fetch: served(text, cuts, knowsRanges) };
  const size = new TextEncoder().encode(text).length;
  const lines: FileLine[] = [];
  const call = { operation: 'products.pull' };
  for await (const some of fileLines({ url: 'https://files.example/1', size }, from, settings, call))
    lines.push(...some);
  return lines;
}

describe('the lines of a file', () => {
  it('are whole however it is cut, and go on from the end of any of them', async () => {
    const rows = fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(rows, fc.array(fc.nat()), fc.nat(), fc.boolean(), async (words, cuts, pick, knowsRanges) => {
        const texts = words.map((word) => JSON.stringify({ word }));
        const file = texts.map((line) => `${line}\n`).join('');
        const all = await readAll(file, cuts, 0, knowsRanges);
        expect(all.map(({ text }) => text)).toEqual(texts);
        const place = pick % all.length;
        const rest = await readAll(file, cuts, all[place]?.end ?? 0, knowsRanges);
        expect(rest.map(({ text }) => text)).toEqual(texts.slice(place + 1));
      }),
    );
  });
});

describe('a file that is not as it should be', () => {
  const settings = { system: 'shopify', clock: testClock() };
  const call = { operation: 'products.pull' };

  it('has no last line where it was cut behind a brace', async () => {
    const whole = '{"a":{"b":1},"c":2}\n';
    const answers = [whole.slice(0, 12), whole];
    const fetch = async () => new Response(answers.shift());
    const lines: FileLine[] = [];
    const file = { url: 'https://files.example/1', size: whole.length };
    for await (const some of fileLines(file, 0, { ...settings, fetch }, call)) lines.push(...some);
    expect(lines.map(({ text }) => text)).toEqual([whole.trim()]);
  });

  it('is not asked for over an open line, and its link stands in no error', async () => {
    const asked: string[] = [];
    const fetch = async (url: unknown) => {
      asked.push(String(url));
      throw new TypeError(`no way to ${String(url)}`);
    };
    for (const [url, code] of [
      ['http://169.254.169.254/latest?Signature=SECRET', 'response.unexpected'],
      ['file:///etc/passwd', 'response.unexpected'],
      ['https://files.example/1?Signature=SECRET', 'network.unreachable'],
    ] as const) {
      const error: unknown = await fileLines({ url, size: 10 }, 0, { ...settings, fetch }, call)
        .next()
        .catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code });
      expect(inspect(error, { depth: 9 })).not.toContain('SECRET');
    }
    expect(new Set(asked)).toEqual(new Set(['https://files.example/1?Signature=SECRET']));
  });
});

describe('a file that is read to its end', () => {
  const row = JSON.stringify({ id: '1' });

  it('may end in lines of nothing', async () => {
    const lines = await readAll(`${row}\n\n  \n`, [3, 12], 0, true);
    expect(lines.map(({ text }) => text)).toEqual([row]);
  });

  it('has lines that end', async () => {
    const piece = new Uint8Array(8_000_000).fill(97);
    const endless: typeof globalThis.fetch = async () =>
      new Response(new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(piece.slice()) }));
    const settings = { system: 'shopify', clock: testClock(), fetch: endless };
    const reading = fileLines({ url: 'https://files.example/1', size: undefined }, 0, settings, { operation: 'bulk' });
    await expect(reading.next()).rejects.toMatchObject({
      code: 'response.unexpected',
      message: expect.stringContaining('no line ends within'),
    });
  });

  it('has no number that is not exact here', () => {
    const about = { system: 'shopify', operation: 'bulk' };
    expect(() => toBulkRow('{"id":"1","metafield":{"jsonValue":9007199254740993}}', about)).toThrow(
      'its number at "line.metafield.jsonValue" is above 2^53',
    );
  });

  it.each([307, 302])('is not followed to another place (%i)', async (status) => {
    const asked: RequestInit[] = [];
    const settings = {
      system: 'shopify',
      clock: testClock(),
      fetch: (async (_url, init) => {
        asked.push(init ?? {});
        return new Response(null, { status, headers: { location: 'http://elsewhere.example/' } });
      }) satisfies typeof globalThis.fetch,
    };
    const reading = fileLines({ url: 'https://files.example/1', size: 9 }, 0, settings, { operation: 'bulk' });
    await expect(reading.next()).rejects.toMatchObject({ code: 'request.rejected' });
    expect(asked).toMatchObject([{ redirect: 'manual' }]);
  });
});

describe('products out of lines', () => {
  const about = { system: 'shopify', operation: 'products.pull' };
  const lineOf = (id: string, parent?: string) =>
    toBulkRow(JSON.stringify({ id, ...(parent !== undefined && { __parentId: parent }) }), about);

  it('are read again where a child stands elsewhere, and resume where nothing is lost', () => {
    const groups = productGroups((head, children) => ({ again: `${head.id} with ${children.length}` }));
    const rows = [lineOf('A'), lineOf('a', 'A'), lineOf('B'), lineOf('late', 'A'), lineOf('b', 'B'), lineOf('C')];
    for (const [index, row] of rows.entries()) groups.add(row, index * 10, index * 10 + 10);
    groups.finish(60);
    expect(groups.whole).toEqual([
      { record: { again: 'A with 1' }, resumeAt: 20 },
      { record: { again: 'A' }, resumeAt: 20 },
      { record: { again: 'B with 1' }, resumeAt: 50 },
      { record: { again: 'C with 0' }, resumeAt: 60 },
    ]);
  });
});
