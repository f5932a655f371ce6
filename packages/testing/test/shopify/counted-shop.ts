import { fakeShopify } from '@crossdock/testing';
import { ask } from './ask.ts';

const sets = `mutation Set($input: InventorySetQuantitiesInput!, $key: String!) {
  inventorySetQuantities(input: $input) @idempotent(key: $key) {
    inventoryAdjustmentGroup { reason referenceDocumentUri changes { name delta item { sku } location { id } } }
    userErrors { field message code }
  }
}`;
const adjusts = `mutation Adjust($input: InventoryAdjustQuantitiesInput!, $key: String!) {
  inventoryAdjustQuantities(input: $input) @idempotent(key: $key) {
    inventoryAdjustmentGroup { changes { name delta ledgerDocumentUri } }
    userErrors { field message code }
  }
}`;
const activates = `mutation Activate($item: ID!, $location: ID!, $available: Int, $onHand: Int, $key: String!) {
  inventoryActivate(inventoryItemId: $item, locationId: $location, available: $available, onHand: $onHand) @idempotent(key: $key) {
    inventoryLevel { quantities(names: ["available", "on_hand"]) { name quantity } }
    userErrors { field message }
  }
}`;

/** A shop with two locations and stock at them, and how a program counts it. */
export function countedShop() {
  const platform = fakeShopify();
  const { state } = platform;
  const east = state.addLocation({ name: 'East', countryCode: 'US' });
  const west = state.addLocation({ name: 'West', countryCode: 'US' });
  state.addProduct({ title: 'Tee', variants: [{ sku: 'TEE', price: '10.00', stock: { [east]: 10, [west]: 5 } }] });
  state.addProduct({ title: 'Cap', variants: [{ sku: 'CAP', price: '7.50', stock: 4 }] });
  let keys = 0;
  const nextKey = () => `key-${(keys += 1)}`;
  const itemOf = (sku: string) => state.variant(sku).inventoryItemId;
  const row = (sku: string, quantity: number, changeFromQuantity: number | null = null, locationId = east) => ({
    inventoryItemId: itemOf(sku),
    locationId,
    quantity,
    changeFromQuantity,
  });
  const set = async (quantities: readonly object[], more: object = {}, version = '2026-10', key = nextKey()) => {
    const input = { name: 'available', reason: 'correction', quantities, ...more };
    const answer = await ask(platform, sets, { input, key }, { version });
    return { ...answer, problems: answer.at('inventorySetQuantities', 'userErrors') };
  };
  const change = (sku: string, delta: number, more: object = {}) => ({
    inventoryItemId: itemOf(sku),
    locationId: east,
    delta,
    changeFromQuantity: null,
    ...more,
  });
  const adjust = async (changes: readonly object[], more: object = {}) => {
    const input = { name: 'available', reason: 'correction', changes, ...more };
    const answer = await ask(platform, adjusts, { input, key: nextKey() });
    return { ...answer, problems: answer.at('inventoryAdjustQuantities', 'userErrors') };
  };
  const activate = (sku: string, location: string, more: object = {}, key = nextKey()) =>
    ask(platform, activates, { item: itemOf(sku), location, key, ...more });
  /** What subscribers of these topics are told, as topic, event and body. */
  const listen = (...topics: readonly string[]) => {
    const told: { topic: string; event: string | null; body: unknown }[] = [];
    platform.webhooks.deliver = async (request) => {
      const topic = request.headers.get('x-shopify-topic') ?? '';
      told.push({ topic, event: request.headers.get('x-shopify-event-id'), body: await request.json() });
      return new Response();
    };
    for (const topic of topics) state.subscribe(topic, 'https://receiver.example/hook');
    return told;
  };
  return { platform, state, east, west, row, set, change, adjust, activate, listen };
}
