import type { Category } from '../model/category.ts';
import type { CommerceEvent } from '../model/event.ts';
import type {
  FulfillmentAnswer,
  FulfillmentDraft,
  FulfillmentHold,
  FulfillmentIssue,
  FulfillmentOrder,
  HoldReason,
} from '../model/fulfillment.ts';
import type { Invoice, InvoiceDraft, InvoiceReadiness } from '../model/invoice.ts';
import type { Order, OrderChange, OrderDraft } from '../model/order.ts';
import type { Customer, CustomerDraft } from '../model/party.ts';
import type { CaptureDraft, Payment, PaymentDraft } from '../model/payment.ts';
import type { ListedPrice, Price } from '../model/price.ts';
import type { Product, ProductDraft, ProductKey } from '../model/product.ts';
import type { PurchaseDraft, PurchaseOrder, Receipt, ReceiptDraft } from '../model/purchase.ts';
import type { Ref } from '../model/ref.ts';
import type { Refund, RefundDraft, Return, ReturnDraft, ReturnReceipt } from '../model/return.ts';
import type { Shipment, TrackingChange, TrackingReport } from '../model/shipment.ts';
import type { StockLevel, StockUpdate } from '../model/stock.ts';
import type { ReadOptions, WriteOptions } from './options.ts';
import type { CancelOutcome, ItemOutcome } from './outcome.ts';
import type { Page, Since } from './page.ts';
import type { Delivery, QueueMessage, Subscription, SubscriptionPlan, Verification } from './webhook.ts';

/** What a customer may be known by. Every given part has to match. */
export type CustomerIdentity = { readonly email?: string | undefined; readonly accountNumber?: string | undefined };

/** Why an order is canceled, for the platform's own list of reasons. */
export type CancelReason = 'customer' | 'stock' | 'fraud' | 'payment' | 'other';

/** The warehouse has the order; `action-required` means that it waits for the named answers before it picks. */
export type FulfillmentOutcome = {
  readonly ref: Ref<'fulfillment'>;
  readonly state: 'accepted' | 'action-required';
  readonly issues: readonly FulfillmentIssue[];
};

/** Which holds are to be lifted: whoever knows that an order is paid does not know that it is no fraud. */
export type HoldRelease = { readonly reason: HoldReason };

/** A shipment with the order it is confirmed on, in the system that gets the confirmation. */
export type ShipmentConfirmation = { readonly order: Ref<'order'>; readonly shipment: Shipment };

