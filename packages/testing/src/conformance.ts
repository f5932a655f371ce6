export * from './conformance/stores/describe-stores.ts';
export type { StoreLaw, StoreMaker, StoreTrial } from './conformance/stores/store-law.ts';
export { storeLaws } from './conformance/stores/store-laws.ts';
