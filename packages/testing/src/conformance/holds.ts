import { isCommerceError, type CommerceError, type ErrorCode } from '@crossdock/core';

/** Breaks the law with a sentence about the shop, unless the fact is one. */
export function holds(fact: boolean, otherwise: string): asserts fact {
  if (!fact) throw new Error(otherwise);
}

/** The error with which `work` ends; breaks the law when it ends well, or with anything but a CommerceError. */
export async function refusal(work: () => Promise<unknown>, what: string): Promise<CommerceError> {
  const ended = await outcomeOf(work);
  holds(!ended.ok, `${what} ended well, and should have been refused.`);
  holds(
    isCommerceError(ended.error),
    `${what} threw ${nameOf(ended.error)}, which is no CommerceError: ${textOf(ended.error)}`,
  );
  return ended.error;
}

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown };

/** How `work` ends, as a value. */
export async function outcomeOf<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return { ok: false, error };
  }
}

/** Breaks the law when `work` throws; `what` starts the sentence. */
export async function succeeds<T>(work: () => Promise<T>, what: string): Promise<T> {
  const ended = await outcomeOf(work);
  holds(ended.ok, `${what} threw ${ended.ok ? '' : `${nameOf(ended.error)}: ${textOf(ended.error)}`}`);
  return ended.value;
}

/** The code of an error, or what it is instead. */
export function codeOf(error: unknown): ErrorCode | 'no CommerceError' {
  return isCommerceError(error) ? error.code : 'no CommerceError';
}

function nameOf(error: unknown): string {
  return isCommerceError(error) ? `"${error.code}"` : error instanceof Error ? error.name : typeof error;
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
