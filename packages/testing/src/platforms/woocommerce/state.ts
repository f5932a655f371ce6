import type { Json } from '@crossdock/core';
import type { Outage } from './host.ts';
import type { Moment } from './machine.ts';
import type { WooSettings } from './options.ts';
import type { PhpEnding } from './php-ended.ts';
import type {
  WooCustomer,
  WooFulfillment,
  WooNote,
  WooOrder,
  WooProduct,
  WooTerm,
  WooTracking,
  WooWebhook,
} from './records.ts';
import type { Deliverable } from './webhooks/sender.ts';

/** A product that somebody puts into the shop. Amounts are decimal text. */
export interface WooProductInput {
  readonly sku?: string | undefined;
  /** Default the SKU. */
  readonly name?: string | undefined;
  readonly price?: string | undefined;
  readonly salePrice?: string | undefined;
  /** Counted when it is given. */
  readonly stock?: number | undefined;
  /** Default `no`. */
  readonly backorders?: 'no' | 'notify' | 'yes' | undefined;
  /** Default `simple`. */
  readonly type?: 'simple' | 'variable' | undefined;
  readonly taxClass?: string | undefined;
  /** Default `publish`. */
  readonly status?: 'publish' | 'draft' | 'private' | 'pending' | undefined;
  /** Its EAN, UPC or ISBN, in digits. */
  readonly gtin?: string | undefined;
  readonly description?: string | undefined;
  readonly weight?: string | undefined;
  /** Ids of categories that `addCategory` gave. Default none, which is "Uncategorized". */
  readonly categories?: readonly number[] | undefined;
  /** Ids of tags that `addTag` gave. */
  readonly tags?: readonly number[] | undefined;
  /** Addresses of pictures, which the shop copies. */
  readonly images?: readonly string[] | undefined;
  readonly meta?: readonly { readonly key: string; readonly value: Json }[] | undefined;
}

/** A variation of a product, with what it is called by, such as "Red". */
export interface WooVariationInput {
  readonly sku: string;
  readonly price?: string | undefined;
  readonly salePrice?: string | undefined;
  /** Counted by itself when it is given; else it shares what its parent counts, if that does. */
  readonly stock?: number | undefined;
  readonly gtin?: string | undefined;
  readonly weight?: string | undefined;
  readonly option: string;
  /** Which choice `option` is one of. Default `Option`. */
  readonly attribute?: string | undefined;
}

/** Fields of an address as the shop names them; what is missing stays empty. */
export interface WooAddressInput {
  readonly first_name?: string | undefined;
  readonly last_name?: string | undefined;
  readonly company?: string | undefined;
  readonly address_1?: string | undefined;
  readonly address_2?: string | undefined;
  readonly city?: string | undefined;
  readonly state?: string | undefined;
  readonly postcode?: string | undefined;
  readonly country?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
}

/** A customer with an account. */
export interface WooCustomerInput {
  /** Throws `RangeError` for one that has an account already. */
  readonly email: string;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  /** Default the part of the e-mail before the "@", with a number where that is taken. */
  readonly username?: string | undefined;
  /** Default `customer`. */
  readonly role?: string | undefined;
  readonly billing?: WooAddressInput | undefined;
  readonly shipping?: WooAddressInput | undefined;
  readonly meta?: readonly { readonly key: string; readonly value: Json }[] | undefined;
}

/** One line of a cart. */
export interface WooLineInput {
  /** One that the shop does not know is taken as it is, as imported orders have it. */
  readonly sku?: string | undefined;
  /** Default what the product is called. */
  readonly name?: string | undefined;
  readonly quantity: number;
  /** Of one; without tax, unless the shop's prices include it. Default the product's price. */
  readonly unitPrice?: string | undefined;
  readonly taxClass?: string | undefined;
  readonly metaData?: readonly { readonly key: string; readonly value: Json }[] | undefined;
}

