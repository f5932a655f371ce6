import { fromMinorUnits, roundMoney, toMinorUnits, type Money } from '@crossdock/core';

/** How much of an amount stays, as `kept` of `whole`: units of a line, or coins of a carriage that was given back in part. */
export interface Share {
  readonly kept: bigint;
  readonly whole: bigint;
}

export const everything: Share = { kept: 1n, whole: 1n };

/** An amount that Shopify states for all of a line, also for what is gone, and the share of it that is left. */
export interface Part {
  readonly amount: Money;
  readonly share: Share;
}

/**
 * What is left of each part, to the coin. Rounded one by one, parts may miss the sum that Shopify states by a few coins:
 * these go to the parts that rounding moved the furthest the other way, one each. A sum that is further off than
 * rounding can be, and parts of which everything is left, stay as they are, so that `checkTotals` finds what is wrong.
 */
export function keptParts(parts: readonly Part[], sum: Money | undefined): Money[] {
  if (parts.every(({ share }) => isWhole(share))) return parts.map(({ amount }) => amount);
  const left = parts.map(({ amount, share }): Kept => {
    const coins = toMinorUnits(roundMoney(amount));
    const { currency } = amount;
    if (isWhole(share)) return { coins, currency, missing: 0n, whole: 0n };
    const exact = coins * share.kept;
    const kept = halfUp(exact, share.whole);
    return { coins: kept, currency, missing: exact - kept * share.whole, whole: share.whole };
  });
  let rest = sum ? toMinorUnits(roundMoney(sum)) : 0n;
  for (const { coins } of sum ? left : []) rest -= coins;
  const step = rest < 0n ? -1n : 1n;
  const takers = left.filter(({ whole }) => whole > 0n);
  const isRounding = rest * step <= BigInt(takers.length);
  // What a part misses is a fraction of a coin; the nearest to the next coin come first.
  takers.sort((one, other) => Number(step * (other.missing * one.whole - one.missing * other.whole)));
  const taking = new Set(isRounding ? takers.slice(0, Number(rest * step)) : []);
  return left.map((part) => fromMinorUnits(taking.has(part) ? part.coins + step : part.coins, part.currency));
}

export function isWhole({ kept, whole }: Share): boolean {
  return kept === whole;
}

/** The share of a carriage, or of duties, that is left of what was asked first. */
export function shareOf(current: Money, placed: Money): Share {
  const [kept, whole] = [toMinorUnits(roundMoney(current)), toMinorUnits(roundMoney(placed))];
  return whole > 0n && kept >= 0n && kept < whole ? { kept, whole } : everything;
}

type Kept = { readonly coins: bigint; readonly currency: string; readonly missing: bigint; readonly whole: bigint };

function halfUp(over: bigint, under: bigint): bigint {
  return over < 0n ? -halfUp(-over, under) : (2n * over + under) / (2n * under);
}
