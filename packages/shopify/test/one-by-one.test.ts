import { describe, expect, it } from 'vitest';
import { oneByOne } from '../src/one-by-one.ts';

/** Works that note when they begin, and end when they are told to. */
function works() {
  const begun: string[] = [];
  const inTurn = oneByOne();
  const start = (order: string, name: string) => {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const ended = inTurn(order, () => {
      begun.push(name);
      return promise;
    });
    return { ended, end: () => resolve(name), fail: () => reject(new Error(name)) };
  };
  return { begun, start };
}

describe('works of one order', () => {
  it('begin when the one before has ended, and those of another order at once', async () => {
    const { begun, start } = works();
    const [first, second] = [start('1', 'first'), start('1', 'second')];
    const other = start('2', 'other');
    other.end();
    await expect(other.ended).resolves.toBe('other');
    expect(begun).toEqual(['first', 'other']);
    first.end();
    second.end();
    await expect(second.ended).resolves.toBe('second');
    expect(begun).toEqual(['first', 'other', 'second']);
  });

  it('go on after one that failed, whose trouble is its own', async () => {
    const { start } = works();
    const [first, second] = [start('1', 'first'), start('1', 'second')];
    first.fail();
    second.end();
    await expect(first.ended).rejects.toThrow('first');
    await expect(second.ended).resolves.toBe('second');
  });
});
