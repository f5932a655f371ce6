import type { ItemOutcome, OperationName, WriteOptions } from '@crossdock/core';
import type { OpenTrial } from './law.ts';

/** One ordinary call of an operation, prepared so that it would go well. */
export interface Probe {
  readonly operation: OperationName | 'check';
  readonly kind: 'read' | 'write';
  /** A write has a key of its own unless one is given, also `undefined`, which JavaScript may pass. */
  call(options?: { readonly signal?: AbortSignal; readonly idempotencyKey?: string | undefined }): Promise<unknown>;
  /** What there is at the platform of what a write changes. A read changes nothing. */
  seen(): Promise<unknown>;
}

/** Sets the scene of some probes; none where the connector does not offer what they are about. */
export type Prepare = (trial: OpenTrial) => Promise<readonly Probe[]>;

/** The probe of a read. */
export function read(operation: OperationName, call: Probe['call']): readonly Probe[] {
  return [{ operation, kind: 'read', call, seen: async () => undefined }];
}

/** The probe of a write; `seen` looks at what it changes. */
export function write(
  operation: OperationName,
  call: (options: WriteOptions) => Promise<unknown>,
  seen: () => unknown,
): readonly Probe[] {
  // A law may leave the key out on purpose, which the compiler would not let through.
  const withKey = (options: object) => ({ idempotencyKey: `probe-${operation}`, ...options }) as WriteOptions;
  return [{ operation, kind: 'write', call: (options = {}) => call(withKey(options)), seen: async () => seen() }];
}

/** A list may end well although its item did not: of one item that is no good end. */
export function soleAnswer<T>(outcomes: readonly ItemOutcome<T>[]): readonly ItemOutcome<T>[] {
  const [outcome] = outcomes;
  if (outcome?.ok === false) throw outcome.error;
  return outcomes;
}
