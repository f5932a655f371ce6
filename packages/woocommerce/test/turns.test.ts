import { describe, expect, it } from 'vitest';
import { turns, turnsByKey } from '../src/turns.ts';

/** Work that ends when it is told to, and notes when it began. */
function work() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const start = (name: string) => () => {
    begun.push(name);
    return new Promise<string>((resolve) => ends.set(name, () => resolve(name)));
  };
  const end = async (name: string) => {
    ends.get(name)?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { begun, start, end };
}

describe('turns', () => {
  it('go to urgent work first, and to no more than so many at once', async () => {
    const line = turns(2, 'shop');
    const { begun, start, end } = work();
    const take = (name: string, lane: 'urgent' | 'normal' | 'bulk') => line.take({ operation: 'x', lane }, start(name));
    const all = [take('a', 'bulk'), take('b', 'bulk'), take('c', 'bulk'), take('d', 'normal'), take('e', 'urgent')];
    await end('none');
    expect(begun).toEqual(['a', 'b']);
    for (const name of ['a', 'b', 'e', 'd', 'c']) await end(name);
    expect(begun).toEqual(['a', 'b', 'e', 'd', 'c']);
    expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('are given up by who is aborted while waiting, at once and without being run', async () => {
    const line = turns(1, 'shop');
    const { begun, start, end } = work();
    const first = line.take({ operation: 'x' }, start('a'));
    const controller = new AbortController();
    const second = line.take({ operation: 'x', signal: controller.signal }, start('b'));
    controller.abort();
    // The first has not ended, and need not.
    await expect(second).rejects.toMatchObject({ code: 'call.aborted', system: 'shop', operation: 'x' });
    await end('a');
    expect(await first).toBe('a');
    expect(begun).toEqual(['a']);
  });

  it('go on after work that failed', async () => {
    const line = turns(1, 'shop');
    await expect(line.take({ operation: 'x' }, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await line.take({ operation: 'x' }, async () => 'yes')).toBe('yes');
  });

  it('of one key are one after another, and of two beside each other', async () => {
    const line = turnsByKey('shop');
    const { begun, start, end } = work();
    const take = (key: string, name: string) => line.take(key, { operation: 'x' }, start(name));
    const all = [take('1', 'a'), take('1', 'b'), take('2', 'c')];
    await end('none');
    expect(begun).toEqual(['a', 'c']);
    await end('a');
    // One who comes while another is at it waits as well, though nobody waited before.
    all.push(take('1', 'd'));
    await end('none');
    expect(begun).toEqual(['a', 'c', 'b']);
    for (const name of ['b', 'c', 'd']) await end(name);
    expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd']);
  });
});
