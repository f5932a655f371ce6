import ky from 'ky';
import { isCommerceError, type CommerceError } from '../errors/commerce-error.ts';
import type { Clock } from '../ports/clock.ts';
import { readAnswer } from './answer.ts';
import type { HttpAnswer, HttpCall, HttpReply, HttpSend } from './call.ts';
import { networkFailure } from './network-failure.ts';
import type { HttpClientOptions } from './options.ts';
import { afterSend, callError } from './outcome.ts';
import { requestOf } from './request.ts';
import { statusError } from './status-errors.ts';

/** A call that one policy listens to: `heard` gets every answer, good or bad, before it is judged. */
export interface HeardCall<T> extends HttpCall<T> {
  readonly heard?: ((answer: HttpAnswer) => void) | undefined;
}

/** Where one attempt is: what a failure means depends on whether anything can have reached the platform. */
type Progress = { sent: boolean };

/** One attempt: signs, sends, reads and judges. Sends at most once; everything it throws is a CommerceError. */
export function createWire(options: HttpClientOptions, clock: Clock): HttpSend {
  const { system, explain, sign } = options;
  const base = options.baseUrl.endsWith('/') ? options.baseUrl : `${options.baseUrl}/`;
  const client = ky.create({ retry: 0, throwHttpErrors: false, timeout: false });
  const maxBytes = options.maxAnswerBytes ?? 32 * 1024 * 1024;
  const defaultTimeoutMs = options.timeoutMs ?? 30_000;

  return async function send<T>(call: HeardCall<T>): Promise<HttpReply<T>> {
    if (call.signal?.aborted) throw aborted(system, call);
    const timeoutMs = call.timeoutMs ?? defaultTimeoutMs;
    const deadline = clock.deadline(timeoutMs);
    const signal = call.signal ? AbortSignal.any([deadline.signal, call.signal]) : deadline.signal;
    const progress: Progress = { sent: false };
    try {
      const answer = await unlessAborted(signal, exchange(call, signal, progress));
      call.heard?.(answer);
      return judge(answer, call);
    } catch (error) {
      const failure = failureOf(error, call, progress, deadline.signal, timeoutMs);
      throw progress.sent ? afterSend(failure, system, call) : failure;
    } finally {
      deadline.clear();
    }
  };

  async function exchange(call: HttpCall<unknown>, signal: AbortSignal, progress: Progress): Promise<HttpAnswer> {
    // Signing happens inside ky's fetch: once per attempt, on the very request that goes out.
    const fetchSigned = async (input: Request | string | URL) => {
      const request = input as Request; // ky hands its fetch the Request it built.
      const signed = sign ? await signedBy(sign, request, call) : request;
      if (signal.aborted) throw aborted(system, call);
      progress.sent = true;
      try {
        // Looked up per call, so that a runtime's instrumentation of fetch is used.
        return await (options.fetch ?? globalThis.fetch)(signed, { redirect: 'manual', signal });
      } catch (error) {
        throw unreached(error, call, progress);
      }
    };
    const { url, init } = requestOf(base, call);
    const response = await client(url, { ...init, fetch: fetchSigned });
    let answer: HttpAnswer | 'oversized';
    try {
      answer = await readAnswer(response, maxBytes);
    } catch (error) {
      throw unreached(error, call, progress);
    }
    if (answer !== 'oversized') return answer;
    throw callError(system, call, {
      code: 'response.unexpected',
      message: `"${system}" answered \`${call.operation}\` with more than ${maxBytes} bytes; the rest was not read. Ask for smaller pages, or raise maxAnswerBytes.`,
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
      });
    }
  }

  /** A rejection of fetch, without its message: it may hold the URL. */
  function unreached(error: unknown, call: HttpCall<unknown>, progress: Progress): CommerceError {
    const { sent, word } = networkFailure(error);
    if (sent === 'no') progress.sent = false;
    const what = sent === 'no' ? 'could not be reached' : 'broke off the connection';
    return callError(system, call, {
      code: 'network.unreachable',
      message: `"${system}" ${what} for \`${call.operation}\` (${word}). Check the network and whether the system is up; a read is tried again.`,
      details: { sent, reason: word },
    });
  }

  function failureOf(
    error: unknown,
    call: HttpCall<unknown>,
    progress: Progress,
    deadline: AbortSignal,
    timeoutMs: number,
  ): CommerceError {
    if (call.signal?.aborted) return aborted(system, call);
    if (deadline.aborted) {
      return callError(system, call, {
        code: 'network.timeout',
        message: `"${system}" did not answer \`${call.operation}\` within ${timeoutMs} ms. Check whether the system is slow, or raise timeoutMs.`,
        details: { timeoutMs },
      });
    }
    if (isCommerceError(error)) return error;
    if (progress.sent) throw error;
    return callError(system, call, {
      code: 'request.rejected',
      message: `"${system}" was not asked for \`${call.operation}\`: no request could be built of it (${nameOf(error)}). Check path, headers and body of the call.`,
    });
  }

  function judge<T>(answer: HttpAnswer, call: HttpCall<T>): HttpReply<T> {
    const { status, headers, body, json } = answer;
    const good = status >= 200 && status < 300;
    if (!good) throw explain(answer, call) ?? statusError(system, answer, call, clock.now());
    const refusal = body === '' ? undefined : explain(answer, call);
    if (refusal) throw refusal;
    const parsed = json === undefined ? undefined : call.answer.safeParse(json);
    if (parsed?.success) return { status, headers, data: parsed.data };
    const seen = parsed
      ? `its answer does not fit at ${parsed.error.issues.map(({ path, code }) => `"${path.join('.')}" (${code})`).join(', ')}`
      : 'its answer is no JSON';
    throw callError(system, call, {
      code: 'response.unexpected',
      message: `"${system}" answered \`${call.operation}\` with status ${status}, but ${seen}. Compare it with the API version this connector is written for.`,
      details: { status },
    });
  }
}

function aborted(system: string, call: HttpCall<unknown>): CommerceError {
  return callError(system, call, {
    code: 'call.aborted',
    message: `\`${call.operation}\` at "${system}" was stopped by its caller before it was answered. Call it again when it is wanted.`,
  });
}

/** Settles with `work`, or rejects when the signal is aborted first, also where `work` takes no notice of it. */
function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
