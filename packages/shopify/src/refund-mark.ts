import type { RefundDraft } from '@crossdock/core';

/** What a refund's note says of the return that it pays. Shopify lets no app tie a refund to a return. */
export interface ReturnMark {
  readonly returnId: string;
  /** In which the amounts of its lines are stated: that of the draft. */
  readonly currency: string;
  readonly lines: readonly MarkedLine[];
}
interface MarkedLine {
  readonly orderLineId: string;
  readonly quantity: number;
  readonly amount: string;
  readonly tax: string;
  readonly restocked: boolean;
}

/**
 * As it stands behind all else: the return, the currency, then units and money of each line. `undefined` for what could not
 * be read again just so.
 */
export function returnMarkText(returnId: string, { lines, total }: Pick<RefundDraft, 'lines' | 'total'>) {
  const parts = lines.map(({ orderLineId, quantity, amount, tax, restocked }) => {
    return `${briefOf(orderLineId)}x${quantity}:${amount.amount}+${tax.amount}${restocked ? 'r' : ''}`;
  });
  const text = `[crossdock-return/${[numberOf(returnId), total.currency, ...parts].join(' ')}]`;
  const meant: ReturnMark = {
    returnId,
    currency: total.currency,
    lines: lines.map(({ orderLineId, quantity, amount, tax, restocked }) => {
      return { orderLineId, quantity, amount: amount.amount, tax: tax.amount, restocked };
    }),
  };
  return JSON.stringify(returnMarkIn(text)) === JSON.stringify(meant) ? text : undefined;
}

/** The return that a note names. */
export function returnMarkIn(note: string | null): ReturnMark | undefined {
  const [, id, currency, parts = ''] = markPattern.exec(note ?? '') ?? [];
  if (id === undefined || currency === undefined) return undefined;
  const lines = [...parts.matchAll(linePattern)].map(
    ([, line = '', quantity = '', amount = '', tax = '', restocked = '']): MarkedLine => ({
      orderLineId: wholeOf(line),
      quantity: Number(quantity),
      amount,
      tax,
      restocked: restocked === 'r',
    }),
  );
  return { returnId: `gid://shopify/Return/${id}`, currency, lines };
}

export function withoutReturnMark(note: string | null): string | null {
  return note === null ? null : note.replace(markPattern, '').trimEnd();
}

// Only what stands last is ours: people may write the same words before it.
const markPattern = /\[crossdock-return\/(\d+) ([A-Z]{3})((?: [^\s:\]]+x\d+:-?[\d.]+\+-?[\d.]+r?)*)\]$/;
const linePattern = / ([^\s:\]]+)x(\d+):(-?[\d.]+)\+(-?[\d.]+)(r?)/g;

const orderLine = 'gid://shopify/LineItem/';

/** Lines of an order by their number, fees and carriage by all of their id: they have no number, or one of their own kind. */
function briefOf(id: string): string {
  return id.startsWith(orderLine) && /^\d+$/.test(numberOf(id)) ? numberOf(id) : `~${encodeURIComponent(id)}`;
}

function wholeOf(brief: string): string {
  return brief.startsWith('~') ? decodeURIComponent(brief.slice(1)) : `${orderLine}${brief}`;
}

function numberOf(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}
