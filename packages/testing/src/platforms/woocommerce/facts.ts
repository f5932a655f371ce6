/** How sure we are: `recorded` on a real server, `source` and `docs` as read, `guess` where nothing says more. */
export type WooEvidence = 'recorded' | 'source' | 'docs' | 'guess';

/** Something that the fake does, and why we think that the real one does it. */
export interface WooFact {
  readonly says: string;
  readonly source: string;
  readonly evidence: WooEvidence;
}

const recorded = (says: string): WooFact => ({ says, source: 'WooCommerce 10.0.2, 2026-11-23', evidence: 'recorded' });
const source = (says: string, version = '10.0.2'): WooFact => ({
  says,
  source: `WooCommerce source ${version}, read 2026-11-23`,
  evidence: 'source',
});
const compared = (says: string): WooFact => ({ says, source: 'WooCommerce 10.5.0, 2026-11-26', evidence: 'recorded' });
const docs = (says: string, where: string): WooFact => ({
  says,
  source: `${where}, read 2026-11-23`,
  evidence: 'docs',
});
const guess = (says: string): WooFact => ({ says, source: 'our assumption', evidence: 'guess' });

/** What this fake believes about WooCommerce, and why. */
export const wooCommerceFacts = {
  silentRefusal: recorded('Without HTTPS as PHP sees it, Basic and query keys are ignored: 401 as if none was sent.'),
  queryKeyWins: recorded('A key in the query wins over the one in the header.'),
  restRoute: compared(
    'With ?rest_route= a key counts only where the address has wp-json/wc/ somewhere, its query included.',
  ),
  plainPermalinks: compared('Without pretty permalinks WordPress sends /wp-json/ to itself with a slash, for ever.'),
  oauthHome: compared('What is signed for ?rest_route= is the home address without a slash.'),
  permissions: recorded('A read key that writes is 401, a user who may not is 403.'),
  oauth: recorded('OAuth 1.0a with one leg: nonce once, timestamp within 15 minutes, a JSON body is not signed.'),
  oauthAddress: guess('A signature of the address that was asked is taken beside one of the shop’s own address.'),
  checksFirst: source('Parameters are checked before anybody asks who sent them.'),
  missingToWrite: recorded(
    'Writing to a missing order or product is 400, reading it 404; customers are 404 both ways.',
  ),
  duplicateSku: recorded('A SKU that is taken names the product that has it, unless that lies in the trash.'),
  ordersPastEnd: recorded('Past the end orders say that there are none; other lists keep their totals.'),
  linkDefaults: recorded('Links of order lists repeat default parameters.'),
  exclusive: recorded('after and modified_after leave out the second that they name.'),
  bareMoments: recorded('A moment without offset is the shop’s own time unless dates_are_gmt is set.'),
  ties: guess('Records of one second come by id: MySQL promises no order.'),
  search: compared(
    'A search of orders also looks at names of goods, shipping, fees, coupons and rates, and is cleaned of tags, escapes and white space, which a transaction is not.',
  ),
  transactionLength: compared('Of a transaction 100 characters are kept; the answer to its write shows all.'),
  channelCase: compared('created_via is cleaned when it is written, and found in upper or lower case.'),
  fractions: compared('A fraction of a second breaks date filters of orders: after is everything, before is nothing.'),
  anyStatus: compared('any leaves out the trash, whatever other status is named.'),
  fields: recorded(
    '_fields keeps links of a single record and drops those of a list; nested in a batch it leaves nothing.',
  ),
  emptyEmail: compared('An empty e-mail address and a null in an address are refused.'),
  lineTaxClass: compared(
    'A line refuses a tax class that the shop lacks, and the word standard; a product takes the standard one.',
  ),
  shippingTax: compared('Shipping is not taxed without goods that are.'),
  negativeFee: compared('A fee below zero takes tax off in proportion, whatever its status is.'),
  roundedOnce: compared('Where tax is rounded at the end, sums of an order are kept with their digits.'),
  customerEmail: compared('An order of a customer gets the e-mail address of the account, and nothing else.'),
  deletedProduct: compared('A line of a product that was deleted for good names product 0.'),
  categories: compared('A category is there once by name below each other; names are kept ready for HTML.'),
  images: source('A picture that is sent by address is downloaded anew each time.'),
  commaBug: recorded('"1,50" is 150 and "abc" is no price.'),
  skuFilter: source('The filter sku is cut at its commas; the whole text is looked for beside its parts.'),
  saleDates: source(
    'A sale price holds from and until the moments beside it; null leaves them, an empty text takes them.',
  ),
  saleJob: guess(
    'A sale begins and ends at its moment. The real shop changes the price in a daily job, which also takes away the date of a sale that began and the price of one that ended.',
  ),
  unknownProduct: recorded('A line of an unknown product or SKU is an empty line of 0.00.'),
  looseSku: guess(
    'A line that placeOrder takes without a product keeps the SKU it was given; WooCommerce itself has none.',
  ),
  appended: recorded('A line without id is a new line each time it is sent.'),
  quantityAlone: recorded('A quantity alone does not change what a line costs.'),
  taxAnew: recorded('Tax that is sent is thrown away and computed from addresses and rates.'),
  taxPlace: recorded('Taxed at the shipping address, else at the billing address, else where the shop is.'),
  grossPrices: recorded('Gross catalogue prices are taken apart by division and kept with six digits.'),
  halfCents: source('Half a cent of tax goes down where prices include tax.'),
  stockByStatus: recorded(
    'processing, completed and on-hold take the goods once; cancelled and pending give them back.',
  ),
  refundedStatus: recorded('The status refunded books a refund of all that is left and moves no goods.'),
  forceDelete: recorded('Deleting for good gives no goods back and tells no webhook.'),
  oversell: recorded('The API sells below zero; the checkout does not.'),
  soldTwice: recorded('Two changes of a status that overlap can take the goods twice (4 of 10).'),
  refundTwice: recorded('Two refunds that overlap can both pass (80.00 of 52.20).'),
  refundLines: compared('Shipping and fees are refunded by their ids; custom fields of a refund are kept.'),
  blankRefund: compared('A refund of no amount and no lines is taken, and shown as nothing.'),
  refundErrors: recorded('Refusals of refunds are 500, with a number as data.'),
  gateway: recorded('api_refund is on by default and refused by gateways that cannot.'),
  restock: recorded('A refund puts back as many as it says, also more than were ordered.'),
  derivedStatus: recorded('Where stock is counted the stock status follows it, whatever is sent.'),
  delta: recorded('inventory_delta is relative, and nothing beside stock_quantity.'),
  deltaLost: recorded('Relative changes that overlap lose one (81 of 80), and a sale beside them.'),
  metaTwice: recorded('Two writers of one new custom field make it twice (6 of 10).'),
  skuRace: recorded('Of two that make one SKU or one account at once, one is refused without an id.'),
  trackingLost: guess('Of two tracking numbers at once one is lost: the extension keeps all in one field.'),
  timeLimit: source('A time limit in a batch leaves the items before it written.'),
  speed: recorded('What requests cost was measured on two shared cores with four PHP workers.'),
  notices: compared('Notices that were sent before WordPress answers take status and headers with them.'),
  batchUnchecked: recorded('Items of a batch are not checked as single writes are; a wrong status becomes pending.'),
  batchEmpty: recorded('An empty batch answers a list, one above 100 items 413.'),
  couponDraft: recorded('A coupon that does not exist leaves a draft of the order behind.'),
  noIdempotency: recorded('Idempotency-Key is ignored.'),
  ping: recorded('A new webhook is pinged without signature, and what the receiver says does not matter.'),
  deliveryId: recorded('The delivery id is of the webhook and the second, and shared.'),
  coalesced: recorded(
    'While a webhook waits to tell of a record, further changes add nothing; the body is of the delivery.',
  ),
  createdActive: compared('A webhook is active when it is made, whatever was sent.'),
  gone: recorded('A record that is gone is delivered as a signed refusal.'),
  failures: recorded('No retries; the 7th failure in a row disables; switching on again does not reset the count.'),
  ports: recorded('Ports other than 80, 443 and 8080 are never delivered to, and nothing says so.'),
  privateHosts: source('Private hosts are never delivered to, unless it is the shop’s own.', 'of WordPress'),
  schedulerDelay: recorded('About 45 s from a change to its delivery on a shop that is visited.'),
  maintenance: recorded('Maintenance is 503 with Retry-After 600, in JSON only for who accepts it.'),
  databaseDown: recorded('Without a database it is 500, in JSON for who accepts it.'),
  fatal: recorded('When PHP ends the answer shows a stack trace with paths.'),
  hostLimit: docs(
    'WooCommerce v3 has no limit; hosts and plugins answer 429, in HTML.',
    'woocommerce.com documentation',
  ),
  fulfillments: compared(
    'Fulfillments are there when the feature is on; a PUT replaces custom fields; nothing is counted; deleting tells no id.',
  ),
  fulfillmentErrors: compared('The code of a refused fulfillment is the number 0.'),
  tracking: docs(
    'Shipment Tracking keeps its numbers in one custom field of the order.',
    'woocommerce.com documentation',
  ),
  carriers: guess('The fake knows a handful of carriers, the extension far more.'),
} as const satisfies Readonly<Record<string, WooFact>>;

/** What the fake does not do, so that nobody takes its silence for an answer. */
export const wooCommerceGaps: readonly string[] = [
  'Other routes of wc/v3: shipping zones and methods, reviews, reports, most settings, brands, pictures of categories.',
  'Legacy and newer APIs: wc/v1, wc/v2, wc/v4, the Store API, and WordPress’ own.',
  'Carriers in the fulfillments lookup, and notifications to customers.',
  'Sorting by price, popularity, sales and rating, which comes by id; counts of attribute values.',
  'The daily job of sale prices with dates, cross-sells, grouped and external products beyond their type, digital downloads.',
  'Coupon limits and conditions; coupons that are taken off an order again.',
  'Tax rates by postcode and city; VAT exemption; rounding modes that plugins bring.',
  'Emails, payment gateways, and the 60 minutes after which an unpaid order of a checkout is canceled.',
];
