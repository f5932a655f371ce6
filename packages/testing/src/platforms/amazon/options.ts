import type { FakeOptions } from '../../fake/platform.ts';
import type { ReportPacking } from './documents.ts';
import type { AmazonOperation } from './operations.ts';
import type { AmazonSection } from './order-view.ts';
import type { AmazonPlan } from './rates.ts';

/** What a fake Amazon is when nothing else is said: its address, the seller, and the application that may speak to it. */
export const amazonDefaults = {
  origin: 'https://sellingpartnerapi-eu.amazon.com',
  tokenOrigin: 'https://api.amazon.com',
  sellerId: 'A2FAKESELLER01',
  /** The marketplace of the United Kingdom. */
  marketplaceId: 'A1F83G8C2ARO7P',
  clientId: 'amzn1.application-oa2-client.fake',
  clientSecret: 'amzn1.oa2-cs.v1.fake',
  refreshToken: 'Atzr|fake-refresh-token',
} as const;

/** Which seller to fake, and who may speak for it. Defaults stand in `amazonDefaults`. */
export interface FakeAmazonOptions extends FakeOptions {
  /** The region's host. Default that of Europe. */
  readonly origin?: string | undefined;
  readonly sellerId?: string | undefined;
  /** Where the seller sells. Default the marketplace of the United Kingdom. */
  readonly marketplaceId?: string | undefined;
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
  readonly refreshToken?: string | undefined;
  /** Sections of an order that the application's roles open. What it may not see is left out. Default all. */
  readonly roles?: readonly AmazonSection[] | undefined;
  /** From a feed's making to its end; later where another of its type is worked on. Default 60 000. */
  readonly feedDelayMs?: number | undefined;
  /** How reports of feeds are packed. Default `gzip`. */
  readonly feedReports?: ReportPacking | undefined;
  /** From the answer to a submission until buyers see it. Default 10 000. */
  readonly listingDelayMs?: number | undefined;
  /** How long a placed order waits for its payment. Default 0: not at all. */
  readonly pendingMs?: number | undefined;
  /** Whether answers tell the rate. Default true; Amazon promises nothing. */
  readonly rateHeader?: boolean | undefined;
  /** Usage plans that differ from Amazon's defaults. */
  readonly plans?: Readonly<Partial<Record<AmazonOperation, AmazonPlan>>> | undefined;
  /** The sign of DISCOUNT amounts; Amazon's model says nothing of it. Default `positive`, as in its old API. */
  readonly discountSign?: 'positive' | 'negative' | undefined;
}
