import type { ReadOptions } from '@crossdock/core';
import * as z from 'zod';
import type { Connection } from './connection.ts';

/** The external ids of records, an empty text where one has none. */
export async function externalNamesOf(
  { client }: Connection,
  model: string,
  ids: readonly number[],
  options: ReadOptions,
): Promise<ReadonlyMap<number, string>> {
  if (ids.length === 0) return new Map();
  const answer = z.record(z.string(), z.union([z.string(), z.literal(false)]));
  const names = await client.call(model, 'get_external_id', { ids, answer, safety: 'read' as const }, options);
  return new Map(Object.entries(names).map(([id, name]) => [Number(id), name === false ? '' : name]));
}
