import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pages, type FetchedPage } from '../../src/connector/paging.ts';

const told = { system: 'shop', operation: 'orders.pull' };

/** A platform whose page `n` names page `next[n]`. */
function platform(next: readonly (number | undefined)[]) {
  const asked: (string | undefined)[] = [];
  return {
    asked,
    fetchPage: async (at: string | undefined): Promise<FetchedPage<number>> => {
      asked.push(at);
      const page = Number(at ?? 0);
      const following = next[page];
      return { items: [page], cursor: `after ${page}`, next: following === undefined ? undefined : String(following) };
    },
  };
}

/** Whether following the pages comes to one without a next: after as many steps as there are pages, or never. */
function hasEnd(next: readonly (number | undefined)[]): boolean {
  let page: number | undefined = 0;
  for (let steps = 0; steps <= next.length && page !== undefined; steps++) page = next[page];
  return page === undefined;
}

async function all<T>(iterable: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const one of iterable) found.push(one);
  return found;
}

describe('paging', () => {
  it('goes on until there is no next page', async () => {
    const { fetchPage, asked } = platform([1, 2, undefined]);
    const found = await all(pages(fetchPage, told));
    expect(found.map(({ cursor }) => cursor)).toEqual(['after 0', 'after 1', 'after 2']);
    expect(asked).toEqual([undefined, '1', '2']);
  });

  it('starts where it is told', async () => {
    const { fetchPage } = platform([1, 2, undefined]);
    expect(await all(pages(fetchPage, { ...told, start: '2' }))).toEqual([{ items: [2], cursor: 'after 2' }]);
  });

  it('asks for a page only when it is wanted', async () => {
    const { fetchPage, asked } = platform([1, 2, undefined]);
    for await (const page of pages(fetchPage, told)) if (page.items[0] === 1) break;
    expect(asked).toHaveLength(2);
  });

  it('stops between pages when its caller wants no more', async () => {
    const { fetchPage, asked } = platform([1, 2, undefined]);
    const controller = new AbortController();
    const stopped = async () => {
      for await (const _ of pages(fetchPage, { ...told, signal: controller.signal })) controller.abort();
    };
    await expect(stopped()).rejects.toMatchObject({ code: 'call.aborted', operation: 'orders.pull' });
    expect(asked).toHaveLength(1);
  });

  it('is not held up by a next page that is the same one', async () => {
    const { fetchPage, asked } = platform([1, 1]);
    await expect(all(pages(fetchPage, told))).rejects.toMatchObject({ code: 'response.unexpected' });
    expect(asked).toHaveLength(2);
  });

  it('ends at the last page, or by finding that it goes in a circle, however the pages are linked', async () => {
    const walk = fc.array(fc.nat({ max: 30 }), { minLength: 31, maxLength: 31 });
    await fc.assert(
      fc.asyncProperty(walk, fc.nat({ max: 30 }), async (steps, last) => {
        const next = steps.map((page, index) => (index === last ? undefined : page));
        const { fetchPage, asked } = platform(next);
        const ending = await all(pages(fetchPage, told)).then(
          () => 'at the last page',
          (error: unknown) => (error instanceof Error ? error.message : ''),
        );
        expect(ending).toContain(hasEnd(next) ? 'at the last page' : 'handed out already');
        expect(asked.length).toBeLessThan(4 * 32);
      }),
    );
  });

  it('does not take a long way for a circle', async () => {
    const { fetchPage } = platform(Array.from({ length: 1000 }, (_, page) => (page < 999 ? page + 1 : undefined)));
    expect(await all(pages(fetchPage, told))).toHaveLength(1000);
  });
});
