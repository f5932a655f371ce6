import * as z from 'zod';
import type { AmazonOperation } from './operations.ts';

/** A request that passed the gate. */
export interface Call {
  readonly name: AmazonOperation;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly text: string;
  /** Which address was asked: presigned addresses point to the same one. */
  readonly origin: string;
}

/** What answers an operation. */
export type Handler = (call: Call) => Response | Promise<Response>;

/** The body as JSON; what is no JSON is nothing that a schema would take. */
export function jsonOf({ text }: Pick<Call, 'text'>): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A list in the query: once, with commas. A value that has a comma of its own falls apart. */
export function listIn(query: URLSearchParams, name: string): readonly string[] | undefined {
  const text = query.getAll(name).join(',');
  return text === '' ? undefined : text.split(',');
}

/** A list of known words. `wrong` when one is not known. */
export function wordsIn<T extends string>(
  query: URLSearchParams,
  name: string,
  words: readonly T[],
): readonly T[] | undefined | 'wrong' {
  const parsed = z.array(z.enum(words)).optional().safeParse(listIn(query, name));
  return parsed.success ? parsed.data : 'wrong';
}

const momentSchema = z.iso.datetime({ offset: true });

/** A moment in the query, in milliseconds since 1970. `wrong` when it is none. */
export function momentIn(query: URLSearchParams, name: string): number | undefined | 'wrong' {
  const text = query.get(name);
  if (text === null) return undefined;
  // A plus that was not encoded arrives as a blank.
  return momentSchema.safeParse(text).success ? Date.parse(text) : 'wrong';
}

/** A whole number in the query, within bounds. `wrong` when it is none. */
export function numberIn(
  query: URLSearchParams,
  name: string,
  least: number,
  most: number,
): number | undefined | 'wrong' {
  const text = query.get(name);
  if (text === null) return undefined;
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return number >= least && number <= most ? number : 'wrong';
}
