import type { KyInstance } from 'ky';
import { isCommerceError, type CommerceError } from '../errors/commerce-error.ts';
import { stripped } from '../errors/stripped.ts';
import { assureRight, throwIfGone } from '../policies/signal-fence.ts';
import type { Clock } from '../ports/clock.ts';
import { readAnswer } from './answer.ts';
import { newAttempt, type Attempt, type AttemptedCall } from './attempt.ts';
import { baseUrlOf } from './base-url.ts';
import type { HttpAnswer, HttpCall, HttpReply, HttpSend } from './call.ts';
import { judge } from './judge.ts';
import { networkFailure } from './network-failure.ts';
import type { HttpClientOptions } from './options.ts';
import { afterSend, callError } from './outcome.ts';
import { requestOf } from './request.ts';

/** One attempt: signs, sends, reads and judges. Sends at most once; everything it throws is a CommerceError. */
export function createWire(options: HttpClientOptions, clock: Clock): HttpSend {
  const { system, explain, sign, learn } = options;
  const base = baseUrlOf(system, options.baseUrl);
  let client: Promise<KyInstance> | undefined;
  const maxBytes = options.maxAnswerBytes ?? 32 * 1024 * 1024;
  const defaultTimeoutMs = options.timeoutMs ?? 30_000;

  return async function send<T>(call: AttemptedCall<T>): Promise<HttpReply<T>> {
    if (call.signal?.aborted) throw aborted(system, call);
    const attempt = call.attempt ?? newAttempt();
    const timeoutMs = call.timeoutMs ?? defaultTimeoutMs;
    const deadline = clock.deadline(timeoutMs);
    const signal = call.signal ? AbortSignal.any([deadline.signal, call.signal]) : deadline.signal;
    try {
      const answer = await unlessAborted(signal, exchange(call, signal, attempt));
      if (attempt.sentAt !== undefined) attempt.tookMs = clock.now() - attempt.sentAt;
      if (learn) attempt.readings = learn(answer, call);
      return judge(system, answer, call, (seen, of) => (attempt.refusal = explain(seen, of)), clock);
    } catch (error) {
      const failure = failureOf(error, call, attempt, deadline.signal, timeoutMs);
      throw attempt.sent ? afterSend(failure, system, call) : failure;
    } finally {
      deadline.clear();
    }
  };

  async function exchange(call: HttpCall<unknown>, signal: AbortSignal, attempt: Attempt): Promise<HttpAnswer> {
    const { url, init } = requestOf(base, call);
    // Signing happens inside ky's fetch: on the very request that goes out, and on no copy of it.
    const fetch = async (input: Request | string | URL): Promise<Response> => {
      // ky hands its fetch the Request that it built.
      const request = input as Request;
      const signed = sign ? await signedBy(sign, request, call) : request;
      await assureRight(call.signal);
      throwIfGone(call.signal);
      signal.throwIfAborted();
      attempt.tried = true;
      attempt.sent = true;
      attempt.sentAt = clock.now();
      try {
        // A redirect is not followed, so that credentials stay with the host they are for.
        return await (options.fetch ?? globalThis.fetch)(signed, { redirect: 'manual', signal });
      } catch (error) {
        throw unreached(error, call, attempt);
      }
    };
    const ky = await (client ??= kyThatOnlySends());
    const response = await ky(url, { ...init, fetch });
    const answer = await readAnswer(response, maxBytes, call.gunzip).catch((error: unknown) => {
      throw unreached(error, call, attempt);
    });
    if (answer === 'corrupt') throw corrupt(system, call, response.status);
    if (answer !== 'oversized') {
      const isRead = answer.json !== undefined || call.reads === 'text' || !options.jsonIn;
      return isRead ? answer : { ...answer, json: options.jsonIn(answer.body) };
    }
    throw callError(system, call, {
      code: 'response.unexpected',
      message: `"${system}" answered \`${call.operation}\` with more than ${maxBytes} bytes; the rest was not read. Ask for less at once, or raise maxAnswerBytes.`,
      details: { status: response.status, maxAnswerBytes: maxBytes },
    });
  }

  async function signedBy(
    signer: NonNullable<HttpClientOptions['sign']>,
    request: Request,
    call: HttpCall<unknown>,
  ): Promise<Request> {
    try {
      return await signer(request, call);
    } catch (error) {
      if (isCommerceError(error)) throw error;
      throw callError(system, call, {
        code: 'auth.rejected',
        message: `"${system}" was not asked for \`${call.operation}\`: the request could not be signed (${nameOf(error)}). Check the credentials given to the connector.`,
        cause: stripped(error),
      });
    }
  }

  function unreached(error: unknown, call: HttpCall<unknown>, attempt: Attempt): CommerceError {
    const { sent, word } = networkFailure(error);
    if (sent === 'no') attempt.sent = false;
    const what =
      sent === 'no' ? 'could not be reached, nothing was sent' : 'broke off the connection before it had answered';
    return callError(system, call, {
      code: 'network.unreachable',
      message: `"${system}" ${what}: \`${call.operation}\` ended with "${word}". Check the network and whether the system is up.`,
      details: { sent, reason: word },
      cause: stripped(error),
    });
  }

  function failureOf(
    error: unknown,
    call: HttpCall<unknown>,
    attempt: Attempt,
    deadline: AbortSignal,
    timeoutMs: number,
  ): CommerceError {
    if (call.signal?.aborted) return aborted(system, call);
    if (deadline.aborted && attempt.sent) {
      return callError(system, call, {
        code: 'network.timeout',
        message: `"${system}" did not answer \`${call.operation}\` within ${timeoutMs} ms. Check whether the system is slow, or raise timeoutMs.`,
        details: { timeoutMs },
      });
    }
    if (deadline.aborted) {
      return callError(system, call, {
        code: 'network.unreachable',
        message: `"${system}" was not asked for \`${call.operation}\`: signing the request took longer than ${timeoutMs} ms, nothing was sent. Check whether its credentials can be had.`,
        details: { sent: 'no', timeoutMs },
      });
    }
    if (isCommerceError(error)) return error;
    if (attempt.sent) {
      return callError(system, call, {
        code: 'response.unexpected',
        message: `"${system}" answered \`${call.operation}\`, but the connector could not make sense of it (${nameOf(error)}). Report it to whoever maintains the connector.`,
        cause: stripped(error),
      });
    }
    return callError(system, call, {
      code: 'request.rejected',
      message: `"${system}" was not asked for \`${call.operation}\`: no request could be built of it (${nameOf(error)}). Check its path, headers and body.`,
      cause: stripped(error),
    });
  }
}

/**
 * ky repeats nothing, judges nothing and times nothing: that is done here and in the policies. It is loaded by the first
 * call, because loading it wakes the runtime's HTTP stack, which a program that only checks webhooks never needs.
 */
async function kyThatOnlySends(): Promise<KyInstance> {
  const { default: ky } = await import('ky');
  return ky.create({ retry: 0, throwHttpErrors: false, timeout: false });
}

function corrupt(system: string, call: HttpCall<unknown>, status: number): CommerceError {
  return callError(system, call, {
    code: 'response.unexpected',
    message: `"${system}" answered \`${call.operation}\` with a packed file that cannot be unpacked. Ask for it again; if it stays so, report it to the platform.`,
    details: { status },
  });
}

function aborted(system: string, call: HttpCall<unknown>): CommerceError {
  return callError(system, call, {
    code: 'call.aborted',
    message: `\`${call.operation}\` at "${system}" was stopped by its caller before it was answered. Call it again when it is wanted.`,
  });
}

/** Settles with `work`, or rejects when the signal is aborted first, also where `work` takes no notice of it. */
async function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
