import type { Json } from '@crossdock/core';

/** A product as a shopkeeper would enter it. */
export interface FakeProduct {
  readonly sku: string;
  readonly name?: string;
  readonly price?: number;
  readonly barcode?: string;
  /** On hand in the first warehouse. */
  readonly onHand?: number;
  /** `goods` are counted, `consumable` ones are delivered without being counted. Default `goods`. */
  readonly type?: 'goods' | 'consumable' | 'service';
  readonly tracking?: 'none' | 'lot' | 'serial';
  /** Ids of sales taxes. Default the company's own tax; an empty list is none. */
  readonly taxes?: readonly number[];
  readonly weight?: number;
  readonly archived?: boolean;
}

/** A kit as a shopkeeper would enter it: sold as one, delivered as its components. Wants the module `mrp`. */
export interface FakeKit extends Omit<FakeProduct, 'onHand' | 'tracking' | 'type'> {
  /** How many of each go into one, by SKU. Components must be there already; they may be kits themselves. */
  readonly components: Readonly<Record<string, number>>;
}

/** A customer or an address as a shopkeeper would enter it. */
export interface FakePartner {
  readonly name: string;
  readonly email?: string;
  readonly ref?: string;
  readonly phone?: string;
  readonly street?: string;
  readonly city?: string;
  readonly zip?: string;
  /** ISO 3166-1, for example `US`. */
  readonly country?: string;
  readonly company?: boolean;
}

/** A line of a sales order as it stands, for looking at. */
export interface FakeOrderLine {
  readonly id: number;
  readonly sku: string | undefined;
  readonly name: string;
  readonly quantity: number;
  readonly delivered: number;
  readonly priceUnit: number;
  readonly discount: number;
  readonly taxes: readonly number[];
  readonly subtotal: number;
  readonly total: number;
  readonly isDelivery: boolean;
  readonly externalId: string | undefined;
}

/** A sales order as it stands, for looking at. */
export interface FakeSaleOrder {
  readonly id: number;
  readonly name: string;
  readonly state: string;
  readonly clientOrderRef: string | undefined;
  readonly origin: string | undefined;
  readonly externalId: string | undefined;
  readonly partnerId: number;
  readonly currency: string;
  readonly dateOrder: string;
  readonly amountUntaxed: number;
  readonly amountTax: number;
  readonly amountTotal: number;
  readonly deliveryStatus: string | undefined;
  readonly invoiceStatus: string;
  readonly lines: readonly FakeOrderLine[];
}

/** A delivery as it stands, for looking at. */
export interface FakePicking {
  readonly id: number;
  readonly name: string;
  readonly state: string;
  readonly origin: string | undefined;
  readonly saleOrder: string | undefined;
  readonly backorderOf: string | undefined;
  readonly carrier: string | undefined;
  readonly trackingRef: string | undefined;
  readonly moves: readonly {
    readonly sku: string;
    readonly demand: number;
    readonly quantity: number;
    readonly state: string;
  }[];
}

/** How much of a product is there, promised and left. */
export interface FakeStock {
  readonly onHand: number;
  readonly reserved: number;
  readonly free: number;
}

/** A webhook that an administrator set up with an automation rule. */
export interface FakeWebhook {
  readonly name: string;
  readonly model: string;
  readonly url: string;
  readonly fields: readonly string[];
  /** Only when a record comes to this state; default every create and write. */
  readonly state?: string;
}

/** What stands behind the fake: set it up, look at it, and make it stumble. Nothing here goes over the wire. */
export interface OdooState {
  addProduct(product: FakeProduct): number;
  /** A product with a bill of material of the type kit. */
  addKit(kit: FakeKit): number;
  addPartner(partner: FakePartner): number;
  addCarrier(carrier: { readonly name: string; readonly trackingUrl?: string; readonly price?: number }): number;
  addTax(tax: { readonly name: string; readonly percent: number; readonly included?: boolean }): number;
  /** A price list in a currency, which becomes active; `percent` is taken off every price. */
  addPricelist(list: {
    readonly name: string;
    readonly currency: string;
    readonly percent?: number;
    readonly rate?: number;
  }): number;
  /** A record of any model, made by an administrator: a unit, a category, a rule of a price list, an item of a list. */
  add(model: string, vals: Readonly<Record<string, Json>>): number;
  /** Changes a record of any model as an administrator would: closes the books, archives, locks, gives another unit. */
  change(model: string, id: number, vals: Readonly<Record<string, Json>>): void;
  /** Installs a language besides `en_US`, so that a context may ask for it and names be translated. */
  addLanguage(code: string, name: string): void;
  /** Another company on the same server. Administrators act for it, and whose logins are given. */
  addCompany(company: {
    readonly name: string;
    readonly warehouse?: { readonly name: string; readonly code: string };
    readonly logins?: readonly string[];
  }): number;
  addWarehouse(warehouse: { readonly name: string; readonly code: string }): number;
  /**
   * Another user with a key of its own: of a kind, or of exactly those groups (external ids, with what they imply).
   * Default `internal`, who may log in and read contacts and products, and little else.
   */
  addUser(user: {
    readonly login: string;
    readonly apiKey: string;
    readonly kind?: 'connector' | 'internal' | 'admin';
    readonly groups?: readonly string[];
  }): number;
  /** Counts a product anew in a warehouse, as somebody in the warehouse would. */
  setStock(sku: string, quantity: number, options?: { readonly warehouse?: string; readonly lot?: string }): void;
  stockOf(sku: string, warehouse?: string): FakeStock;
  /** Ships what an order waits for, as somebody in the warehouse would; `quantities` by SKU ships only that. */
  ship(
    order: string,
    options?: {
      readonly quantities?: Readonly<Record<string, number>>;
      readonly carrier?: string;
      readonly trackingRef?: string;
    },
  ): FakePicking;
  readonly saleOrders: readonly FakeSaleOrder[];
  readonly pickings: readonly FakePicking[];
  readonly partners: readonly { readonly [field: string]: Json }[];
  /** Every record of a model with its plain fields, archived ones included. */
  records(model: string): readonly { readonly [field: string]: Json }[];
  externalIdOf(model: string, id: number): string | undefined;
  /** The next calls of an operation are rolled back by a concurrent update, as the server says it after its own retries. */
  conflictNext(operation: string, options?: { readonly times?: number; readonly afterMs?: number }): void;
  /** The next call of an operation commits `ms` later than it began, with the write_date of its beginning. */
  commitLate(operation: string, ms: number): void;
  /** The key of a user is not accepted any more. */
  expireKey(login?: string): void;
  /** The server's clean-up of quants that stand at zero. It also happens by itself after some time. */
  sweepEmptyQuants(): void;
  addWebhook(webhook: FakeWebhook): void;
}
