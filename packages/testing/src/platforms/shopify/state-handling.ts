import type { RiskRecord } from './records.ts';
import type { ShopFulfillment, ShopFulfillmentOrder } from './state-fulfillment.ts';

/** A movement of an order's money. */
export interface ShopTransaction {
  readonly id: string;
  readonly kind: string;
  readonly status: string;
  readonly gateway: string;
  /** In the shop's currency. */
  readonly amount: string;
  /** In the buyer's currency. */
  readonly presented: string;
  readonly parentId: string | undefined;
}

/** What was given back at one time. */
export interface ShopRefund {
  readonly id: string;
  readonly note: string | undefined;
  /** What was paid back, in the shop's currency. */
  readonly total: string;
  readonly lines: readonly {
    readonly lineId: string;
    readonly sku: string | undefined;
    readonly quantity: number;
    readonly restockType: string;
    readonly locationId: string | undefined;
  }[];
  readonly shipping: string;
  readonly transactionIds: readonly string[];
  readonly returnId: string | undefined;
}

/** A return as the shop has it. */
export interface ShopReturn {
  readonly id: string;
  readonly orderId: string;
  readonly name: string;
  readonly status: string;
  readonly lines: readonly {
    readonly id: string;
    readonly fulfillmentLineId: string;
    readonly sku: string | undefined;
    readonly quantity: number;
    readonly processed: number;
    readonly note: string;
    readonly customerNote: string | undefined;
  }[];
  readonly dispositions: readonly {
    readonly sku: string | undefined;
    readonly type: string;
    readonly quantity: number;
    readonly locationId: string | undefined;
  }[];
}

/** What a buyer sends back. Default all that can come back. */
export interface ReturnInput {
  readonly lines?:
    | readonly {
        readonly sku: string;
        readonly quantity: number;
        /** A handle of the shop's library, such as "defective". Default "unknown". */
        readonly reason?: string | undefined;
        readonly note?: string | undefined;
        readonly customerNote?: string | undefined;
      }[]
    | undefined;
  /** Whether the buyer only asked for it, and the merchant has to say yes. Default false: it is open. */
  readonly requested?: boolean | undefined;
}

/** How a fulfillment order is held back. */
export interface HoldInput {
  readonly reason: string;
  readonly handle?: string | undefined;
  readonly notes?: string | undefined;
  /** The other app that holds it, or "own" for the app whose token asks. Default none: a person in the admin. */
  readonly app?: string | undefined;
}

/** Money, returns and what warehouses are asked, from the inside. Ids are global ids. */
export interface HandlingState {
  /** Oldest first. */
  transactionsOf(orderId: string): readonly ShopTransaction[];
  /** Captures an authorization in the admin: what is left of it, or an amount in the buyer's currency. */
  captureOrder(orderId: string, amount?: string): ShopTransaction;
  /** Lets go of what is authorized. */
  voidOrder(orderId: string): void;
  /** Notes a payment that did not come about, with the platform's word for why. Default "CARD_DECLINED". */
  failPayment(orderId: string, errorCode?: string): void;
  refundsOf(orderId: string): readonly ShopRefund[];
  /** The shop, or an app, thinks otherwise of an order's risk. Tells orders/risk_assessment_changed. */
  assessOrder(orderId: string, risk: RiskRecord): void;

  /** Opens a return by hand, or lets a buyer ask for one. */
  openReturn(orderId: string, what?: ReturnInput): ShopReturn;
  approveReturn(returnId: string): ShopReturn;
  declineReturn(returnId: string, reason?: 'FINAL_SALE' | 'OTHER' | 'RETURN_PERIOD_ENDED', note?: string): ShopReturn;
  /**
   * Confirms by hand what came back, by default all of it, and puts it on a shelf, by default of the location it was
   * shipped from. `restock: false` throws it away.
   */
  processReturn(
    returnId: string,
    what?: {
      readonly lines?: readonly { readonly sku: string; readonly quantity: number }[];
      readonly restock?: boolean;
      readonly locationId?: string;
    },
  ): ShopReturn;
  closeReturn(returnId: string): ShopReturn;
  cancelReturn(returnId: string): ShopReturn;
  reopenReturn(returnId: string): ShopReturn;
  /** Shows a return with a word that only a newer version of the platform knows. */
  useReturnWord(returnId: string, word: string): void;
  return(returnId: string): ShopReturn;
  returnsOf(orderId: string): readonly ShopReturn[];

  /** Adds a fulfillment service with its location, by default one of this app. */
  addFulfillmentService(service: { readonly name: string; readonly callbackUrl?: string; readonly own?: boolean }): {
    readonly id: string;
    readonly locationId: string;
  };
  /** The merchant asks the service of a fulfillment order to ship it. */
  requestFulfillment(
    fulfillmentOrderId: string,
    more?: { readonly message?: string; readonly notifyCustomer?: boolean },
  ): void;
  /** The service says yes or no, behind the integration's back. */
  answerFulfillmentRequest(fulfillmentOrderId: string, accepted: boolean, message?: string): void;
  /** The merchant asks a service that said yes to stop. */
  requestCancellation(fulfillmentOrderId: string, message?: string): void;
  /** The service says whether it stops. */
  answerCancellation(fulfillmentOrderId: string, accepted: boolean, message?: string): void;
  /** Holds one fulfillment order, as a person or another app does. Answers the id of the hold. */
  holdFulfillmentOrder(fulfillmentOrderId: string, hold: HoldInput): string;
  /** Ends one hold, by default all of them. */
  releaseFulfillmentOrder(fulfillmentOrderId: string, holdId?: string): void;
  fulfillmentOrder(fulfillmentOrderId: string): ShopFulfillmentOrder;
  /** Changes nothing but the moment of its last change, as many a background job does. */
  touchFulfillmentOrder(fulfillmentOrderId: string): void;
  /** Shows it with words that only a newer version of the platform knows. */
  useFulfillmentWords(
    fulfillmentOrderId: string,
    words: { readonly status?: string; readonly requestStatus?: string },
  ): void;
  fulfillment(fulfillmentId: string): ShopFulfillment;
  /** Takes a parcel back in the admin: its units can be shipped again. */
  cancelFulfillment(fulfillmentId: string): void;
  /** The carrier tells what happened to a parcel, behind the integration's back. Default now. */
  reportEvent(
    fulfillmentId: string,
    event: { readonly status: string; readonly happenedAt?: string; readonly message?: string },
  ): void;
  /** Shows a parcel's display status with a word that only a newer version of the platform knows. */
  useShipmentWord(fulfillmentId: string, displayStatus: string): void;
  /** Puts all that is not shipped of an order off until then. */
  scheduleOrder(orderId: string, fulfillAt: string): void;
}
