import type { Order, OrderRisk } from '../model/order.ts';
import type { Finding } from './finding.ts';
import type { PaymentVerdict } from './payment-gate.ts';

/**
 * What is said of an order's risk in one word: the channel's advice, and where it gives none, what those that looked at the
 * order see: `pending` while one of them is still looking, else the highest level. `unstated` says nothing at all.
 */
export type RiskWord = NonNullable<OrderRisk['advice']> | OrderRisk['assessments'][number]['level'] | 'unstated';
/** What each word means for shipping; every word must be named. */
export type RiskPolicy = { readonly [W in RiskWord]: PaymentVerdict };

/** Why an order may not leave yet, or never, with the word that says so. */
export type RiskFinding = Finding & { readonly code: 'risk.open' | 'risk.refused'; readonly risk: RiskWord };
/** Whether an order may leave, and what speaks against it. */
export type RiskGate = { readonly pass: true } | { readonly pass: false; readonly finding: RiskFinding };

/** Follows the channel's advice: what is to be canceled is refused, what is to be looked at waits for a person. */
export const asAdvised: RiskPolicy = {
  accept: 'ship',
  investigate: 'wait',
  cancel: 'refuse',
  pending: 'wait',
  none: 'ship',
  low: 'ship',
  medium: 'wait',
  high: 'wait',
  unstated: 'ship',
};

/**
 * Whether an order may be shipped by what the channel advises about fraud. What `wait`s is `risk.open` and for a person to
 * decide, what is `refuse`d is `risk.refused`. It says nothing of money: ask `paymentGate` as well.
 */
export function riskGate(
  order: Pick<Order, 'number' | 'risk'> & { readonly ref?: Order['ref'] | undefined },
  policy: RiskPolicy,
): RiskGate {
  const risk = wordOf(order.risk);
  const verdict = policy[risk];
  if (verdict === 'ship') return { pass: true };
  const next =
    verdict === 'wait'
      ? 'Look at it in the channel, then replay or cancel it.'
      : 'Cancel it and give the money back, or release it by hand.';
  return {
    pass: false,
    finding: {
      code: verdict === 'wait' ? 'risk.open' : 'risk.refused',
      message: `Order "${order.number}" was not released: of its risk of fraud the channel says "${risk}". ${next}`,
      path: 'risk',
      refs: order.ref === undefined ? [] : [order.ref],
      risk,
    },
  };
}

const levels = ['pending', 'high', 'medium', 'low', 'none'] as const satisfies readonly RiskWord[];

function wordOf(risk: OrderRisk | undefined): RiskWord {
  if (risk?.advice !== undefined) return risk.advice;
  return levels.find((level) => risk?.assessments.some((assessment) => assessment.level === level)) ?? 'unstated';
}
