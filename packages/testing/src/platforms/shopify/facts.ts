import { chosen, seen, type PlatformFact } from './fact.ts';
import { catalogueFacts } from './facts-catalogue.ts';

export type { PlatformFact } from './fact.ts';

const recorded = 'Recorded answers of two development shops, API 2025-01 to 2026-07, read 2026-11-23';
const schema = 'Schema of the Admin API, 2026-01 to 2026-10, read 2026-11-23';
const limits = 'shopify.dev, API limits, read 2026-11-23';
const webhooks = 'shopify.dev, webhooks, read 2026-11-23';
const tokens = 'shopify.dev, access tokens, read 2026-11-23';
const keys = 'shopify.dev, idempotent requests, read 2026-11-23';

const locations = 'shopify.dev, split fulfillment orders, read 2026-11-26';
const syntax = 'shopify.dev, search syntax, read 2026-11-26';
const stock = 'Schema of the Admin API, 2026-10, read 2026-11-26';

/** What the fake shop believes about the real one. */
export const shopifyFacts: readonly PlatformFact[] = [
  seen(
    recorded,
    'Validation and coercion errors have codes and words of their own, no `data` and no cost; nothing is charged.',
  ),
  seen(recorded, 'Errors at run time stand beside `data` with a path and a cost.'),
  seen(recorded, 'An unknown search field is left out of the filter and only warned of in `extensions.search`.'),
  seen(
    recorded,
    'A cursor is base64 of `{"last_id","last_value"}`: a place in the order of the sort key, so rows that change move.',
  ),
  chosen(recorded, 'A page above 250 is refused; the words of the refusal are not recorded.'),
  seen(
    'shopify.dev changelog of 2025-06-17, read 2026-11-26',
    'Paging ends at no depth: that it ends at 25,000 rows is said of the Storefront API, not of the Admin API.',
  ),
  seen(recorded, 'Moments have whole seconds, so that many rows share one.'),
  chosen(
    'Examples of MoneyV2 on shopify.dev; not checked against the recordings',
    '`Decimal` amounts are written with one digit behind the point at least and no zeros after it ("10.0").',
  ),
  seen(
    schema,
    'Fields, arguments, nullability and enums, by version; fields and types beyond the part the fake knows are FAKE_UNSUPPORTED.',
  ),
  seen(
    'shopify.dev, API versioning, read 2026-11-23',
    'An expired version is answered by the oldest that is still served, named in `X-Shopify-API-Version`.',
  ),
  seen(
    recorded,
    'The requested cost: pages by 2 × ln n, lists once, unions by their dearest type, 10 a mutation. Matches 96.9 %.',
  ),
  chosen(recorded, 'The actual cost: rows in proportion to the page. Matches 81 %; the rest are within a few points.'),
  seen(
    limits,
    'Buckets refill 100, 200, 1000 or 2000 points a second by plan and hold 20 seconds of it (advanced and enterprise: inferred).',
  ),
  chosen(limits, 'The answer "Throttled" as documented: none is among the recordings.'),
  seen(
    limits,
    'A query above 1000 points is refused before it runs; an input list has at most 250 entries; counts stop at 10,000.',
  ),
  seen(
    keys,
    '`@idempotent`: required from 2026-04 on, kept 24 hours, the order of input fields counts, replays show the state of now.',
  ),
  chosen(
    schema,
    'A key whose attempt ended in user errors answers IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED for its 24 hours.',
  ),
  seen(recorded, '`changeFromQuantity` must be present from 2026-04 on; null compares nothing.'),
  chosen(
    schema,
    'From 2026-10 on setting a quantity stocks the item at the location by itself: its error code is gone.',
  ),
  seen(schema, 'An item is not stocked at a location by setting it: ITEM_NOT_STOCKED_AT_LOCATION, up to 2026-07.'),
  seen(
    recorded,
    'Quantities of one call are written all or none; on_hand is what is available and what is spoken for.',
  ),
  chosen(
    stock,
    'Which rows a stale or wrong one names, and that setting what is there already moves nothing and is right.',
  ),
  chosen(stock, 'What is not counted (`tracked: false`) can be set all the same.'),
  chosen(stock, 'References and ledger documents are URIs with a scheme; how strictly they are read is not known.'),
  seen(
    stock,
    'An adjustment of stock, also by an order, is an update of the product; the level tells `available` and no more.',
  ),
  chosen(
    stock,
    '`products/update` goes out with each such adjustment, and `inventory_levels/connect` when a level is made.',
  ),
  seen(
    stock,
    '`productVariantsBulkUpdate`: one product a call, all or none unless `allowPartialUpdates`, and no stock in it.',
  ),
  chosen(
    stock,
    'Which of its codes answers what, its words besides the descriptions of codes, and its answer when it refuses.',
  ),
  chosen(stock, 'A price with more digits than the currency is rounded, and one that is taken away is BLANK.'),
  chosen(limits, '`productVariantsBulkUpdate` takes 250 variants as other lists do.'),
  seen(
    syntax,
    'Terms, quotes of both kinds, connectives, comparators, a `*` at the end; a backslash makes a character plain.',
  ),
  chosen(
    syntax,
    'SKUs, barcodes, titles and names are found by the words in them, whatever their case: "TEE" finds "TEE-RED" too.',
  ),
  seen(
    locations,
    'A line that no location has enough of is split over several, so that none goes below zero, unless it is sold on.',
  ),
  chosen(
    stock,
    'A checkout looks at all active locations together; a line of a named location may take that one below zero.',
  ),
  chosen(schema, 'What is not shipped leaves the stock when it is ordered, for it has no fulfillment order.'),
  seen(recorded, '`fulfillmentCreate` is guarded by what remains alone: a repeated partial shipment is made twice.'),
  seen(recorded, 'Fulfillment orders of one call belong to one order and one location.'),
  chosen(
    'shopify.dev, FulfillmentOrder, read 2026-11-23',
    'A fulfillment order that is partly shipped is IN_PROGRESS until the rest is shipped.',
  ),
  chosen(
    schema,
    'Orders with nothing to ship have no fulfillment orders and, from 2026-10 on, are FULFILLMENT_NOT_REQUIRED.',
  ),
  chosen(
    'shopify.dev, orderCancel, read 2026-11-23',
    'Cancelling is a job that is done a second later; how long it takes is not documented.',
  ),
  chosen(
    'shopify.dev, orders, read 2026-11-23',
    'A paid order that is shipped is archived by itself, as shops are set up by default.',
  ),
  chosen(
    recorded,
    'The words of refusals of refundCreate, orderUpdate and orderMarkAsPaid, and of missing fulfillments, are ours.',
  ),
  seen(
    schema,
    'A tip is a line that cannot be fulfilled: in the total and in `totalTipReceivedSet`, in no subtotal. Its title is ours.',
  ),
  chosen(
    schema,
    'Amounts of an order are rounded to the currency of its buyer one by one, and sums are sums of those in each currency.',
  ),
  seen(
    schema,
    '`orderCapture` and `refundCreate` count in the currency of the buyer, and have to name it where it is not the shop’s.',
  ),
  chosen(
    schema,
    'An authorization that can be captured once is used up by its first capture; the last of several voids what is left.',
  ),
  chosen(
    schema,
    'Money goes back to cards before gift cards; `suggestedRefund` gives duties back only when asked for them.',
  ),
  chosen(
    schema,
    'A processed return takes its units off the order by a refund, which moves money only with a `financialTransfer`.',
  ),
  chosen(
    schema,
    'The money of a return is in its `refunds`, `transactions` and `refundedQuantity` only when `returnProcess` moved it, also later and alone; `refundCreate` has no return, and is seen in the order’s `totalOutstandingSet`.',
  ),
  chosen(schema, 'Units that were refunded before they are processed leave the order once.'),
  chosen(schema, 'Which code answers what of and the words: none is recorded. Its library of reasons is ours.'),
  seen(recorded, 'The status of an order’s returns: asked for before open before closed.'),
  seen(
    schema,
    'Ten holds per app and fulfillment order, a handle used once per app; without ids a release ends those of all apps.',
  ),
  seen(
    'shopify.dev, cancellation requests, read 2026-11-26',
    'An accepted cancellation is CANCELLED with CANCELLATION_ACCEPTED, and what is left can be asked for again or shipped.',
  ),
  seen(
    schema,
    'A whole move keeps the fulfillment order; a cancelled parcel of a closed one makes a new fulfillment order.',
  ),
  chosen(
    schema,
    'What may be done with a fulfillment order of a service, and that what is split off is the new fulfillment order.',
  ),
  chosen(
    schema,
    'A request or cancellation of what is CANCELLED or CLOSED is neither made nor answered; the words of the refusal are ours.',
  ),
  chosen(
    schema,
    'What is on hold, scheduled, over or with a service is neither split nor merged, as `supportedActions` says. The words are ours.',
  ),
  seen(
    'Schema of the Admin API, 2026-10, and shopify.dev, bulk operations, read 2026-11-26',
    'A bulk operation whose result can no longer be fetched, seven days after it completed, is EXPIRED; one that is not done after ten days is stopped and FAILED.',
  ),
  chosen(
    'shopify.dev, bulk operations, read 2026-11-26',
    'The code of what ran for ten days is TIMEOUT; what is expired has no `url`; what failed or had no result never expires.',
  ),
  chosen(
    'shopify.dev, bulk operations, read 2026-11-26',
    'Variables of a bulk mutation above 100 MB (100,000,000 bytes) are refused where they are uploaded, as Google Cloud Storage refuses them.',
  ),
  chosen(
    schema,
    'A bulk operation that is being cancelled ends the part it is at (50 lines of a mutation), and counts it; before it began it runs nothing.',
  ),
  seen(webhooks, 'Deliveries: HMAC-SHA256 of the raw body with the client secret, 5 seconds, anything but 2xx fails.'),
  seen(webhooks, 'Eight retries over four hours, doubling, with the first payload and address.'),
  chosen(webhooks, 'A subscription made through the API is removed when one delivery has failed all its attempts.'),
  seen(
    webhooks,
    'Ids in payloads are numbers beyond 2^53; `admin_graphql_api_id` is the one to use. All ids of the fake are so.',
  ),
  seen(recorded, 'Topic and address are unique together, and http:// is refused.'),
  seen(
    tokens,
    'client_credentials: 24 hours less a second, no refresh token. Offline tokens: an hour, refresh token 90 days.',
  ),
  seen(tokens, 'A used refresh token stays good until the token that replaced it is used, since 2026-08-28.'),
  seen(
    'Order in the schema of the Admin API, read 2026-11-23',
    'Without read_all_orders only orders of the last 60 days are shown.',
  ),
  ...catalogueFacts,
];

