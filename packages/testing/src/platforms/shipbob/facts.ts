/** How sure we are: `spec` from the official OpenAPI, `page` from official pages, `guess` where nothing says more. */
type Confidence = 'spec' | 'page' | 'guess';
interface Fact {
  readonly says: string;
  readonly source: string;
  readonly confidence: Confidence;
}

const spec = 'ShipBob OpenAPI 2026-01, read 2026-11-23';
const pages = 'developer.shipbob.com, read 2026-11-23';

/** What this fake believes about ShipBob, and why. Nothing here was checked against a live account. */
export const shipBobFacts = {
  versions: {
    says: 'The dated version stands in the path; v1.0 and v2.0 ended in July 2026.',
    source: pages,
    confidence: 'page',
  },
  channel: { says: 'Making an order wants the header shipbob_channel_id.', source: spec, confidence: 'spec' },
  foreignChannel: {
    says: 'A channel that is not the token’s is forbidden.',
    source: 'our assumption',
    confidence: 'guess',
  },
  validation: { says: '400 answers with the messages by field.', source: spec, confidence: 'spec' },
  duplicate: {
    says: 'A second order with a reference_id is refused with 422, and never merged.',
    source: spec,
    confidence: 'spec',
  },
  duplicateText: { says: 'The words of that refusal differ by version.', source: pages, confidence: 'page' },
  emptyRefusals: { says: '401 and 403 have no body.', source: spec, confidence: 'spec' },
  cancel: { says: 'Canceling answers 200 also when it failed; the body tells.', source: spec, confidence: 'spec' },
  cancelLimit: { says: 'What was picked is not canceled any more.', source: pages, confidence: 'page' },
  cancelTwice: { says: 'Canceling again succeeds and changes nothing.', source: 'our assumption', confidence: 'guess' },
  labelled: {
    says: 'order.shipped is sent when the labels of all shipments are printed.',
    source: spec,
    confidence: 'spec',
  },
  completed: {
    says: 'Completed means that it left; only detail 203 means delivered.',
    source: spec,
    confidence: 'spec',
  },
  details: { says: 'status_details name the step or the reason by number.', source: spec, confidence: 'spec' },
  addresses: {
    says: 'An address that no carrier knows puts the shipment into Exception with 401.',
    source: spec,
    confidence: 'spec',
  },
  stock: {
    says: 'An unknown SKU is 304, one that is out of stock 303; both accept the order.',
    source: spec,
    confidence: 'spec',
  },
  restocked: { says: 'Goods that arrive free a shipment that waited for them.', source: pages, confidence: 'page' },
  orderPaging: {
    says: 'Pages of orders are told in headers, at most 250 a page, 50 by default.',
    source: spec,
    confidence: 'spec',
  },
  orderPagingNames: { says: 'The names of those headers.', source: 'our assumption', confidence: 'guess' },
  levelPaging: { says: 'Pages of stock levels are told as addresses in the body.', source: spec, confidence: 'spec' },
  listLag: { says: 'A new order may be missing in lists for a while.', source: 'our assumption', confidence: 'guess' },
  split: {
    says: 'A line may be split by quantity over several shipments.',
    source: 'our assumption',
    confidence: 'guess',
  },
  untracked: {
    says: 'A shipment may leave without a carrier and a tracking number: its tracking is empty then.',
    source: spec,
    confidence: 'spec',
  },
  times: { says: 'Locations have Windows names for their time zones.', source: spec, confidence: 'spec' },
  naiveTimes: {
    says: 'Some moments come without an offset, in the time of the location.',
    source: 'our assumption',
    confidence: 'guess',
  },
  signature: { says: 'Webhooks are signed as Standard Webhooks says.', source: spec, confidence: 'spec' },
  payloads: {
    says: 'order.shipped carries the order, order.shipment.* the shipment.',
    source: 'our assumption',
    confidence: 'guess',
  },
  retries: {
    says: 'A delivery is tried at 0, 5 s, 5 min, 30 min, 2 h, 5 h, 10 h and 10 h; then the endpoint is disabled.',
    source: pages,
    confidence: 'page',
  },
  deadline: { says: 'A receiver has 15 seconds.', source: pages, confidence: 'page' },
  limit: {
    says: '150 requests in any 60 seconds, x-retry-after in seconds, x-remaining-calls on every answer.',
    source: pages,
    confidence: 'page',
  },
  simulation: { says: 'The sandbox ships and delivers on request.', source: pages, confidence: 'page' },
} as const satisfies Record<string, Fact>;
