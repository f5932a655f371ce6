import type { WooCommerceState } from '@crossdock/testing';

export const skuOf = (number: number) => `GOODS-${number}`;

/** Every third one is a variation, which has a route of its own. */
export function addGoods(state: WooCommerceState, number: number): void {
  const goods = { sku: skuOf(number), price: '10.00', stock: 5 };
  if (number % 3 !== 0) {
    state.addProduct(goods);
    return;
  }
  const parent = state.addProduct({ sku: `PARENT-${number}`, type: 'variable' });
  state.addVariation(parent.id, { ...goods, option: 'Red' });
}
