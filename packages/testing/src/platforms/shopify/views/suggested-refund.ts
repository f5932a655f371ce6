import { apiError } from '../api-error.ts';
import { gid, idIn } from '../gid.ts';
import { dutiesBack, refundable } from '../life/refundable.ts';
import { shippingTaxOn } from '../life/refund.ts';
import { moneyOf, sum, toMinor, type Minor } from '../money.ts';
import { refundableUnits } from '../order-status.ts';
import { currentQuantity, dutyLeft, netOf, sumsOf, taxOn } from '../order-sums.ts';
import { buyersCurrency, inPresentment, presentedOf } from '../presented.ts';
import type { LineRecord, OrderRecord } from '../records.ts';
import { unsupported } from '../unsupported.ts';
import { originalDutyView, refundLineView } from './refund.ts';
import { bag, both, type View, type Views } from './views.ts';

/** Units of a line that somebody wants to give back. */
export type WantedBack = { readonly line: LineRecord; readonly quantity: number; readonly restockType?: string };
/** A duty that somebody wants to give back. */
export type DutyBackInput = { readonly dutyId: string; readonly refundType?: 'FULL' | 'PROPORTIONAL' | null };

/** What `suggestedRefund` takes. `shippingAmount` is in the buyer's currency. */
export type SuggestedRefundArgs = {
  readonly refundLineItems?:
    | readonly { readonly lineItemId: string; readonly quantity: number; readonly restockType?: string | null }[]
    | null;
  readonly refundDuties?: readonly DutyBackInput[] | null;
  readonly refundMethodAllocation?: 'ORIGINAL_PAYMENT_METHODS' | 'STORE_CREDIT' | null;
  readonly shippingAmount?: string | null;
  readonly refundShipping?: boolean | null;
  readonly suggestFullRefund?: boolean | null;
};

/** What the shop would give back for these lines: never more than was received. */
export function suggestedRefundView(views: Views, order: OrderRecord, args: SuggestedRefundArgs): View {
  if (args.refundMethodAllocation === 'STORE_CREDIT') throw unsupported('refunds to store credit');
  const wanted = order.lines.flatMap((line): readonly WantedBack[] => {
    const asked = args.refundLineItems?.find(({ lineItemId }) => lineItemId === gid('LineItem', line.id));
    const quantity = args.suggestFullRefund ? currentQuantity(line) : (asked?.quantity ?? 0);
    if (quantity > currentQuantity(line)) {
      // That too many are refused is ours: no such answer is recorded.
      throw apiError('BAD_REQUEST', `Line item ${line.id} has only ${currentQuantity(line)} units left to refund.`);
    }
    return quantity > 0 ? [{ line, quantity, ...(asked?.restockType ? { restockType: asked.restockType } : {}) }] : [];
  });
  const whole = args.suggestFullRefund === true || args.refundShipping === true;
  const theirShipping = sumsOf(inPresentment(order)).currentShipping;
  const given = args.shippingAmount ? toMinor(args.shippingAmount, buyersCurrency(order)) : whole ? theirShipping : 0n;
  const duties = args.suggestFullRefund
    ? order.lines.flatMap((line) => dutiesBack(order, line, currentQuantity(line)))
    : wantedDuties(order, wanted, args.refundDuties ?? []);
  const worth = worthOf(order, wanted, given, duties);
  const { net } = sumsOf(order);
  const { net: netTheirs } = sumsOf(inPresentment(order));
  const amount = worth.shop.due < net ? worth.shop.due : net;
  const amountTheirs = worth.theirs.due < netTheirs ? worth.theirs.due : netTheirs;
  const of = (name: keyof Worth) => [worth.shop[name], worth.theirs[name]] as const;
  return {
    ...both(order, 'amount', amount, amountTheirs),
    ...both(order, 'subtotal', ...of('subtotal')),
    ...both(order, 'maximumRefundable', net, netTheirs),
    discountedSubtotalSet: bag(order, ...of('subtotal')),
    totalCartDiscountAmountSet: bag(order, ...of('cartDiscount')),
    totalDutiesSet: bag(order, ...of('duties')),
    totalTaxSet: bag(order, ...of('tax')),
    totalTaxes: moneyOf(worth.shop.tax, order.currency),
    shipping: {
      ...both(order, 'amount', ...of('shipping')),
      ...both(order, 'maximumRefundable', sumsOf(order).currentShipping, theirShipping),
      ...both(order, 'tax', ...of('shippingTax')),
    },
    refundDuties: duties.map(({ dutyId, amount: part }) => ({
      amountSet: bag(order, part),
      originalDuty: originalDutyView(order, dutyId),
    })),
    suggestedRefundMethods: [],
    refundLineItems: wanted.map(({ line, quantity, restockType }) => ({
      ...refundLineView(
        order,
        line,
        quantity,
        restockType ??
          (line.requiresShipping && refundableUnits(views.store, order, line).shipped > 0 ? 'RETURN' : 'CANCEL'),
      ),
      lineItem: () => views.line(order, line),
    })),
    suggestedTransactions: suggestedTransactions(views, order, amountTheirs),
  };
}

