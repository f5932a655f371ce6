export * from './fake-shopify.ts';
export * from './state.ts';
export * from './state-catalogue.ts';
export * from './life/order-input.ts';
export type { OrderEdit } from './life/edit.ts';
export type { Address, CancelReason, InventoryPolicy, Note, QuantityName } from './records.ts';
export type { ShopPlan } from './bucket.ts';
export { shopifyFacts, shopifyGaps, type PlatformFact } from './facts.ts';
export { shopSchemas, type ShopSchemas } from './schema/shop-schemas.ts';
