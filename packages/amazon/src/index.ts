export { amazon, type AmazonPorts } from './connector.ts';
export type { AmazonRegion } from './marketplaces.ts';
export type { AmazonApplication, AmazonFulfiller, AmazonOptions } from './options.ts';