/** What a buyer puts through the checkout. */
export interface WooOrderInput {
  /** Its id, which is its number too. Default the next one of the shop. Throws RangeError for one that is taken. */
  readonly number?: number | undefined;
  /** A number that a plugin gave it. Default its id. */
  readonly pluginNumber?: string | undefined;
  /** Default `processing`. Any word: a plugin may have statuses of its own. */
  readonly status?: string | undefined;
  readonly currency?: string | undefined;
  readonly customerNote?: string | undefined;
  /** The account of who buys, as `addCustomer` gave it. Default 0: a guest. */
  readonly customerId?: number | undefined;
  readonly billing?: WooAddressInput | undefined;
  readonly shipping?: WooAddressInput | undefined;
  readonly lines: readonly WooLineInput[];
  readonly shippingLines?:
    | readonly { readonly methodId?: string; readonly title?: string; readonly total: string }[]
    | undefined;
  readonly feeLines?:
    | readonly { readonly name: string; readonly total: string; readonly taxStatus?: 'taxable' | 'none' }[]
    | undefined;
  /** Coupons of the shop by code; one that is not there is made, with this amount off the whole cart. */
  readonly couponLines?: readonly { readonly code: string; readonly amount?: string }[] | undefined;
  /** A percentage for everything in this order, as decimal text. Default what the shop's tax rates say. */
  readonly taxRate?: string | undefined;
  readonly paymentMethod?: string | undefined;
  readonly transactionId?: string | undefined;
  /** A moment in UTC. Default now where the status means paid; null for not paid whatever the status is. */
  readonly datePaid?: string | null | undefined;
  /** Default `checkout`. */
  readonly createdVia?: string | undefined;
  readonly meta?: readonly { readonly key: string; readonly value: Json }[] | undefined;
}

/** A refund that somebody books in the admin. */
export interface WooRefundInput {
  /** Default what the lines come to, or all that is left. */
  readonly amount?: string | undefined;
  readonly reason?: string | undefined;
  /** Lines by their id. Amounts without tax; default their share. */
  readonly lines?: readonly { readonly id: number; readonly quantity: number; readonly total?: string }[] | undefined;
  /** Default true, where there are lines. */
  readonly restock?: boolean | undefined;
}

