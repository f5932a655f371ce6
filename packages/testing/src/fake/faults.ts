import { CommerceError } from '@crossdock/core';

/** What can go wrong on the way to a platform and back. */
export type Fault =
  /** The platform answers this instead of doing anything. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  /** The platform refuses for now, in its own words. */
  | { readonly kind: 'throttle'; readonly retryAfterSeconds: number }
  /** The connection dies: `before` the change was made, or `after` it, the case that makes duplicates. */
  | { readonly kind: 'drop'; readonly when: 'before' | 'after' }
  /**
   * The connection dies at once, and the change is made `ms` later: whoever looks meanwhile finds nothing. What a client
   * sees that gave up while the platform still worked, or a proxy that gave up for it.
   */
  | { readonly kind: 'late'; readonly ms: number }
  /** The change is made, and the answer is a server error. */
  | { readonly kind: 'fail-after'; readonly status: number; readonly body?: string }
  /** The answer comes late; `after` the change when it is long enough for the client to give up. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** The change is made, and the answer is cut in the middle. */
  | { readonly kind: 'malformed' };

/** What goes wrong at a fake, call by call. Where the fake knows the names of its calls, a fault for another name is refused. */
export interface Faults {
  /** Happens to the next call of that operation; several queue up. `*` is any operation. */
  next(operation: string, fault: Fault): void;
  /** Happens to every call of that operation until the returned function is called. */
  always(operation: string, fault: Fault): () => void;
  /** Takes the fault for a call that is about to be handled. */
  take(operation: string): Fault | undefined;
}

/**
 * Makes the switchboard of faults of one fake. With the `operations` that its calls can have, setting a fault for any other
 * name throws `options.invalid`: it would never happen, and a test that waits for it would see nothing. `*` always may.
 */
export function faultBoard(operations?: ReadonlySet<string>): Faults {
  const queued = new Map<string, Fault[]>();
  const standing: { readonly operation: string; readonly fault: Fault }[] = [];
  const check = (operation: string) => {
    if (!operations || operation === '*' || operations.has(operation)) return;
    const meant = [...operations].find((name) => name.toLowerCase() === operation.toLowerCase());
    throw new CommerceError({
      code: 'options.invalid',
      message:
        `No fault was set for "${operation}": no call of this fake has that name. ` +
        (meant ? `Did you mean "${meant}"?` : 'Take a name as its journal writes it.'),
    });
  };
  return {
    next(operation, fault) {
      check(operation);
      queued.set(operation, [...(queued.get(operation) ?? []), fault]);
    },
    always(operation, fault) {
      check(operation);
      const entry = { operation, fault };
      standing.push(entry);
      return () => {
        const index = standing.indexOf(entry);
        if (index >= 0) standing.splice(index, 1);
      };
    },
    take(operation) {
      for (const name of [operation, '*']) {
        const fault = queued.get(name)?.shift();
        if (fault) return fault;
      }
      return standing.find((entry) => entry.operation === operation || entry.operation === '*')?.fault;
    },
  };
}
