import { idempotentWrite, isCommerceError, systemClock, type Clock, type IdempotencyStore } from '@crossdock/core';
import * as z from 'zod';

/** Who claims what. */
export interface CrowdOptions {
  readonly stores: { readonly idempotency: IdempotencyStore };
  /** Default: the machine's own, because stores with real I/O take real time. */
  readonly clock?: Clock | undefined;
  /** Tells this crowd from others that claim the same keys at the same time, as from other processes. Default "crowd". */
  readonly name?: string | undefined;
  /** Default 100. */
  readonly claimers?: number | undefined;
  /** Default 1 000. */
  readonly keys?: number | undefined;
}

/** What became of the writes of one crowd. Plain data, so that a process can print it for another. */
export interface CrowdReport {
  /** How often this crowd carried out the write of each key. */
  readonly executed: Readonly<Record<string, number>>;
  /** The different results that its claimers were given, by key. */
  readonly results: Readonly<Record<string, readonly string[]>>;
  /** How many results its claimers were given in all. */
  readonly given: number;
  /** How often a claimer was told that somebody else was at it. */
  readonly inFlight: number;
}

/**
 * Lets many claimers make the same writes at the same time, each until it has a result of every one. Half of them begin at
 * the last key. Throws what a write throws, other than `write.in-flight`.
 */
export async function crowdOfClaimers({
  stores,
  clock = systemClock,
  name = 'crowd',
  claimers = 100,
  keys = 1_000,
}: CrowdOptions): Promise<CrowdReport> {
  const executed: Record<string, number> = {};
  const results = new Map<string, Set<string>>();
  let given = 0;
  let inFlight = 0;

  async function write(key: string, claimer: string): Promise<string> {
    for (;;) {
      try {
        return await idempotentWrite({
          store: stores.idempotency,
          clock,
          key,
          request: { for: key },
          leaseMs: 60_000,
          result: z.string(),
          async send() {
            executed[key] = (executed[key] ?? 0) + 1;
            // The other system takes its time, so that others come while the write is under way.
            await clock.sleep(1);
            return `${key} by ${claimer}`;
          },
        });
      } catch (error) {
        if (!isCommerceError(error) || error.code !== 'write.in-flight') throw error;
        inFlight++;
        await clock.sleep(2);
      }
    }
  }

  async function claim(index: number): Promise<void> {
    const order = crowdKeys(keys);
    for (const key of index % 2 === 0 ? order : order.toReversed()) {
      const result = await write(key, `${name}/${index}`);
      const known = results.get(key) ?? new Set();
      results.set(key, known.add(result));
      given++;
    }
  }

  await Promise.all(Array.from({ length: claimers }, (_, index) => claim(index)));
  return {
    executed,
    results: Object.fromEntries([...results].map(([key, all]) => [key, [...all]])),
    given,
    inFlight,
  };
}

/**
 * What is wrong with the writes of one crowd, or of several that claimed the same keys at the same time; nothing where each
 * was carried out once and every claimer got its result. `claimers` of all crowds together.
 */
export function crowdFindings(
  reports: readonly CrowdReport[],
  { claimers = 100, keys = 1_000 }: { readonly claimers?: number; readonly keys?: number } = {},
): readonly string[] {
  const given = reports.reduce((sum, report) => sum + report.given, 0);
  const missing = given === claimers * keys ? [] : [`${given} of ${claimers * keys} results were given.`];
  const findings = crowdKeys(keys).flatMap((key) => {
    const times = reports.reduce((sum, { executed }) => sum + (executed[key] ?? 0), 0);
    const different = new Set(reports.flatMap(({ results }) => results[key] ?? [])).size;
    return [
      ...(times === 1 ? [] : [`"${key}" was carried out ${times} times.`]),
      ...(different === 1 ? [] : [`"${key}" gave ${different} different results.`]),
    ];
  });
  return [...missing, ...findings];
}

function crowdKeys(keys: number): readonly string[] {
  return Array.from({ length: keys }, (_, index) => `write/${index}`);
}
