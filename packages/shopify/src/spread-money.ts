import { fromMinorUnits, roundMoney, toMinorUnits, type Money } from '@crossdock/core';

/** `whole` by weights, to the coin; `undefined` where nothing has weight. */
export function spread(whole: Money, weights: readonly bigint[]): readonly Money[] | undefined {
  const all = weights.reduce((sum, weight) => sum + weight, 0n);
  if (all === 0n) return undefined;
  const coins = toMinorUnits(roundMoney(whole));
  let before = 0n;
  let given = 0n;
  return weights.map((weight) => {
    before += weight;
    const till = nearest(coins * before, all);
    const part = till - given;
    given = till;
    return fromMinorUnits(part, whole.currency);
  });
}

function nearest(over: bigint, under: bigint): bigint {
  if (under < 0n) return nearest(-over, -under);
  return over < 0n ? -nearest(-over, under) : (2n * over + under) / (2n * under);
}
