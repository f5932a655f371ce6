import type { FakePlatform, ShopifyState } from '@crossdock/testing';
import { expect } from 'vitest';
import { ask } from './ask.ts';

/** What tests look at of a fulfillment order. */
export const fulfillmentOrderFields = `id status requestStatus supportedActions { action } lineItems(first: 9) { nodes { id totalQuantity remainingQuantity } }
  assignedLocation { location { id } } fulfillmentHolds { id handle reason heldByRequestingApp heldByApp { title } }`;

/** Calls a mutation that answers a fulfillment order. */
export async function act(platform: FakePlatform<ShopifyState>, name: string, id: string, args = '', code = false) {
  const answer = await ask(
    platform,
    `mutation { done: ${name}(id: "${id}"${args}) { fulfillmentOrder { ${fulfillmentOrderFields} } userErrors { field message ${code ? 'code' : ''} } } }`,
  );
  expect(answer.errors).toEqual([]);
  return answer.at('done');
}

/** What may be done with a fulfillment order. */
export async function actions(platform: FakePlatform<ShopifyState>, id: string, version = '2026-10') {
  const answer = await ask(
    platform,
    `{ fulfillmentOrder(id: "${id}") { supportedActions { action } } }`,
    {},
    { version },
  );
  return [0, 1, 2, 3, 4, 5].flatMap((at) => answer.at('fulfillmentOrder', 'supportedActions', at, 'action') ?? []);
}
