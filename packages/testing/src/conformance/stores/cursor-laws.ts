import { answers, lawsOf } from './store-law.ts';

/** What the store of how far we have read promises. */
export const cursorLaws = lawsOf('cursors', {
  'unread-is-undefined': async ({ stores: { cursors } }) => {
    answers('A cursor that nobody wrote', await cursors.read('shop/orders.pull'), undefined);
  },
  'reads-what-was-written': async ({ stores: { cursors } }) => {
    answers('A first advance', await cursors.advance('shop/orders.pull', undefined, 'a'), true);
    answers('A second advance', await cursors.advance('shop/orders.pull', 'a', 'b'), true);
    answers('The cursor', await cursors.read('shop/orders.pull'), 'b');
    answers('Another cursor', await cursors.read('erp/orders.pull'), undefined);
  },
  'advances-only-from-what-was-read': async ({ stores: { cursors } }) => {
    await cursors.advance('shop/orders.pull', undefined, 'a');
    answers('An advance from nothing', await cursors.advance('shop/orders.pull', undefined, 'b'), false);
    answers('An advance from another', await cursors.advance('shop/orders.pull', 'z', 'b'), false);
    answers('The cursor', await cursors.read('shop/orders.pull'), 'a');
  },
});
