import type { RefundDraft } from '@crossdock/core';

/** What a refund's note says of the return that it pays. Shopify lets no app tie a refund to a return. */
export interface ReturnMark {
  readonly returnId: string;
  readonly lines: readonly MarkedLine[];
}
interface MarkedLine {
  readonly orderLineId: string;
  readonly quantity: number;
  /** In the currency of the draft. */
  readonly amount: string;
  readonly tax: string;
  readonly restocked: boolean;
}

/** As it stands behind all else: the return, then units and money of each line. */
export function returnMarkText(returnId: string, lines: RefundDraft['lines']): string {
  const parts = lines.map(({ orderLineId, quantity, amount, tax, restocked }) => {
    return `${numberOf(orderLineId)}x${quantity}:${amount.amount}+${tax.amount}${restocked ? 'r' : ''}`;
  });
  return `[crossdock-return/${[numberOf(returnId), ...parts].join(' ')}]`;
}

/** The return that a note names. */
export function returnMarkIn(note: string | null): ReturnMark | undefined {
  const [, id, parts = ''] = markPattern.exec(note ?? '') ?? [];
  if (id === undefined) return undefined;
  const lines = [...parts.matchAll(linePattern)].map(
    ([, line = '', quantity = '', amount = '', tax = '', restocked = '']): MarkedLine => ({
      orderLineId: `gid://shopify/LineItem/${line}`,
      quantity: Number(quantity),
      amount,
      tax,
      restocked: restocked === 'r',
    }),
  );
  return { returnId: `gid://shopify/Return/${id}`, lines };
}

export function withoutReturnMark(note: string | null): string | null {
  return note === null ? null : note.replace(markPattern, '').trimEnd();
}

// Only what stands last is ours: people may write the same words before it.
const markPattern = /\[crossdock-return\/(\d+)((?: \d+x\d+:-?[\d.]+\+-?[\d.]+r?)*)\]$/;
const linePattern = /(\d+)x(\d+):(-?[\d.]+)\+(-?[\d.]+)(r?)/g;

function numberOf(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}
