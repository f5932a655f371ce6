import { describe, expect, it } from 'vitest';
import { chunk, inBatches, outcomesInOrder } from '../../src/connector/batch.ts';
import { CommerceError } from '../../src/errors/commerce-error.ts';

describe('a batch', () => {
  it('is cut in order, the last piece shorter', () => {
    expect(chunk([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
    expect(chunk([], 2)).toEqual([]);
    expect(chunk([1], 250)).toEqual([[1]]);
  });

  it.each([0, -1, 1.5, Number.NaN])('is not cut into pieces of %d', (size) => {
    expect(() => chunk([1], size)).toThrow(expect.objectContaining({ code: 'options.invalid' }));
  });

  it('that fails leaves the others to be sent, and its items are not taken for sent', async () => {
    const sent: string[][] = [];
    const down = new CommerceError({ code: 'write.uncertain', message: 'No answer.' });
    const outcomes = await inBatches(['a', 'b', 'c', 'd', 'e'], 2, async (batch) => {
      if (batch.includes('c')) throw down;
      sent.push([...batch]);
      return batch.map((item) => ({ item, ok: true as const }));
    });
    expect(sent).toEqual([['a', 'b'], ['e']]);
    expect(outcomes).toEqual([
      { item: 'a', ok: true },
      { item: 'b', ok: true },
      { item: 'c', ok: false, error: down },
      { item: 'd', ok: false, error: down },
      { item: 'e', ok: true },
    ]);
  });

  it('does not hide a mistake in the connector', async () => {
    await expect(inBatches([1], 1, () => Promise.reject(new TypeError('mine')))).rejects.toThrow('mine');
  });

  it('answers per item in the order sent, and silence on an item is not success', () => {
    const refused = new CommerceError({ code: 'sku.unknown', message: 'SKU "B" has no product there.' });
    const answers = new Map<string, 'ok' | CommerceError>([
      ['C', 'ok'],
      ['B', refused],
    ]);
    const outcomes = outcomesInOrder(['A', 'B', 'C'], (sku) => answers.get(sku), {
      system: 'shop',
      operation: 'inventory.push',
    });
    expect(outcomes.map(({ item, ok }) => [item, ok])).toEqual([
      ['A', false],
      ['B', false],
      ['C', true],
    ]);
    expect(outcomes[0]).toMatchObject({ error: { code: 'write.uncertain', system: 'shop' } });
    expect(outcomes[1]).toMatchObject({ error: { code: 'sku.unknown' } });
  });
});
