import { CommerceError, type Safety } from '@crossdock/core';
import { keyedMutations } from './keyed-mutations.ts';
import { asksForErrors, changesOf } from './refused-fields.ts';
import type { Field, Selections } from './selections.ts';

/** What a caller says of a document beside its text. */
interface Wishes {
  readonly safety: Safety | undefined;
  readonly idempotencyKey: string | undefined;
  /** Whether the caller reads user errors, so that a document may make several changes. */
  readonly readsRefusals: boolean;
}

/** The variable that the key of a call is put in. */
export const keyVariable = 'idempotencyKey';

/**
 * Whether a document may be sent again after its answer was lost. A query may; a mutation only where Shopify honours a key
 * in it, or where its caller says that a repeat changes nothing more. What cannot be right is `options.invalid`, unsent.
 */
export function safetyOf(
  selections: Selections,
  { safety, idempotencyKey, readsRefusals }: Wishes,
  about: { readonly system: string; readonly operation: string },
): Safety {
  const trouble =
    troubleWithKind(selections, safety) ??
    troubleWithKeys(selections, idempotencyKey) ??
    (readsRefusals ? undefined : troubleWithRefusals(selections));
  if (trouble) {
    throw new CommerceError({
      code: 'options.invalid',
      ...about,
      message: `"${about.system}" was not asked for "${about.operation}": ${trouble.seen}. ${trouble.next}`,
    });
  }
  if (selections.kind === 'query') return safety ?? 'read';
  return safety ?? (changesOf(selections).every(isKeyed) ? 'repeatable' : 'once');
}

/** Why a document is not sent, and what to do about it. */
interface Trouble {
  readonly seen: string;
  readonly next: string;
}

function troubleWithKind(selections: Selections, safety: Safety | undefined): Trouble | undefined {
  if (selections.kind === 'subscription') return { seen: 'it is a subscription', next: 'Ask for webhooks instead.' };
  if (selections.kind === 'query') return undefined;
  if (safety === 'read') {
    const next = 'Leave safety out, or pass "once" or "repeatable".';
    return { seen: 'it is a mutation, and was said to be a read', next };
  }
  if (changesOf(selections).length > 0) return undefined;
  return { seen: 'it is a mutation, and no change was found in it', next: 'Correct its text, or report it.' };
}

function troubleWithKeys(selections: Selections, idempotencyKey: string | undefined): Trouble | undefined {
  const { variables, fields, kind } = selections;
  const takesKey =
    variables.includes(keyVariable) && fields.some((field) => field.idempotencyKey === `$${keyVariable}`);
  const place = `@idempotent(key: $${keyVariable})`;
  if (idempotencyKey !== undefined && !takesKey) {
    return { seen: 'a key was given, and the document has no place for it', next: `Put ${place} on its mutation.` };
  }
  if (kind === 'query') return undefined;
  const bare = fields.find((field) => keyedMutations.has(field.name) && !isKeyed(field));
  if (bare) {
    const next = `Put ${place} on it, and pass idempotencyKey.`;
    return { seen: `Shopify does not do "${bare.name}" without a key`, next };
  }
  const keyless = fields.find((field) => field.directives.includes('idempotent') && !isKeyed(field));
  if (keyless) {
    const next = 'Take @idempotent away: without a key a lost answer is looked up, not repeated.';
    return { seen: `Shopify keeps no key for "${keyless.name}"`, next };
  }
  const keys = fields.flatMap((field) => field.idempotencyKey ?? []);
  if (new Set(keys).size === keys.length) return undefined;
  return { seen: 'two changes of it have one key', next: 'Send them in two documents, each under a key of its own.' };
}

function troubleWithRefusals(selections: Selections): Trouble | undefined {
  const changes = changesOf(selections);
  if (changes.length > 1) {
    const next = 'Send one mutation a document, or pass refusals: "answered" and read the user errors of each.';
    return { seen: `it makes ${changes.length} changes, of which some may be refused`, next };
  }
  const deaf = changes.find((field) => !asksForErrors(field));
  if (!deaf) return undefined;
  const next = 'Select userErrors { field message }, or pass refusals: "answered" where none are to be heard.';
  return { seen: `it does not ask whether Shopify refused "${deaf.name}"`, next };
}

/** Shopify keeps keys for some mutations only; on others the directive does nothing. */
function isKeyed({ name, idempotencyKey }: Field): boolean {
  return idempotencyKey !== undefined && keyedMutations.has(name);
}
