import { isCommerceError, type ErrorCode, type Ref } from '@crossdock/core';
import { refused, type Connection } from './connection.ts';

/**
 * Looks for the first time at a record that `load` gave. It gives those of other companies and people, too: it leaves them
 * alone and names them. Recorded on Odoo 19.0, 2026-11-26.
 */
export async function firstLook<T>(
  { settings }: Connection,
  about: {
    readonly code?: ErrorCode;
    readonly what: string;
    readonly operation: string;
    /** What is there already: "a credit note of it". */
    readonly seen: string;
    readonly advice: string;
    readonly refs: readonly Ref[];
  },
  look: () => Promise<T>,
): Promise<T> {
  try {
    return await look();
  } catch (error) {
    if (!isCommerceError(error, 'access.denied')) throw error;
    const { code = 'access.denied', what, operation, seen, advice, refs } = about;
    throw refused(settings, code, operation, {
      message: `${what} in "${settings.name}": ${seen} is there already that the key's user may not see, of another company or another person. ${advice}`,
      refs,
    });
  }
}
