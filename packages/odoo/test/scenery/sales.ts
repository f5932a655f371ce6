import type { Ref } from '@crossdock/core';
import { aCustomerDraft, type OdooState } from '@crossdock/testing';
import type { Scenery } from '@crossdock/testing/conformance';
import { address, buyer, email, refOf, saleOrder, type Erp, type Ground } from './ground.ts';

/** Buyers and their orders. */
export function salesScenery(ground: Ground) {
  const { draftOf, frozen, place, quote, rename, slowly } = ground;
  let seeded = 0;
  return {
    'customers.pull': {
      seed({ state }, count) {
        return Array.from({ length: count }, () =>
          refOf('customer', state.addPartner({ name: `${buyer} ${++seeded}`, email })),
        );
      },
      touch: (platform, { id }) => rename(platform, 'res.partner', id),
      late: slowly('res.partner', (_platform: Erp, { id }: Ref<'customer'>) => id),
    },
    'customers.get': {
      seed({ state }, identity) {
        const id = state.addPartner({ name: buyer, email: identity.email, ref: identity.accountNumber });
        return refOf('customer', id);
      },
    },
    'customers.create': {
      draft: (_platform, number) =>
        aCustomerDraft({ name: `${buyer} ${number}`, email, accountNumber: `C-${number}`, billingAddress: address }),
      created: ({ state }) =>
        state.partners.filter((partner) => partner['email'] === email).map((partner) => `${Number(partner['id'])}`),
    },
    'orders.pull': {
      seed: (platform, count) => Array.from({ length: count }, () => quote(platform)),
      touch: (platform, { id }) => rename(platform, 'sale.order', id, 'note'),
      late: slowly('sale.order', (_platform: Erp, { id }: Ref<'order'>) => id),
      unknownStatus: (platform) => frozen(platform, 'sale.order', quote(platform)),
      pending: (platform) => quote(platform),
      accept: (platform, ref) => ground.confirm(platform, [ref]),
    },
    'orders.get': { unknown: () => refOf('order', 987_654) },
    'orders.create': {
      draft: (platform, number) => draftOf(platform, number),
      created: ({ state }) => state.saleOrders.map(({ id }) => String(id)),
    },
    'orders.confirm': {
      waiting(platform) {
        const { state } = platform;
        state.setStock('TEE', state.stockOf('TEE').onHand + 2);
        return { order: quote(platform), units: 2 };
      },
      reserved({ state }, order) {
        const { name } = saleOrder(state, order);
        const moves = state.pickings.filter(({ saleOrder: of }) => of === name).flatMap((picking) => picking.moves);
        return moves.reduce((sum, { quantity }) => sum + quantity, 0);
      },
    },
    'orders.cancel': {
      open: place,
      isCanceled: ({ state }, ref) => saleOrder(state, ref).state === 'cancel',
    },
  } satisfies Partial<Scenery<OdooState>>;
}
