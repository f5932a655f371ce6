import { describe, expect, it } from 'vitest';
import { cart, openShop } from './shop.ts';

describe('settings of the shop', () => {
  it('are read and written by group, and change what the shop does', async () => {
    const { state, call } = openShop({ pricesIncludeTax: true });
    const path = 'settings/tax/woocommerce_prices_include_tax';
    expect((await call('GET', path)).body).toMatchObject({ value: 'yes', default: 'no', group_id: 'tax' });
    await call('PUT', path, { value: 'no' });
    expect(state.settings.pricesIncludeTax).toBe(false);
    await call('PUT', 'settings/products/woocommerce_weight_unit', { value: 'lbs' });
    expect((await call('GET', 'settings/products')).body).toContainEqual(
      expect.objectContaining({ id: 'woocommerce_weight_unit', value: 'lbs' }),
    );
    expect((await call('GET', 'settings/general/woocommerce_price_num_decimals')).body).toMatchObject({ value: '2' });
    expect((await call('GET', 'settings/tax/nope')).body).toMatchObject({ code: 'rest_setting_setting_invalid' });
    expect((await call('GET', 'settings/nope')).body).toMatchObject({ code: 'rest_setting_setting_group_invalid' });
  });

  it('tell how buyers pay, and who pays back', async () => {
    const { state, call } = openShop();
    expect((await call('GET', 'payment_gateways?_fields=id,enabled,method_supports')).body).toEqual([
      { id: 'bacs', enabled: true, method_supports: ['products'] },
      { id: 'cheque', enabled: false, method_supports: ['products'] },
      { id: 'cod', enabled: false, method_supports: ['products'] },
    ]);
    state.settings.gateways = [{ id: 'stripe', title: 'Stripe', enabled: true, refunds: 'yes' }];
    expect((await call('GET', 'payment_gateways/stripe')).body).toMatchObject({
      method_supports: ['products', 'refunds'],
    });
    expect((await call('GET', 'payment_gateways/bacs')).status).toBe(404);
  });

  it('state which version it is, and that orders have tables of their own', async () => {
    const { state, call } = openShop({ version: '10.5.0' });
    expect((await call('GET', 'system_status')).body).toMatchObject({
      environment: { version: '10.5.0', wp_version: '6.9.4' },
      settings: { HPOS_enabled: true, HPOS_sync_enabled: false },
    });
    expect((await call('GET', `orders/${state.placeOrder(cart()).id}`)).body).toMatchObject({ version: '10.5.0' });
  });

  it('offer Zorem’s tracking in a namespace of its own', async () => {
    const { shop, state, call } = openShop();
    const { id } = state.placeOrder(cart());
    const path = `../../wc-ast/v3/orders/${id}/shipment-trackings`;
    expect((await call('GET', path)).status).toBe(404);
    state.settings.advancedShipmentTracking = true;
    await call('POST', path, { tracking_provider: 'UPS', tracking_number: '1Z' });
    expect(state.trackings(id)).toMatchObject([{ number: '1Z' }]);
    expect(await (await shop.fetch(`${shop.origin}/wp-json/`)).json()).toMatchObject({
      namespaces: expect.arrayContaining(['wc-ast/v3']),
    });
  });
});