/** What the real platform does and the fake does not: tests must not lean on it. */
export const shopifyGaps: readonly string[] = [
  'Of products: bundles, gift cards of other currencies, publications, translations, selling plans, files other than pictures.',
  'productOptionsCreate and its kind, collectionCreate, metafield definitions through the API, the 1,000 variants a day.',
  'Companies and their tax ids, marketing consent, merging of customers, `customerAddress*`.',
  'Uploads of other files than variables of bulk mutations, and by PUT.',
  'inventoryMoveQuantities, inventoryDeactivate, inventory transfers and shipments; bundles, whose stock cannot be set.',
  'The webhooks inventory_items/*, variants/in_stock, variants/out_of_stock and collections/*; webhooks as XML and with metafields.',
  'Order payloads of webhooks lack what stands beside the order: the browser, marketing, tips, returns, payment terms.',
  'Filters by what the fake does not hold (publications, delivery profiles, metafields) match nothing.',
  'Exchanges, restocking fees and fees for the way back of returns, reverse deliveries, `returnCalculate` and store credit.',
  'Order editing, creation and deletion through the API: the state edits orders. Drafts, payment terms and mandates.',
  'Fulfillment services are not called: no notification, no stock and no tracking numbers are fetched from them.',
  'Local delivery and pickup, `fulfillmentOrdersReroute` and deadlines of fulfillment orders.',
  'The delay of the search index by itself (`unlist` makes it).',
  'Deliveries to EventBridge and Pub/Sub, and the newer events without `X-` in their headers.',
  'The list of currencies and countries: any code of the right form is taken.',
];
