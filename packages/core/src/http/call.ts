import type * as z from 'zod';
import type { CommerceError } from '../errors/commerce-error.ts';
import type { Lane } from '../ports/options.ts';

/**
 * Whether a call may be sent again. `read` changes nothing. `repeatable` changes something, and a repeat changes nothing
 * more, because the platform honours a key in it or the change is absolute. `once` is sent again only after a clean no:
 * it never left, or the platform said that it did nothing ("too many", credentials that expired).
 */
export type Safety = 'read' | 'repeatable' | 'once';

/** One request, described before it is made, so that policies can decide by what it is. */
export interface HttpCall<T> {
  /** The port operation it serves, or the platform's own name for it: `orders.pull`, `oauth.token`. */
  readonly operation: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Relative to the client's base URL, without a leading slash. */
  readonly path: string;
  readonly search?: Readonly<Record<string, string | number | boolean | undefined>> | undefined;
  /** Sent as JSON with its keys in the order given, so that the same call has the same bytes. */
  readonly json?: unknown;
  /** Sent as `application/x-www-form-urlencoded`. Not together with `json`. */
  readonly form?: Readonly<Record<string, string>> | undefined;
  /** Sent as it is, in UTF-8, under exactly this content type: a file. Not together with `json` or `form`. */
  readonly text?: { readonly body: string; readonly contentType: string } | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly safety: Safety;
  /** Which allowance this call draws from, and how much of it. */
  readonly bucket?: { readonly name: string; readonly cost: number } | undefined;
  /** Default `normal`. */
  readonly lane?: Lane | undefined;
  /** What a good answer's JSON looks like. An empty body is parsed as `null`. With `reads: 'text'`, what its text looks like. */
  readonly answer: z.ZodType<T>;
  /** Default `json`. With `text`, `answer` gets the body as it is, also an empty one. */
  readonly reads?: 'json' | 'text' | undefined;
  /**
   * Whether the answer's body is a file that may be packed with gzip, whatever its headers say. One that does not begin
   * as gzip does is read as it is. The client's limit counts the unpacked bytes.
   */
  readonly gunzip?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /**
   * Called before the call is sent again after an answer that was lost, to look whether somebody wrote something newer
   * meanwhile. When it throws, the call ends as `write.uncertain`: with that error, or with it as the cause.
   */
  readonly beforeRepeat?: (() => Promise<void>) | undefined;
  /** Longest wait for one attempt, where this call needs another limit than the client's. */
  readonly timeoutMs?: number | undefined;
}

/** A good answer, parsed. */
export interface HttpReply<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly data: T;
}

/** An answer as it came. `json` is `undefined` where the body is no JSON. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  readonly json: unknown;
}

/** Sends a described call and gives its parsed answer, or throws what the answer means. */
export type HttpSend = <T>(call: HttpCall<T>) => Promise<HttpReply<T>>;

/** A wrapper round a call. It sees a described call, so it can decide by operation and safety, and send it more than once. */
export interface HttpPolicy {
  readonly name: string;
  run<T>(call: HttpCall<T>, next: HttpSend): Promise<HttpReply<T>>;
}

/**
 * What a platform's answer means, as an error, or `undefined` when it is a good answer. Called for every answer that is
 * no 2xx and for every 2xx with a body, because some platforms refuse with status 200. The only place where a platform's
 * error format is known. For a status that is no 2xx, `undefined` leaves the decision to the status alone.
 */
export type Explain = (answer: HttpAnswer, call: HttpCall<unknown>) => CommerceError | undefined;