/** Everything a connector can offer, by port and verb. Operation names (`orders.pull`) derive from it. */
export interface PortCatalogue {
  orders: {
    /** Every order changed since, oldest change first, canceled ones included. */
    pull(since: Since, options?: ReadOptions): AsyncIterable<Page<Order>>;
    /** `undefined` when the system has no such order. */
    get(ref: Ref<'order'>, options?: ReadOptions): Promise<Order | undefined>;
    /** Makes the order and confirms it, so that stock is reserved for it. */
    create(draft: OrderDraft, options: WriteOptions): Promise<Ref<'order'>>;
    /** Confirms an order that waits there as a draft, so that stock is reserved for it. One that is confirmed stays as it is. */
    confirm(ref: Ref<'order'>, options: WriteOptions): Promise<Ref<'order'>>;
    cancel(ref: Ref<'order'>, reason: CancelReason, options: WriteOptions): Promise<CancelOutcome>;
    /** Writes the note and the tags of an order. What is so already is not written; an empty note takes away the one there. */
    update(ref: Ref<'order'>, change: OrderChange, options: WriteOptions): Promise<Ref<'order'>>;
  };
  inventory: {
    pull(since: Since, options?: ReadOptions): AsyncIterable<Page<StockLevel>>;
    /** The present levels of these SKUs, one entry a SKU and location; an unknown SKU has none. */
    get(skus: readonly string[], options?: ReadOptions): Promise<readonly StockLevel[]>;
    /** Sets what a channel offers, many SKUs at once; each answers for itself. Two updates of one SKU and place refuse each other. */
    push(updates: readonly StockUpdate[], options: WriteOptions): Promise<readonly ItemOutcome<StockUpdate>[]>;
  };
  prices: {
    /** Every listed price that changed since. One that was taken off its list is in no page: `get` tells what is there. */
    pull(since: Since, options?: ReadOptions): AsyncIterable<Page<ListedPrice>>;
    /** Every price at which these SKUs are sold now, on whichever list, from whichever quantity; an unknown SKU has none. */
    get(skus: readonly string[], options?: ReadOptions): Promise<readonly Price[]>;
    /**
     * Sets what a channel asks for a SKU, many SKUs at once; each answers for itself. Two prices of one SKU refuse each
     * other. An amount in a currency that the channel does not ask in, a negative one and one that is no decimal are
     * `record.invalid`: this item cannot be written as it is.
     */
    push(prices: readonly Price[], options: WriteOptions): Promise<readonly ItemOutcome<Price>[]>;
  };
  products: {
    pull(since: Since, options?: ReadOptions): AsyncIterable<Page<Product>>;
    /** The products that have a variant with one of these SKUs or barcodes, each once; an unknown key has none. */
    get(keys: readonly ProductKey[], options?: ReadOptions): Promise<readonly Product[]>;
    /** Makes and changes products, many at once; each answers for itself. What is as it should be is not written. */
    push(products: readonly ProductDraft[], options: WriteOptions): Promise<readonly ItemOutcome<ProductDraft>[]>;
  };
  categories: {
    pull(since: Since, options?: ReadOptions): AsyncIterable<Page<Category>>;
  };
  customers: {
    pull(since: Since, options?: ReadOptions): AsyncIterable<Page<Customer>>;
    /** Every customer with this identity. More than one is for a person to decide. */
    get(identity: CustomerIdentity, options?: ReadOptions): Promise<readonly Customer[]>;
    create(draft: CustomerDraft, options: WriteOptions): Promise<Ref<'customer'>>;
  };
  fulfillments: {
    /** Every fulfillment order that changed since: what is to leave, from where, and how far it is. */
    pull(since: Since, options?: ReadOptions): AsyncIterable<Page<FulfillmentOrder>>;
    /** Asks a warehouse to ship. */
    request(draft: FulfillmentDraft, options: WriteOptions): Promise<FulfillmentOutcome>;
    get(ref: Ref<'fulfillment'>, options?: ReadOptions): Promise<FulfillmentOrder | undefined>;
    cancel(ref: Ref<'fulfillment'>, options: WriteOptions): Promise<CancelOutcome>;
    /** Stops it before it leaves. What has left is `record.rejected`. Holds of others stay beside ours. */
    hold(ref: Ref<'fulfillment'>, hold: FulfillmentHold, options: WriteOptions): Promise<Ref<'fulfillment'>>;
    /**
     * Lifts every hold that was put on for this reason by this connector; those for other reasons and of others stay. One that
     * is put on after the first call with its key stays too, however often that is repeated.
     */
    release(ref: Ref<'fulfillment'>, what: HoldRelease, options: WriteOptions): Promise<Ref<'fulfillment'>>;
    /**
     * Answers, as the warehouse, what it was asked. What is answered so already stays; what was answered otherwise and what
     * nobody asked is `record.rejected`.
     */
    answer(ref: Ref<'fulfillment'>, answer: FulfillmentAnswer, options: WriteOptions): Promise<Ref<'fulfillment'>>;
  };
  shipments: {
    pull(since: Since, options?: ReadOptions): AsyncIterable<Page<Shipment>>;
    /** Tells the system that holds the order what left, in which parcels, under which tracking numbers. */
    confirm(confirmation: ShipmentConfirmation, options: WriteOptions): Promise<Ref<'shipment'>>;
    /** Gives a shipment the numbers under which it travels. A voided one is `record.rejected`. */
    update(ref: Ref<'shipment'>, change: TrackingChange, options: WriteOptions): Promise<Ref<'shipment'>>;
    /**
     * Tells whoever follows the shipment what its carrier reported; the same status at the same moment once. A status for
     * which the platform has no word is refused, as `status.unmapped` or `record.rejected`: no other word is near enough.
     */
    report(ref: Ref<'shipment'>, report: TrackingReport, options: WriteOptions): Promise<Ref<'shipment'>>;
  };
  returns: {
    pull(since: Since, options?: ReadOptions): AsyncIterable<Page<Return>>;
    get(ref: Ref<'return'>, options?: ReadOptions): Promise<Return | undefined>;
    /** Opens a return of goods that were shipped. More than was is `record.rejected`. */
    create(draft: ReturnDraft, options: WriteOptions): Promise<Ref<'return'>>;
    /** Books what arrived on an open return; what its disposition does not restock goes where the system keeps such goods. */
    confirm(receipt: ReturnReceipt, options: WriteOptions): Promise<Ref<'return'>>;
  };
  refunds: {
    pull(since: Since, options?: ReadOptions): AsyncIterable<Page<Refund>>;
    /** Books money that was given back. Another sum than the draft's total is `totals.mismatch`, and nothing is booked. */
    create(draft: RefundDraft, options: WriteOptions): Promise<Ref<'refund'>>;
  };
  invoices: {
    pull(since: Since, options?: ReadOptions): AsyncIterable<Page<Invoice>>;
    get(ref: Ref<'invoice'>, options?: ReadOptions): Promise<Invoice | undefined>;
    /** Whether an order can be billed now, and what of it. `undefined` when the system has no such order. */
    readiness(order: Ref<'order'>, options?: ReadOptions): Promise<InvoiceReadiness | undefined>;
    /** Makes the bill as a draft: nothing is due before it is confirmed. */
    create(draft: InvoiceDraft, options: WriteOptions): Promise<Ref<'invoice'>>;
    /** Makes a draft final, with its number. One that is final stays as it is. */
    confirm(ref: Ref<'invoice'>, options: WriteOptions): Promise<Ref<'invoice'>>;
  };
  payments: {
    pull(since: Since, options?: ReadOptions): AsyncIterable<Page<Payment>>;
    /** Books money for an invoice and settles it with that. More than is due is `record.rejected`. */
    create(draft: PaymentDraft, options: WriteOptions): Promise<Ref<'payment'>>;
    /**
     * Takes reserved money at the gateway of the channel. More than is still reserved is `record.rejected`, what is no
     * authorization of this order `record.missing`, and nothing is taken. Two captures of one sum have keys of their own: where
     * the second cannot be told from a repetition of the first, it is `write.uncertain` or `record.duplicate`, never done.
     */
    capture(draft: CaptureDraft, options: WriteOptions): Promise<Ref<'payment'>>;
  };
  purchases: {
    pull(since: Since, options?: ReadOptions): AsyncIterable<Page<PurchaseOrder>>;
    get(ref: Ref<'purchase'>, options?: ReadOptions): Promise<PurchaseOrder | undefined>;
    /** Makes the purchase order and confirms it, so that its goods are expected. */
    create(draft: PurchaseDraft, options: WriteOptions): Promise<Ref<'purchase'>>;
    cancel(ref: Ref<'purchase'>, options: WriteOptions): Promise<CancelOutcome>;
  };
  receipts: {
    pull(since: Since, options?: ReadOptions): AsyncIterable<Page<Receipt>>;
    /** Books counted goods on the purchase they were ordered with. More than is open is `record.rejected`, and nothing is booked. */
    confirm(receipt: ReceiptDraft, options: WriteOptions): Promise<Ref<'receipt'>>;
  };
  webhooks: {
    /** Reads the body once, checks size, signature and age. Never throws for what a stranger sent. */
    verify(request: Request): Promise<Verification>;
    /** What a verified delivery means. May ask the platform for the record that the delivery only hints at. */
    decode(delivery: Delivery, options?: ReadOptions): Promise<readonly CommerceEvent[]>;
    /**
     * Makes the platform tell these topics at this address and no other there: makes what is missing, repairs what differs,
     * ends what is not wanted. Subscriptions to other addresses stay. Gives what stands afterwards at the address. A topic
     * that the platform does not know is `webhook.unknown`, and nothing is changed.
     */
    subscribe(plan: SubscriptionPlan, options: WriteOptions): Promise<readonly Subscription[]>;
    /** Every subscription there is, to whichever address: platforms end them without a word. */
    subscriptions(options?: ReadOptions): Promise<readonly Subscription[]>;
  };
  /** What a platform puts into a queue that the user owns, instead of calling: whoever can write there is trusted. */
  notifications: {
    /** Reads the envelope only. Throws `webhook.malformed` for a message that the platform did not write. */
    read(message: QueueMessage): Promise<Delivery>;
    /** What a message means. May ask the platform for the record that it only hints at. */
    decode(delivery: Delivery, options?: ReadOptions): Promise<readonly CommerceEvent[]>;
  };
}
/** The name of a port: `orders`, `webhooks` and so on. */
export type PortName = keyof PortCatalogue;

