/** Does one thing again and again, `concurrency` times at once, and says how often a second. */
async function perSecond(concurrency: number, forMs: number, act: () => Promise<void>): Promise<number> {
  const began = performance.now();
  let times = 0;
  const worker = async () => {
    while (performance.now() - began < forMs) {
      await act();
      times++;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return times / ((performance.now() - began) / 1000);
}

/**
 * How fast `ours` is over how fast `theirs` is. Rounds of both take turns, each first in every other one, so that whatever
 * else the machine does hits both; the median round counts.
 */
export async function ratioInTurns(options: {
  readonly concurrency: number;
  readonly ours: () => Promise<void>;
  readonly theirs: () => Promise<void>;
}): Promise<number> {
  const { concurrency } = options;
  const ratios: number[] = [];
  for (let round = 0; round < warmupRounds + rounds; round++) {
    const sides = [
      { name: 'ours', act: options.ours },
      { name: 'theirs', act: options.theirs },
    ];
    const speeds = new Map<string, number>();
    for (const { name, act } of round % 2 === 0 ? sides : sides.toReversed()) {
      speeds.set(name, await perSecond(concurrency, roundMs, act));
    }
    if (round >= warmupRounds) ratios.push((speeds.get('ours') ?? Number.NaN) / (speeds.get('theirs') ?? Number.NaN));
  }
  return ratios.toSorted((one, other) => one - other)[Math.floor(rounds / 2)] ?? Number.NaN;
}

const roundMs = 150;
const rounds = 31;
const warmupRounds = 6;
