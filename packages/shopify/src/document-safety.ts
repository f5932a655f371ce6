import { CommerceError, type Safety } from '@crossdock/core';
import { keyedMutations } from './keyed-mutations.ts';
import type { Selections } from './selections.ts';

/** What a caller says of a document beside its text. */
interface Wishes {
  readonly safety: Safety | undefined;
  readonly idempotencyKey: string | undefined;
  /** Whether the caller reads user errors, so that a document may make several changes. */
  readonly readsRefusals: boolean;
}

/**
 * Whether a document may be sent again after its answer was lost. A query may; a mutation only where Shopify honours a key
 * in it, or where its caller says that a repeat changes nothing more. What cannot be right is `options.invalid`, unsent.
 */
export function safetyOf(
  { kind, fields, variables }: Selections,
  { safety, idempotencyKey, readsRefusals }: Wishes,
  about: { readonly system: string; readonly operation: string },
): Safety {
  const refuse = (seen: string, next: string) =>
    new CommerceError({
      code: 'options.invalid',
      ...about,
      message: `"${about.system}" was not asked for "${about.operation}": ${seen}. ${next}`,
    });
  const isKeyed = (field: (typeof fields)[number]) => field.directives.includes('idempotent');
  if (kind === 'subscription') throw refuse('it is a subscription', 'Ask for webhooks instead.');
  if (idempotencyKey !== undefined && (!variables.includes(keyVariable) || !fields.some(isKeyed))) {
    const where = `@idempotent(key: $${keyVariable})`;
    throw refuse('a key was given, and the document has no place for it', `Put ${where} on its mutation.`);
  }
  if (kind === 'query') return safety ?? 'read';
  const bare = fields.find((field) => keyedMutations.has(field.name) && !isKeyed(field));
  if (bare) {
    const next = `Put @idempotent(key: $${keyVariable}) on it, and pass idempotencyKey.`;
    throw refuse(`Shopify does not do "${bare.name}" without a key`, next);
  }
  if (safety === 'read') {
    throw refuse('it is a mutation, and was said to be a read', 'Leave safety out, or pass "once" or "repeatable".');
  }
  if (fields.length > 1 && !readsRefusals) {
    const next = 'Send one mutation a document, or pass refusals: "answered" and read the user errors of each.';
    throw refuse(`it makes ${fields.length} changes, of which some may be refused`, next);
  }
  return safety ?? (fields.every(isKeyed) ? 'repeatable' : 'once');
}

/** The variable that the key of a call is put in. */
export const keyVariable = 'idempotencyKey';
