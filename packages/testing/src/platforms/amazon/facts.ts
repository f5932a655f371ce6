/**
 * How sure we are: `model` from Amazon's published models and schemas, `sandbox` from its static sandbox cases, `page` from
 * its documentation, `seen` where users published what production answered, `guess` where nothing says more.
 */
type Confidence = 'model' | 'sandbox' | 'page' | 'seen' | 'guess';
interface Fact {
  readonly says: string;
  readonly source: string;
  readonly confidence: Confidence;
}

const models = 'amzn/selling-partner-api-models at 34dc93fe of 2026-08-05, read 2026-11-23';
const pages = 'developer-docs.amazon.com as of 2026-08-18';
const ours = 'our assumption';

function model(says: string): Fact {
  return { says, source: models, confidence: 'model' };
}

function page(says: string): Fact {
  return { says, source: pages, confidence: 'page' };
}

function guess(says: string): Fact {
  return { says, source: ours, confidence: 'guess' };
}

/** What this fake believes about Amazon's Selling Partner API, and why. Nothing here was checked with a live account. */
export const amazonFacts = {
  token: page('An access token lives an hour; the errors of Login with Amazon are flat.'),
  invalidGrant: {
    says: 'An authorization that was taken back is refused with 400 and invalid_grant.',
    source: 'issues of public SDKs, read 2026-11-23',
    confidence: 'seen',
  },
  invalidClient: page('A wrong secret is invalid_client.'),
  invalidClientStatus: guess('invalid_client comes with 401, as in OAuth.'),
  revokedTokens: guess('Access tokens die at once when the seller takes the authorization back.'),
  grantless: page('Destinations, and subscriptions by id, are asked for with a token of the application.'),
  denials: page('A missing, malformed or expired token is 403, and only the details tell which.'),
  agent: page('A user-agent of up to 500 characters is required.'),
  agentRefusal: guess('Without one the answer is 400.'),
  getWithBody: page('A GET with a body or a content-length is refused with 400 and a page of HTML.'),
  unknownPath: {
    says: 'A path that is no operation is 403: so is a SKU whose slash was not encoded.',
    source: 'amzn/selling-partner-api-models #4429, read 2026-11-26',
    confidence: 'seen',
  },
  plans: model('Every operation has a rate and a burst, and a bucket that is full at first.'),
  planKeys: page('Buckets are kept for each operation, application, seller and region; listings share 100 a second.'),
  refusedCall: guess('A refused call takes nothing out of the bucket.'),
  quotaExceeded: {
    says: 'A refusal for the rate has the code QuotaExceeded and no header that says when to come again.',
    source: 'issues of public SDKs, read 2026-11-23',
    confidence: 'seen',
  },
  rateHeader: page('The rate is told on 20x, 400 and 404 at best, never on 401, 403 and 429.'),
  errorCodes: {
    says: 'Each API has its own code for bad input.',
    source: models,
    confidence: 'sandbox',
  },

  orderLag: model(
    'An end of the range lies two minutes back at least, and an order is in no list before it is so old.',
  ),
  oneStart: model('Exactly one of createdAfter and lastUpdatedAfter.'),
  sections: model('Most of an order is shown only where includedData names it: without FULFILLMENT it has no status.'),
  roles: guess('What the application has no role for is left out, and the call is not refused.'),
  orderToken: model('A token is good for the same question, for 24 hours.'),
  orderSort: guess(
    'Orders are listed by the time that was asked for, oldest first; later pages end where the first did.',
  ),
  pending: page('An order that waits for its payment shows neither prices nor the address, and not the buyer.'),
  taxRule: page('Where an item has a TAX entry its other amounts are without tax; where it has none they hold it.'),
  itemShares: guess('The order’s shipping is told by item, by share of units.'),
  discountSign: guess('DISCOUNT is a positive amount that is taken off, as PromotionDiscount was in the old API.'),
  buyerEmail: model('The buyer’s address for mail is shown where the merchant ships.'),
  packages: model('Packages are shown where the merchant ships.'),
  packageReference: model('The same packageReferenceId edits a package, another one is one more package.'),
  packageNumbers: model('A packageReferenceId is a positive number.'),
  notConfirmed: page('What Amazon or Ship+ sends is not confirmed by the merchant: 400.'),
  openRest: guess('More than is open, unknown items, and orders that wait or were cancelled are refused with 400.'),
  sameConfirmation: guess('A confirmation that says nothing new changes nothing, lastUpdatedTime included.'),
  cancelItem: model('A cancellation is told by item.'),
  cancelRest: guess('An order of which something was sent and the rest was cancelled is SHIPPED, never CANCELLED.'),
  cancelledItem: guess(
    'A cancelled item keeps the quantity that was ordered and its amounts; its counts say what is left.',
  ),
  preorder: model('An order of goods that are not out yet is PENDING_AVAILABILITY.'),
  unfulfillable: guess(
    'Only an order of Amazon’s own warehouse is UNFULFILLABLE, and it may still be cancelled or sent.',
  ),
  cancelStock: guess('On cancelling, what was not sent is shown as stock again.'),

  submission: page(
    'A submission is ACCEPTED at once and applied later; what is invalid is INVALID with an answer of 200.',
  ),
  lastWins: guess('A submitted quantity replaces what is there when it is applied, whatever was bought in between.'),
  attributesSubmitted: page('Attributes show what was submitted, offers and fulfillmentAvailability what buyers see.'),
  preview: model('A preview stores nothing.'),
  unknownSku: {
    says: 'A patch for a SKU that nobody lists is accepted as any other.',
    source: 'amzn/selling-partner-api-docs #3748 and amzn/selling-partner-api-models #4402, read 2026-11-26',
    confidence: 'seen',
  },
  unknownSkuAfter: guess('Afterwards the SKU is still not found.'),
  unknownAttribute: {
    says: 'An attribute that the product type does not have is issue 90000900.',
    source: 'jlevers/selling-partner-api #861, read 2026-11-26',
    confidence: 'seen',
  },
  missingChannel: {
    says: 'fulfillment_availability without a channel is an issue and not an error.',
    source: 'jlevers/selling-partner-api #493, read 2026-11-26',
    confidence: 'seen',
  },
  otherChannel: {
    says: 'A value for another channel stands beside the one that is there.',
    source: 'amzn/selling-partner-api-models #2061, read 2026-11-26',
    confidence: 'seen',
  },
  issueCodes: guess('Bad quantities and prices are issue 90000900; which code production has is not published.'),
  merge: page('replace swaps a whole instance, merge keeps what it does not name, and null takes a part away.'),
  lists: model('Lists are joined with commas, so a SKU with a comma is not found by a search.'),
  mostListings: model('A search gives up to 20 a page and 1000 in all.'),
  fbaStock: page('Stock in Amazon’s own warehouses is not written by the seller.'),

  feedSteps: model('A feed is IN_QUEUE, IN_PROGRESS and then DONE or FATAL; only in the queue it is cancelled.'),
  feedTurn: page('One feed of a type is worked on at a time; JSON_LISTINGS_FEED is made five times in five minutes.'),
  feedLimitRefusal: guess('A sixth feed is refused like any call that is too often.'),
  feedFile: model('The file follows a schema; the report names what is wrong by message.'),
  feedFatal: page('A file that is malformed as a whole ends FATAL.'),
  feedSize: page('A file is to have 10 MiB at most.'),
  feedSizeRefusal: guess('A larger file ends FATAL, like one that is malformed as a whole.'),
  feedMessage: {
    says: 'A message that does not follow the schema is BAD_REQUEST in the report, and keeps no other from being taken.',
    source: 'amzn/selling-partner-api-models #4554, read 2026-11-26',
    confidence: 'seen',
  },
  presigned: model('A presigned address lives five minutes.'),
  uploadType: page('An upload has the Content-Type that was said and no header of Amazon’s.'),
  goneFeeds: page('XML and flat files for listings, prices and stock are gone since 2025-12-03.'),

  notificationWay: page(
    'ORDER_CHANGE and FEED_PROCESSING_FINISHED go to SQS, LISTINGS_ITEM_MFN_QUANTITY_CHANGE to EventBridge.',
  ),
  notificationShape: model(
    'Some envelopes are in capitals, some not; ORDER_CHANGE has the status words of the old API.',
  ),
  notificationOrder: page('Notifications come at least once and in no order; a repetition keeps its NotificationId.'),
  oneSubscription: model('A second subscription of a type is a conflict.'),
  queueVisibility: {
    says: 'A received message is hidden for 30 seconds, and comes again when it was not deleted.',
    source: 'docs.aws.amazon.com, SQS, read 2026-11-23',
    confidence: 'page',
  },

  notServed: guess(
    'Not served: reports, finances, MCF, restricted tokens, the reading of orders of v0, sandbox-only operations, and all feeds but JSON_LISTINGS_FEED (so no POST_ORDER_FULFILLMENT_DATA and no cancellation by the seller).',
  ),
} as const satisfies Record<string, Fact>;
