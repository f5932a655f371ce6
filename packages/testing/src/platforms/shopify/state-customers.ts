import type { Address } from './records.ts';
import type { MetafieldInput } from './state-catalogue.ts';

/** A buyer with an account. */
export interface CustomerInput {
  readonly email?: string | undefined;
  /** As E.164 writes it: "+4915112345678". */
  readonly phone?: string | undefined;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly note?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly taxExempt?: boolean | undefined;
  /** The first one is the default. */
  readonly addresses?: readonly Address[] | undefined;
  readonly metafields?: readonly MetafieldInput[] | undefined;
}

/** A buyer as the shop has it. */
export interface ShopCustomer {
  /** The global id. */
  readonly id: string;
  readonly email: string | undefined;
  readonly phone: string | undefined;
  readonly firstName: string | undefined;
  readonly lastName: string | undefined;
  readonly note: string | undefined;
  readonly tags: readonly string[];
  readonly taxExempt: boolean;
  readonly addresses: readonly Address[];
  readonly metafields: readonly Required<MetafieldInput>[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What protected data an app may be approved for besides the records themselves. */
export type ProtectedField = 'name' | 'email' | 'phone' | 'address';

/** What buyers and the shop's owner do to customers, and what can be seen of them. */
export interface CustomerState {
  /** Tells customers/create. Refuses a mailbox or a number that another customer has. */
  addCustomer(customer: CustomerInput): ShopCustomer;
  /** Changes a customer as a person does in the admin. Tells customers/update. */
  changeCustomer(id: string, change: CustomerInput): ShopCustomer;
  /** Changes nothing but the moment of the last change. Tells customers/update. */
  touchCustomer(id: string): ShopCustomer;
  /** Takes a customer away. Tells customers/delete. Throws for one that orders name. */
  deleteCustomer(id: string): void;
  /** Oldest first. */
  readonly customers: readonly ShopCustomer[];
  /** By its global id. Throws when there is none. */
  customer(id: string): ShopCustomer;
  /**
   * Takes away what the app was approved for. `fields` are those it still may see: the others are null wherever they
   * stand. With `objects` these records are refused as a whole, by default none ("Customer", "Order").
   */
  protectCustomerData(approval: {
    readonly objects?: readonly string[] | undefined;
    readonly fields?: readonly ProtectedField[] | undefined;
  }): () => void;
}
