import type { ConnectorBase } from '@crossdock/core';
import { describe, it } from 'vitest';
import { laws, type LawId } from './all-laws.ts';
import type { Law } from './law.ts';
import { appliesTo, runExempt, runLaw, type ConformanceOptions } from './run-law.ts';

/**
 * Holds a connector to every law about what it offers, each on a platform of its own. Call it in a vitest file. A law
 * that cannot hold is exempt with a reason and a source; the suite fails when it holds after all.
 *
 * @example
 * describeConnector('my connector', {
 *   setup() {
 *     const platform = fakeShopify();
 *     return { platform, connect: (given?: Given) => shopify({ ...options, ...given, fetch: platform.fetch }), secrets: ['token'] };
 *   },
 *   scenery,
 * });
 */
export function describeConnector<C extends ConnectorBase, S>(name: string, options: ConformanceOptions<C, S>): void {
  describe(name, () => {
    const connector = options.setup().connect();
    it.each(laws.filter((law) => appliesTo(law, connector, options.scenery)).map((law) => titled(law, options)))(
      '$title',
      ({ check }) => check(),
      options.timeoutMs ?? defaultTimeoutMs,
    );
  });
}

function titled<C extends ConnectorBase, S>(law: Law<LawId>, options: ConformanceOptions<C, S>) {
  const exemption = options.exempt?.[law.id];
  return exemption
    ? { title: `${law.id} (exempt: ${exemption.because})`, check: () => runExempt(law, options, exemption) }
    : { title: law.id, check: () => runLaw(law, options) };
}

/** Simulated time costs little; a law may make thousands of calls. */
const defaultTimeoutMs = 60_000;
