import {
  fromMinorUnits,
  type Category,
  type Invoice,
  type ListedPrice,
  type Payment,
  type PurchaseOrder,
  type Receipt,
  type Refund,
  type Ref,
  type Return,
} from '@crossdock/core';
import { money } from '@crossdock/testing';
import type { WireRecord } from './wire.ts';

const zero = money('0.00');
const lines: readonly never[] = [];

function at({ updatedAt }: WireRecord): string {
  return new Date(updatedAt).toISOString();
}

export function categoryOf(record: WireRecord, ref: Ref<'category'>): Category {
  return { ref, name: ref.id, path: [ref.id], updatedAt: at(record) };
}

export function listedPriceOf(record: WireRecord, ref: Ref<'price'>): ListedPrice {
  return { ref, sku: ref.id, amount: money('10.00'), updatedAt: at(record) };
}

export function returnOf(record: WireRecord, ref: Ref<'return'>): Return {
  return { ref, number: ref.id, status: 'approved', wireStatus: record.status, lines, updatedAt: at(record) };
}

export function refundOf(record: WireRecord, ref: Ref<'refund'>): Refund {
  const order = { system: 'toy', kind: 'order', id: record.of } as const;
  const total = fromMinorUnits(BigInt(record.counts['pence'] ?? 0), 'GBP');
  return { ref, order, lines, total, refundedAt: at(record) };
}

export function invoiceOf(record: WireRecord, ref: Ref<'invoice'>): Invoice {
  const amounts = { net: zero, tax: zero, total: zero, due: zero };
  const status = record.status === 'draft' ? 'draft' : 'open';
  return { ref, kind: 'invoice', status, wireStatus: record.status, lines, ...amounts, updatedAt: at(record) };
}

export function paymentOf(record: WireRecord, ref: Ref<'payment'>): Payment {
  return { ref, status: 'paid', amount: zero, transactions: [], updatedAt: at(record) };
}

export function purchaseOf(record: WireRecord, ref: Ref<'purchase'>): PurchaseOrder {
  const { status: wireStatus } = record;
  return { ref, number: ref.id, status: 'confirmed', wireStatus, lines, total: zero, updatedAt: at(record) };
}

export function receiptOf(record: WireRecord, ref: Ref<'receipt'>): Receipt {
  return { ref, number: ref.id, lines, receivedAt: at(record) };
}
