import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stepKey } from '../../src/flows/step-key.ts';

it('is readable where it fits', async () => {
  expect(await stepKey('place-order/shop/order/1/order.placed', 'create')).toBe(
    'place-order/shop/order/1/order.placed/create',
  );
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
