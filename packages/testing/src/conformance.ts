export { laws, type LawId } from './conformance/all-laws.ts';
export * from './conformance/describe-connector.ts';
export type { Law, OpenTrial, Trial } from './conformance/law.ts';
export * from './conformance/run-law.ts';
export type * from './conformance/scenery.ts';
export * from './conformance/stores/crowd-of-claimers.ts';
export * from './conformance/stores/describe-stores.ts';
export type { StoreLaw, StoreMaker, StoreTrial } from './conformance/stores/store-law.ts';
export { storeLaws } from './conformance/stores/store-laws.ts';