/** `orders.pull`, `webhooks.verify` and so on. */
export type OperationName = { [P in PortName]: `${P}.${keyof PortCatalogue[P] & string}` }[PortName];

/** The shape a connector has when it offers exactly these operations: `Offers<'orders.pull' | 'inventory.push'>`. */
export type Offers<O extends OperationName> = {
  readonly [P in PortName as Extract<O, `${P}.${string}`> extends never ? never : P]: {
    readonly [M in keyof PortCatalogue[P] as `${P}.${M & string}` extends O ? M : never]: PortCatalogue[P][M];
  };
};

/**
 * How a connector keeps a write from being done twice. `native-key`: the platform honours our key. `natural-key`: our
 * key or number is on the record, which is looked up before a second send. `unique-reference`: the platform refuses a
 * second record with our reference. `remaining-quantity`: the platform refuses to ship more than is open.
 */
export type DuplicateGuard = 'native-key' | 'natural-key' | 'unique-reference' | 'remaining-quantity';

/** For how long a write may be sent again with its key. */
export type KeyWindow = {
  /**
   * How long the platform honours our key, in milliseconds from the first request with it; `Infinity` where it does for as
   * long as the record is there. A key in doubt that is older is never sent again. Left out where our key is not what
   * keeps a repeat harmless.
   */
  readonly keyValidMs?: number | undefined;
};
/** The guard of a write that makes a record. One that is the platform's own has to say how long it holds. */
export type WriteGuard =
  | { readonly duplicateGuard: 'native-key'; readonly keyValidMs: number }
  | { readonly duplicateGuard: Exclude<DuplicateGuard, 'native-key'>; readonly keyValidMs?: undefined };

