import { CommerceError, type Order, type Page, type Ref, type Since, type Stores } from '@crossdock/core';
import { compose } from '@crossdock/core/flows';
import { testClock } from '../../../testing/src/index.ts';
import { erp, order, ownership, shop } from '../flows/shop.ts';

const ref: Ref<'order'> = { system: 'shop', kind: 'order', id: '1' };
const readable: Page<Order> = { items: [order('1', { updatedAt: '2026-10-31T23:59:00Z' })], cursor: 'a' };
const odd = new CommerceError({ code: 'status.unmapped', message: 'Order "1" is odd.', refs: [ref] });
const unreadable: Page<Order> = { items: [], problems: [{ ref, error: odd, version: undefined }], cursor: 'b' };

/**
 * One machine, whose clock is `aheadMs` before the store's, sweeps and asks for order 1; before its answer is there, `opensAfter` the
 * asking, another machine puts a newer state of that order before a person, which it could not read. Gives the state of that
 * exception when the older answer has landed, and after the next look.
 */
export async function olderAnswerLandsLater(
  stores: Stores,
  { aheadMs, opensAfter }: { readonly aheadMs: number; readonly opensAfter: () => Promise<void> },
): Promise<readonly (string | undefined)[]> {
  const storeMs = await stores.shared.update('moment', (_state, now) => ({ result: now }));
  const [right, wrong] = [clockAt(storeMs), clockAt(storeMs + aheadMs)];
  const other = machine(stores, right, async () => unreadable);
  let meanwhile = async () => {
    await opensAfter();
    await other.poll('shop', 'orders.pull');
    await opensAfter();
  };
  const one = machine(stores, wrong, async () => {
    await meanwhile();
    return readable;
  });
  const seen: (string | undefined)[] = [];
  for (let look = 0; look < 2; look++) {
    await one.sweep('shop', 'orders.pull');
    const [exception] = await one.exceptions.list({ limit: 2 });
    seen.push(exception?.state);
    meanwhile = async () => {};
  }
  return seen;
}

function machine(stores: Stores, clock: ReturnType<typeof testClock>, read: () => Promise<Page<Order>>) {
  const connector = shop();
  async function* pull(_since: Since) {
    yield await read();
  }
  const systems = { shop: { ...connector, orders: { ...connector.orders, pull } }, erp: erp().connector };
  return compose({ systems, flows: [], ownership, stores, clock });
}

function clockAt(ms: number) {
  return testClock({ auto: false, startAt: new Date(ms).toISOString() });
}
