import { CommerceError, type ErrorCode, type WriteOptions } from '@crossdock/core';
import type { LawId } from '@crossdock/testing/conformance';
import type { ToyConnector } from '../toy/connector.ts';
import type { Flaw } from '../toy/suite.ts';

/** A flaw, and what the law says of it. */
export type Break = Flaw & { readonly says: RegExp };
export type Breaks = { readonly [K in LawId]?: Break };
/** What makes a broken connector of a sound one. */
export type Broken = NonNullable<Flaw['connector']>;

/** The connector with some operations of one port replaced. */
export function withPort<P extends keyof ToyConnector>(
  sound: ToyConnector,
  port: P,
  change: Partial<ToyConnector[P]>,
): ToyConnector {
  return { ...sound, [port]: { ...(sound[port] as object), ...change } };
}

export function errorOf(code: ErrorCode): CommerceError {
  return new CommerceError({ code, message: 'Broken on purpose.' });
}

/** The line with other headers on every write. */
export function withHeaders(change: (headers: Headers) => void): NonNullable<Flaw['line']> {
  return (fetch) => async (input, init) => {
    const request = new Request(input, init);
    if (request.method !== 'GET') change(request.headers);
    return fetch(request);
  };
}

/** Operations that write a record or goods, each of a draft. */
export type Creation =
  | 'orders.create'
  | 'customers.create'
  | 'fulfillments.request'
  | `${'returns' | 'refunds' | 'invoices' | 'payments' | 'purchases'}.create`
  | `${'returns' | 'receipts'}.confirm`;
/** Operations that change a record by its reference. */
export type Change =
  | `${'orders' | 'fulfillments' | 'purchases'}.cancel`
  | `${'orders' | 'invoices'}.confirm`
  | `${'orders' | 'shipments'}.update`
  | `fulfillments.${'hold' | 'release' | 'answer'}`
  | 'shipments.report'
  | 'payments.capture'
  | 'webhooks.subscribe';

/** A write whose first argument is what it is about, and whose last one is how. */
type Write = (subject: never, options: WriteOptions) => Promise<unknown>;

/** The connector with one write replaced. What it writes goes through unread. */
export function withWrite(sound: ToyConnector, operation: Creation, change: (write: Write) => Write): ToyConnector {
  const [port = '', verb = ''] = operation.split('.');
  // Every operation of this kind has these arguments; the compiler cannot follow a name that is put together.
  const ports = sound as unknown as Readonly<Record<string, Readonly<Record<string, Write>>>>;
  const write = ports[port]?.[verb];
  if (!write) throw new Error(`There is no "${operation}".`);
  return { ...sound, [port]: { ...ports[port], [verb]: change(write) } };
}

/** The connector with one change of a record replaced, whatever stands between its reference and its options. */
export function withChange<T>(
  sound: ToyConnector,
  operation: Change,
  change: (call: (...given: readonly unknown[]) => Promise<T>) => (...given: readonly unknown[]) => Promise<T>,
): ToyConnector {
  const [port = '', verb = ''] = operation.split('.');
  // The arguments are handed on as they are, so their types do not matter.
  const ports = sound as unknown as Readonly<
    Record<string, Record<string, (...given: readonly unknown[]) => Promise<T>>>
  >;
  const call = ports[port]?.[verb];
  if (!call) throw new Error(`There is no "${operation}".`);
  return { ...sound, [port]: { ...ports[port], [verb]: change(call) } };
}
