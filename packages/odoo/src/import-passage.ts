import type { CommerceError, CustomerDraft, OrderDraft, Ref } from '@crossdock/core';
import type { LineDraft } from './line-draft.ts';
import type { Mark } from './mark.ts';
import { orderMark } from './order-claim.ts';
import type { OrderStateWire } from './wire/order.ts';

/** An order to import: the draft as `orders.create` takes it, whose customer is named or may still have to be made. */
export interface OrderImport {
  readonly draft: Omit<OrderDraft, 'customer'>;
  readonly customer: CustomerDraft | Ref<'customer'>;
  readonly idempotencyKey: string;
}

/** One order on its way through a batch. What has an outcome takes no further step. */
export interface Passage {
  readonly item: OrderImport;
  readonly lines: readonly LineDraft[];
  readonly externalId: string;
  readonly mark?: Mark;
  readonly draft?: OrderDraft;
  readonly order?: OrderStateWire;
  /** Odoo, or another importer, made it something that only the careful way of one order can judge. */
  readonly alone?: true;
  readonly done?: Ref<'order'>;
  readonly error?: CommerceError;
}

/** Whether a passage goes on with the batch. */
export function isOpen({ done, error, alone: apart }: Passage): boolean {
  return done === undefined && error === undefined && apart === undefined;
}

/** A passage whose customer is known. */
export async function withDraft(passage: Passage, customer: Ref<'customer'>): Promise<Passage> {
  const { item } = passage;
  const draft = { ...item.draft, customer };
  return { ...passage, draft, mark: await orderMark(item.idempotencyKey, draft) };
}