/** The door behind the API: what a test does in the shop, and what it finds there. */
export interface WooCommerceState {
  /** A product. Throws RangeError for a SKU that is taken, in the trash too. */
  addProduct(product: WooProductInput): { readonly id: number };
  /** A variation of a product of the type `variable`. Throws RangeError for a parent that is not there. */
  addVariation(parentId: number, variation: WooVariationInput): { readonly id: number };
  /**
   * Fills the shop with so many products, for tests of size: `make` says what the one at an index is. Default SKUs `P-0`,
   * `P-1` and so on, at 5.00 and with 10 pieces each. 50 000 take less than a second, and a page of a list then some
   * milliseconds.
   */
  seedProducts(count: number, make?: (index: number) => WooProductInput): void;
  /** Somebody puts a product or a variation into the trash, or deletes it `forGood`. Throws RangeError for an unknown SKU. */
  removeProduct(sku: string, forGood?: boolean): void;
  /** A category, below another one where `parent` names it. */
  addCategory(category: { readonly name: string; readonly slug?: string; readonly parent?: number }): {
    readonly id: number;
  };
  addTag(tag: { readonly name: string; readonly slug?: string }): { readonly id: number };
  /** An account of a customer. */
  addCustomer(customer: WooCustomerInput): { readonly id: number };
  /** A coupon, by default so much off the whole cart. */
  addCoupon(coupon: {
    readonly code: string;
    readonly amount: string;
    readonly type?: 'fixed_cart' | 'fixed_product' | 'percent';
  }): { readonly id: number };
  /** Somebody in the admin counts. Throws RangeError for a SKU that is not there. */
  setStock(sku: string, quantity: number): void;
  setPrice(sku: string, price: string): void;
  /** A rate of the shop's tax table. */
  addTaxRate(rate: {
    readonly country?: string;
    readonly state?: string;
    readonly rate: string;
    readonly name?: string;
    readonly taxClass?: string;
    readonly shipping?: boolean;
  }): { readonly id: number };
  /**
   * A buyer at the checkout. Lines whose SKU the shop knows and whose stock it counts take that much; throws `SoldOut` and
   * places nothing when it shows fewer and takes no backorders.
   */
  placeOrder(order: WooOrderInput): { readonly id: number; readonly number: string };
  /** Somebody in the admin sets a status, with what follows for stock and refunds. Takes words that core has not. */
  setStatus(id: number, status: string): void;
  /** Somebody in the admin saves the order without changing anything. */
  touch(id: number): void;
  /**
   * Lets no list show the order until what this gives is called: a slow request stamps it before it is written, and a
   * database copy answers later still. By its id it is there.
   */
  unlist(id: number): () => void;
  trash(id: number): void;
  forceDelete(id: number): void;
  refund(id: number, refund?: WooRefundInput): { readonly id: number };
  /** A webhook without the API: nobody is pinged. Default secret the next of `webhookSecrets`, else a drawn one. */
  addWebhook(webhook: {
    readonly topic: string;
    readonly url: string;
    readonly secret?: string;
    readonly name?: string;
    /** Default `active`. */
    readonly status?: 'active' | 'paused' | 'disabled';
  }): { readonly id: number; readonly secret: string };
  /** Somebody in the admin saves a product without changing anything; of a variation the parent's date moves too. */
  touchProduct(sku: string): void;
  /** Lets no list show a product until what this gives is called. By its id it is there. */
  unlistProduct(sku: string): () => void;
  /**
   * Lets `act` happen once in the next call of `operation`, such as `PUT /orders/{id}`: after the shop has read what the
   * call changes, and before it writes. So races come out the same every time: another change of a status takes the goods
   * twice, another refund is above what is left, a sale gets lost beside `inventory_delta`, a custom field of the same key is
   * there twice, an SKU or an e-mail address is taken. `act` may be a call too. Of a batch it is the first item.
   *
   * With `before-answer` it happens after a change of an order was written: the answer then shows what the other one made of it.
   */
  during(operation: string, act: () => unknown, moment?: Moment): void;
  /**
   * Ends PHP in the next batch after so many of its items are written: they stay, and the others are never worked on. The
   * answer is a `fatal` error of WordPress, or the 504 of the `gateway` in front. Default `fatal`.
   */
  stopBatchAfter(items: number, how?: PhpEnding): void;
  /** What the shop or the host in front of it answers with instead of working. `none` ends it. */
  maintenance(outage?: Outage): void;
  /** What the owner can change while the shop is open. */
  readonly settings: WooSettings;
  /** Every order that is not deleted, oldest first, those in the trash too. */
  readonly orders: readonly Readonly<WooOrder>[];
  order(id: number): Readonly<WooOrder> | undefined;
  /** Accounts, the owner's among them, oldest first. */
  readonly customers: readonly Readonly<WooCustomer>[];
  /** The account with an e-mail address, in upper or lower case. */
  customer(email: string): Readonly<WooCustomer> | undefined;
  /** Categories, tags, and values of attributes. */
  readonly terms: readonly Readonly<WooTerm>[];
  /** Products and variations. */
  readonly products: readonly Readonly<WooProduct>[];
  product(sku: string): Readonly<WooProduct> | undefined;
  /** What the shop shows of a SKU; nothing where it does not count. */
  stockOf(sku: string): number | undefined;
  notes(orderId: number): readonly WooNote[];
  fulfillments(orderId: number): readonly Readonly<WooFulfillment>[];
  trackings(orderId: number): readonly WooTracking[];
  readonly webhooks: readonly Readonly<WooWebhook>[];
  /** Deliveries that Action Scheduler has yet to make. Their bodies are written when they are. */
  readonly deliverables: readonly Deliverable[];
}
