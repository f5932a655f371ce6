import { systemClock } from '../policies/clock.ts';
import { systemRandom } from '../policies/random.ts';
import { breakerPolicy } from './breaker-policy.ts';
import type { HttpCall, HttpPolicy, HttpSend } from './call.ts';
import type { HttpClient, HttpClientOptions } from './options.ts';
import { placesPolicy } from './places-policy.ts';
import { renewPolicy } from './renew-policy.ts';
import { retryPolicy } from './retry-policy.ts';
import { throttlePolicy } from './throttle-policy.ts';
import { createWire } from './wire.ts';

/** Makes the client a connector sends its calls through: every call passes one list of policies, then the wire. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const { system } = options;
  const clock = options.clock ?? systemClock;
  const random = options.random ?? systemRandom;
  const runtime = { clock, shared: options.shared };
  const allowances = throttlePolicy(system, options.buckets ?? {}, options.allowanceWaitMs ?? 60_000, runtime);
  const policies: HttpPolicy[] = [];
  // Outermost: every attempt passes everything below anew, so a repeat asks the breaker and pays its allowance.
  if (options.retry !== false) policies.push(retryPolicy(system, options.retry ?? {}, clock, random));
  // Before the breaker: whoever waited for a place learns there that the system went down meanwhile.
  if (options.simultaneousCalls !== undefined) policies.push(placesPolicy(system, options.simultaneousCalls, clock));
  // Before the throttle: what will be refused must not wait for an allowance, nor use it.
  if (options.breaker !== false) policies.push(breakerPolicy(system, options.breaker ?? {}, runtime));
  // Before the throttle: the second send is a request like any other, and pays.
  if (options.renew) policies.push(renewPolicy(options.renew));
  // Last before the wire, so that nothing but signing stands between a reservation and its request.
  policies.push(allowances);
  // The wire signs inside the attempt, on the very request that goes out, then ky sends it once.
  return { send: compose(policies, createWire(options, clock)), usage: allowances.usage };
}

/** One sender out of policies, the first outermost. */
function compose(policies: readonly HttpPolicy[], wire: HttpSend): HttpSend {
  let send = wire;
  for (const policy of policies.toReversed()) {
    const next = send;
    send = <T>(call: HttpCall<T>) => policy.run(call, next);
  }
  return send;
}
