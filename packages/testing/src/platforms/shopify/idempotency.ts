import type { GraphQLResolveInfo } from 'graphql';
import { Kind, print } from 'graphql';
import type { TestClock } from '../../fake/clock.ts';
import { apiError } from './api-error.ts';

// A key is kept for 24 hours from its first request, then it is a new operation. shopify.dev, idempotent requests.
const keptMs = 24 * 60 * 60 * 1000;

/** How an attempt ended: `show` builds the answer from the shop as it is now, also for a replay. */
export type Attempt = { readonly failed: boolean; readonly show: () => unknown };

/** Why a key is not run again. The messages of the first two as recorded on API 2026-04. */
type KeyRefusal = {
  readonly code: string;
  readonly message: string;
  readonly show?: (() => unknown) | undefined;
};

/** What has been asked with an idempotency key. */
export interface KeyStore {
  /** Runs an attempt once per key; a replay gets the answer rebuilt, a misuse is refused. */
  run(use: KeyUse, attempt: () => Attempt, refuse: (refusal: KeyRefusal) => unknown): unknown;
  /** Lets a key be in use by a request that has not ended, until the returned function is called. */
  occupy(key: string): () => void;
}

/** A key and what is asked with it. */
export type KeyUse = { readonly key: string; readonly fingerprint: string };

/** Makes the memory for keys of one app in one shop. */
export function keyStore(clock: TestClock): KeyStore {
  const seen = new Map<string, { readonly fingerprint: string; readonly at: number; readonly attempt: Attempt }>();
  const occupied = new Set<string>();
  return {
    run({ key, fingerprint }, attempt, refuse) {
      const known = seen.get(key);
      if (occupied.has(key)) {
        return refuse({
          code: 'IDEMPOTENCY_CONCURRENT_REQUEST',
          message: 'This request is currently in progress, please try again.',
        });
      }
      if (known && clock.now() - known.at < keptMs) {
        if (known.fingerprint !== fingerprint) {
          return refuse({
            code: 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH',
            message: 'The same idempotency key cannot be used with different operation parameters.',
          });
        }
        if (!known.attempt.failed) return known.attempt.show();
        // The code and its words are in the schema of API 2026-10; which attempts count as failed is not.
        return refuse({
          code: 'IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED',
          message: 'A previous request with this idempotency key failed. Retry with a new idempotency key.',
        });
      }
      const done = attempt();
      seen.set(key, { fingerprint, at: clock.now(), attempt: done });
      return done.show();
    },
    occupy(key) {
      occupied.add(key);
      return () => void occupied.delete(key);
    },
  };
}

/**
 * The key of a field's `@idempotent`, and what is asked with it. The order in which fields of the input are written
 * counts. Throws when the key is missing where it must be, or blank.
 */
export function keyUseOf(
  info: GraphQLResolveInfo,
  raw: Readonly<Record<string, unknown>>,
  version: string,
): KeyUse | undefined {
  const field = info.fieldNodes[0];
  const value = field?.directives?.find(({ name }) => name.value === 'idempotent')?.arguments?.[0]?.value;
  if (!field || !value) {
    // Optional in 2026-01, required from 2026-04. Recorded on API 2026-04.
    if (version < '2026-04') return undefined;
    throw apiError('BAD_REQUEST', 'The @idempotent directive is required for this mutation but was not provided.');
  }
  const given =
    value.kind === Kind.VARIABLE ? raw[value.name.value] : value.kind === Kind.STRING ? value.value : undefined;
  const key = typeof given === 'string' ? given.trim() : '';
  if (key === '') throw apiError('BAD_REQUEST', 'The idempotency key must not be empty.');
  const asked = (field.arguments ?? []).map(({ name, value: argument }) => [
    name.value,
    argument.kind === Kind.VARIABLE ? (raw[argument.name.value] ?? null) : print(argument),
  ]);
  return { key, fingerprint: JSON.stringify([info.fieldName, asked]) };
}
