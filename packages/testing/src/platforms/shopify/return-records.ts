/** One item that comes back, by the parcel it was shipped in. */
export type ReturnLineRecord = {
  readonly id: bigint;
  readonly fulfillmentLineId: bigint;
  readonly lineId: bigint;
  quantity: number;
  /** Units that were inspected and confirmed. */
  processed: number;
  refunded: number;
  /** The number of its reason among `returnReasons`. */
  readonly reasonId: bigint;
  readonly note: string;
  readonly customerNote: string | undefined;
};

/** What became of units that came back. */
export type DispositionRecord = {
  readonly id: bigint;
  readonly type: 'MISSING' | 'NOT_RESTOCKED' | 'PROCESSING_REQUIRED' | 'RESTOCKED';
  readonly quantity: number;
  readonly locationId: bigint | undefined;
  readonly createdAt: number;
};

/** What one location takes back of a return. */
export type ReverseFulfillmentOrderRecord = {
  readonly id: bigint;
  readonly returnId: bigint;
  readonly orderId: bigint;
  readonly locationId: bigint;
  status: 'CANCELED' | 'CLOSED' | 'OPEN';
  readonly lines: {
    readonly id: bigint;
    readonly returnLineId: bigint;
    readonly fulfillmentLineId: bigint;
    readonly lineId: bigint;
    total: number;
    readonly dispositions: DispositionRecord[];
  }[];
};

/** Goods that a buyer sends back, or wants to. */
export type ReturnRecord = {
  readonly id: bigint;
  readonly orderId: bigint;
  readonly name: string;
  status: 'CANCELED' | 'CLOSED' | 'DECLINED' | 'OPEN' | 'REQUESTED';
  readonly createdAt: number;
  closedAt: number | undefined;
  requestApprovedAt: number | undefined;
  decline: { readonly reason: string; readonly note: string | undefined } | undefined;
  readonly lines: ReturnLineRecord[];
  readonly reverse: ReverseFulfillmentOrderRecord[];
  /** A word that only a newer version of the platform knows. */
  statusWord: string | undefined;
};
