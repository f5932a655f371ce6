export { fakeAmazon } from './fake-amazon.ts';
export { amazonDefaults, type FakeAmazonOptions } from './options.ts';
export { amazonFacts } from './facts.ts';
export { amazonGatewayFault } from './faults.ts';
export { amazonSections, type AmazonSection } from './order-view.ts';
export { type AmazonPlan } from './rates.ts';
export type { AmazonOperation } from './operations.ts';
export type { AmazonNotificationType } from './notification-routes.ts';
export type { AmazonQueue, AmazonQueueMessage } from './queue.ts';
export type { AmazonDiscountInput, AmazonLineInput, AmazonOrderInput } from './order-input.ts';
export type {
  AmazonAddress,
  AmazonBuyer,
  AmazonCanceller,
  AmazonIssue,
  AmazonOrderStatus,
  AmazonSubmission,
  AmazonTaxRegistration,
} from './records.ts';
export type { AmazonListing, AmazonListingInput, AmazonOrder, AmazonPackage, AmazonState } from './state.ts';
