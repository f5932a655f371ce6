import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sharesOf } from './stock-shares.ts';

it('all channels together show what is there and nothing more, and none much more than another', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000 }), (available) => {
      const shares = Object.values(sharesOf(available));
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(available);
      expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
    }),
  );
});

it.each([-3, 0, 0.9])('nothing is shown of %s', (available) => {
  expect(sharesOf(available)).toEqual({ shopify: 0, woocommerce: 0, amazon: 0 });
});
