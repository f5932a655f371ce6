import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stepKey } from '../../src/flows/step-key.ts';

it('is readable where it fits', async () => {
  expect(await stepKey('place-order/shop/order/1/order.placed', 'create')).toBe(
    'place-order/shop/order/1/order.placed/create',
  );
});

it('is never what a write appends to the key of another step', async () => {
  const key = await stepKey('run', 'create');
  expect(await stepKey('run', 'create/second')).not.toBe(`${key}/second`);
  expect(await stepKey('run', 'create/second')).toBe('run/create%2Fsecond');
  expect(await stepKey('run', 'create%2Fsecond')).toBe('run/create%252Fsecond');
});

it('leaves room for what a step appends, and is another for another step', async () => {
  const name = fc.string({ minLength: 1, maxLength: 300 });
  await fc.assert(
    fc.asyncProperty(name, name, name, async (run, one, other) => {
      const key = await stepKey(run, one);
      expect(key.length).toBeLessThanOrEqual(160);
      expect(await stepKey(run, one)).toBe(key);
      expect((await stepKey(run, other)) === key).toBe(one === other);
    }),
  );
});