/** From which payments so much of the buyer's money would go back. */
function suggestedTransactions(views: Views, order: OrderRecord, theirs: Minor): readonly View[] {
  const most = new Map(refundable(order).map((each) => [each.parent, each.theirs]));
  return refundable(order, theirs).map(({ parent, theirs: part }) => {
    const shown = views.transaction(order, parent);
    const shopOf = (amount: Minor) => {
      const whole = parent.presented ?? parent.amount;
      return amount === whole || whole === 0n ? parent.amount : (parent.amount * amount) / whole;
    };
    const maximum = most.get(parent) ?? part;
    return {
      ...both(order, 'amount', shopOf(part), part),
      ...both(order, 'maximumRefundable', shopOf(maximum), maximum),
      gateway: parent.gateway,
      formattedGateway: shown['formattedGateway'],
      accountNumber: null,
      kind: 'SUGGESTED_REFUND',
      parentTransaction: shown,
    };
  });
}

/** The duties that are asked for: whole, or in proportion to the units of their line that go back. */
export function wantedDuties(
  order: OrderRecord,
  wanted: readonly WantedBack[],
  asked: readonly DutyBackInput[],
): readonly { readonly dutyId: bigint; readonly amount: Minor }[] {
  return asked.flatMap(({ dutyId, refundType }) => {
    const id = idIn(dutyId, 'Duty');
    const line = order.lines.find(({ duties }) => duties.some((duty) => duty.id === id));
    const duty = line?.duties.find((each) => each.id === id);
    if (!line || !duty) return [];
    if (refundType !== 'PROPORTIONAL') return [{ dutyId: duty.id, amount: dutyLeft(order, line, duty) }];
    const units = wanted.find((each) => each.line === line)?.quantity ?? 0;
    return dutiesBack(order, line, units).filter((each) => each.dutyId === duty.id);
  });
}

type Worth = Readonly<
  Record<'subtotal' | 'tax' | 'shipping' | 'shippingTax' | 'duties' | 'cartDiscount' | 'due', Minor>
>;

/** The worth of what goes back, in both currencies. `shipping` is in the buyer's. */
function worthOf(
  order: OrderRecord,
  wanted: readonly WantedBack[],
  shipping: Minor,
  duties: readonly { readonly amount: Minor }[],
): { readonly shop: Worth; readonly theirs: Worth } {
  const buyers = inPresentment(order);
  const theirs = inCurrency(buyers, wanted, shipping, sum(duties.map(({ amount }) => presentedOf(order, amount))));
  const own = inCurrency(order, wanted, shippingInShop(order, shipping), sum(duties.map(({ amount }) => amount)));
  return { shop: own, theirs };
}

/** Carriage in the buyer's currency as the shop counts it: in proportion to what was paid for it. */
export function shippingInShop(order: OrderRecord, theirs: Minor): Minor {
  if (!order.presentment) return theirs;
  const whole = sumsOf(inPresentment(order)).shipping;
  const { shipping, currentShipping } = sumsOf(order);
  if (theirs === sumsOf(inPresentment(order)).currentShipping) return currentShipping;
  return whole === 0n ? 0n : (shipping * theirs + whole / 2n) / whole;
}

function inCurrency(order: OrderRecord, wanted: readonly WantedBack[], shipping: Minor, duties: Minor): Worth {
  const lines = wanted.flatMap(({ line, quantity }) => {
    const own = order.lines.find(({ id }) => id === line.id);
    return own ? [{ own, quantity }] : [];
  });
  const subtotal = sum(lines.map(({ own, quantity }) => netOf(own, quantity)));
  const goodsTax = sum(lines.map(({ own, quantity }) => taxOn(own, quantity)));
  const cartDiscount = sum(
    lines.map(({ own, quantity }) => {
      const cart = own.allocations.filter(({ discount }) => order.discounts[discount]?.level === 'order');
      return (sum(cart.map(({ amount }) => amount)) * BigInt(quantity)) / BigInt(own.quantity);
    }),
  );
  const shippingTax = shippingTaxOn(order, shipping);
  const tax = goodsTax + shippingTax;
  const due = subtotal + shipping + duties + (order.taxesIncluded ? 0n : tax);
  return { subtotal, tax, shipping, shippingTax, duties, cartDiscount, due };
}
