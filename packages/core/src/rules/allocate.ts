import { CommerceError } from '../errors/commerce-error.ts';
import type { Money } from '../model/money.ts';
import { minorDigits } from './currency.ts';
import { decimalOf, decimalPartsOf, scaleOf, unitsOf } from './decimal.ts';

/**
 * Shares an amount out by weight so that the shares sum up to it exactly. Cents left over go to the largest remainders,
 * the earlier one first; a weight of zero gets nothing, unless all are zero: then all get the same. Throws
 * `money.invalid` for a negative weight, and for money that nobody is there to receive.
 */
export function allocateMoney(a: Money, weights: readonly number[]): Money[] {
  const scale = Math.max(scaleOf(a.amount), minorDigits(a.currency));
  const units = unitsOf(a.amount, scale);
  if (weights.length === 0 && units !== 0n) throw invalid(`"${a.amount}" ${a.currency} has nobody to go to`);
  const shares = shareOut(units < 0n ? -units : units, wholeWeights(weights));
  return shares.map((share) => ({ amount: decimalOf(units < 0n ? -share : share, scale), currency: a.currency }));
}

function shareOut(units: bigint, weights: readonly bigint[]): bigint[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  const shares: bigint[] = [];
  const remainders: { readonly index: number; readonly remainder: bigint }[] = [];
  let left = units;
  for (const [index, weight] of weights.entries()) {
    const share = (units * weight) / total;
    shares.push(share);
    remainders.push({ index, remainder: (units * weight) % total });
    left -= share;
  }
  // Sorting is stable, so equal remainders keep the order of the weights.
  remainders.sort((x, y) => (x.remainder === y.remainder ? 0 : x.remainder > y.remainder ? -1 : 1));
  for (const { index } of remainders.slice(0, Number(left))) shares[index] = (shares[index] ?? 0n) + 1n;
  return shares;
}

/** The weights as whole numbers in the same proportions. A fraction counts as it is written: 0.1 is one tenth. */
function wholeWeights(weights: readonly number[]): bigint[] {
  const parts = weights.map((weight) => {
    if (!Number.isFinite(weight) || weight < 0) throw invalid(`"${weight}" is no weight`);
    return decimalPartsOf(weight);
  });
  if (parts.every((part) => part.digits === 0n)) return weights.map(() => 1n);
  const least = parts.reduce((smallest, part) => Math.min(smallest, part.exponent), 0);
  return parts.map((part) => part.digits * 10n ** BigInt(part.exponent - least));
}

function invalid(seen: string): CommerceError {
  return new CommerceError({
    code: 'money.invalid',
    message: `The amount was not shared out: ${seen}. Pass one weight from zero up for each share.`,
  });
}