/** How a pull goes on, and how many records a page has at most. */
export type PullTrait = { readonly cursor: 'updated-at' | 'opaque'; readonly maxPage: number };

/** How an operation behaves here. The conformance suite picks its laws from these. */
export interface TraitCatalogue {
  'orders.pull': PullTrait;
  'orders.create': WriteGuard;
  'orders.confirm': KeyWindow;
  'orders.cancel': { readonly mode: 'immediate' | 'requested' } & KeyWindow;
  'orders.update': KeyWindow;
  'inventory.pull': { readonly cursor: 'updated-at' | 'opaque' | 'full' };
  'inventory.push': {
    /** Whether the platform itself compares with `expected`. Else it is looked up just before, and a sale in between is lost. */
    readonly compareAndSet: boolean;
    /** Items per request. A list may be longer: it is sent in several. */
    readonly maxBatch: number;
  } & KeyWindow;
  'prices.pull': PullTrait;
  'prices.push': { readonly maxBatch: number } & KeyWindow;
  'products.pull': PullTrait;
  'products.push': { readonly maxBatch: number } & KeyWindow;
  'categories.pull': PullTrait;
  'customers.pull': PullTrait;
  'customers.create': WriteGuard;
  'fulfillments.pull': PullTrait;
  'fulfillments.request': WriteGuard;
  'fulfillments.cancel': { readonly mode: 'immediate' | 'requested' } & KeyWindow;
  'fulfillments.hold': KeyWindow;
  'fulfillments.release': KeyWindow;
  'fulfillments.answer': KeyWindow;
  'shipments.pull': PullTrait;
  'shipments.confirm': WriteGuard;
  'shipments.update': KeyWindow;
  'shipments.report': KeyWindow;
  'returns.pull': PullTrait;
  'returns.create': WriteGuard;
  'returns.confirm': WriteGuard;
  'refunds.pull': PullTrait;
  'refunds.create': WriteGuard;
  'invoices.pull': PullTrait;
  'invoices.create': WriteGuard;
  'invoices.confirm': KeyWindow;
  'payments.pull': PullTrait;
  'payments.create': WriteGuard;
  'payments.capture': WriteGuard;
  'purchases.pull': PullTrait;
  'purchases.create': WriteGuard;
  'purchases.cancel': { readonly mode: 'immediate' | 'requested' } & KeyWindow;
  'receipts.pull': PullTrait;
  'receipts.confirm': WriteGuard;
  'webhooks.subscribe': KeyWindow;
  'webhooks.verify': {
    readonly scheme: 'hmac-sha256-base64' | 'hmac-sha256-hex' | 'standard-webhooks' | 'shared-secret';
    /** Whether the signature covers a time, so that an old delivery is refused. */
    readonly signsTime: boolean;
  };
}

/** Operations that change the other system. The rest only read. */
export const writeOperations = [
  'orders.create',
  'orders.confirm',
  'orders.cancel',
  'orders.update',
  'inventory.push',
  'prices.push',
  'products.push',
  'customers.create',
  'fulfillments.request',
  'fulfillments.cancel',
  'fulfillments.hold',
  'fulfillments.release',
  'fulfillments.answer',
  'shipments.confirm',
  'shipments.update',
  'shipments.report',
  'returns.create',
  'returns.confirm',
  'refunds.create',
  'invoices.create',
  'invoices.confirm',
  'payments.create',
  'payments.capture',
  'purchases.create',
  'purchases.cancel',
  'receipts.confirm',
  'webhooks.subscribe',
] as const satisfies readonly OperationName[];
/** One of `writeOperations`. */
export type WriteOperation = (typeof writeOperations)[number];
