import { CommerceError, type ErrorCode } from '@crossdock/core';
import type { LawId } from '@crossdock/testing/conformance';
import type { ToyConnector } from '../toy/connector.ts';
import type { Flaw } from '../toy/suite.ts';

/** A flaw, and what the law says of it. */
export type Break = Flaw & { readonly says: RegExp };
export type Breaks = { readonly [K in LawId]?: Break };

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
