import { systemClock } from '../policies/clock.ts';
import { systemRandom } from '../policies/random.ts';
import type { HttpCall, HttpPolicy, HttpSend } from './call.ts';
import type { HttpClient, HttpClientOptions } from './options.ts';
import { retryPolicy } from './retry-policy.ts';
import { createWire } from './wire.ts';

/** Makes the client a connector sends its calls through: every call passes one list of policies, then the wire. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const clock = options.clock ?? systemClock;
  const random = options.random ?? systemRandom;
  const policies: HttpPolicy[] = [
    // Outermost: every attempt passes everything below anew, so a repeat asks the breaker and pays its allowance.
    ...(options.retry === false ? [] : [retryPolicy(options.system, options.retry ?? {}, clock, random)]),
  ];
  return { send: compose(policies, createWire(options, clock)), usage: () => [] };
}

/** One sender out of policies, the first outermost. */
export function compose(policies: readonly HttpPolicy[], wire: HttpSend): HttpSend {
  let send = wire;
  for (const policy of policies.toReversed()) {
    const next = send;
    send = <T>(call: HttpCall<T>) => policy.run(call, next);
  }
  return send;
}
