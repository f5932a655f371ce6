import { CommerceError } from '@crossdock/core';

/**
 * A time of ShipBob as ISO in UTC. One without a zone is refused: its warehouses stand in several, and a guess would be
 * hours off.
 */
export function momentOf(text: string, field: string): string {
  const hasZone = /(Z|[+-]\d{2}:?\d{2})$/i.test(text);
  const moment = hasZone ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(moment)) {
    throw new CommerceError({
      code: 'record.invalid',
      message: `The record was not taken over: "${text}" in "${field}" is no moment with a zone. Ask ShipBob what it means.`,
    });
  }
  return new Date(moment).toISOString();
}

/** The same, where a field may be empty. */
export function optionalMoment(text: string | null | undefined, field: string): string | undefined {
  return text ? momentOf(text, field) : undefined;
}

/** The latest of some moments, of which one is always there. */
export function latest(first: string, ...others: readonly (string | undefined)[]): string {
  let last = first;
  for (const moment of others) if (moment !== undefined && moment > last) last = moment;
  return last;
}
