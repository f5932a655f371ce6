import {
  CommerceError,
  isCommerceError,
  parseRetryAfter,
  type Clock,
  type ErrorCode,
  type Explain,
  type HttpAnswer,
  type HttpCall,
} from '@crossdock/core';
import * as z from 'zod';
import { foreignPage } from './foreign-page.ts';
import { refusalSchema } from './wire/refusal.ts';

interface Meaning {
  readonly code: ErrorCode;
  readonly seen: string;
  readonly next: string;
}

/**
 * What WooCommerce's answers mean. Its sentences are translated, escaped and may hold a stack trace or a buyer's words,
 * so only its own codes are repeated, and names of parameters that we sent. What is not said here is left to the status
 * alone.
 */
export function explainAs(system: string, clock: Pick<Clock, 'now'>): Explain {
  return (answer, call) => {
    const told = toldStatus(answer);
    const isGood = told.status >= 200 && told.status < 300;
    if (isGood && told.json !== undefined) return undefined;
    const word = wordOf(told.json);
    const meaning = isForeign(told, call) ? foreign(told, call) : meaningOf(told, word, call);
    if (!meaning) return undefined;
    return new CommerceError({
      code: meaning.code,
      system,
      operation: call.operation,
      message: `"${system}" did not do \`${call.operation}\`: ${meaning.seen}. ${meaning.next}`,
      retryAfterMs: parseRetryAfter(told.headers.get('retry-after'), clock.now()),
      details: { status: told.status, ...(word !== undefined && { word }) },
    });
  };
}

/**
 * The answer with the status that it means. A notice that PHP printed first has sent the header 200 by then, and what
 * WooCommerce refuses behind it says so in its body only. PHP manual, header(), read 2026-11-26
 */
function toldStatus(answer: HttpAnswer): HttpAnswer {
  if (answer.status < 200 || answer.status > 299) return answer;
  const status = lateRefusalSchema.safeParse(answer.json).data?.data.status;
  return status === undefined ? answer : { ...answer, status };
}

const lateRefusalSchema = z.object({
  code: z.union([z.string(), z.number()]),
  message: z.string(),
  data: z.object({ status: z.int().min(400).max(599) }),
});

/**
 * Whether somebody else answered for WooCommerce: a firewall, a host, a login, or WordPress with a page. Only "too many",
 * and what is worth another attempt whoever says it, is left to the status.
 */
function isForeign({ status, json }: HttpAnswer, { safety }: HttpCall<unknown>): boolean {
  if (status === 408 || status === 425 || status === 429) return false;
  if (json === undefined || (status >= 300 && status < 400)) return true;
  // JSON that is none of WooCommerce's: a web application firewall may speak it.
  return safety !== 'read' && status >= 400 && status < 500 && !isRefused(json);
}

/** To a change the page may have taken the place of the real answer: the call's core makes `write.uncertain` of it. */
function foreign(answer: HttpAnswer, { safety, path }: HttpCall<unknown>): Meaning {
  const page = foreignPage(answer, path);
  if (safety === 'read' || page.code === 'platform.unavailable') return page;
  return { ...page, code: 'response.unexpected' };
}

function isRefused(json: unknown): boolean {
  return refusalSchema.safeParse(json).success;
}

/** Whether an error is WooCommerce's refusal with this code. */
export function isRefusal(error: unknown, test: (word: string) => boolean): boolean {
  if (!isCommerceError(error)) return false;
  const word = wordedSchema.safeParse(error.details).data?.word;
  return word !== undefined && test(word);
}

const wordedSchema = z.object({ word: z.string() });

/** Whether the shop has no such record, said as it says it to a read. */
export function isMissing(error: unknown): boolean {
  return isCommerceError(error, 'record.missing') && isRefusal(error, isInvalidId);
}

/** Whether the shop has no such address: a feature that is switched off, or a plugin that is not there. */
export function isNoRoute(error: unknown): boolean {
  return isRefusal(error, (word) => word === 'rest_no_route');
}

function meaningOf(answer: HttpAnswer, word: string | undefined, call: HttpCall<unknown>): Meaning | undefined {
  const { status } = answer;
  if (word !== undefined && isInvalidId(word) && (status === 400 || status === 404)) {
    // A read of what is not there is 404, a change of it 400. recorded on WooCommerce 10.0.2, 2026-11-23
    return {
      code: 'record.missing',
      seen: `it has no such record (${status}, "${word}")`,
      next: 'Check the link to it.',
    };
  }
  switch (status) {
    case 400:
      return rejection(answer, word, call);
    case 401:
      return credentials(answer, word);
    case 403:
      return isRefused(answer.json)
        ? {
            code: 'access.denied',
            seen: `the user of the key may not do this (403${quoted(word)})`,
            next: 'Give the user the role of a shop manager, or use a key of one.',
          }
        : foreignPage(answer, call.path);
    case 404:
      return word === 'rest_no_route'
        ? {
            code: 'options.invalid',
            seen: 'it has no such address (404, "rest_no_route")',
            next: 'Check that WooCommerce is active there and that url leads to it.',
          }
        : undefined;
    case 500:
    case 503:
      return broken(answer, word);
    default:
      return undefined;
  }
}

/** Of orders, products, variations and users; products say it in another way round where a variation is meant. */
function isInvalidId(word: string): boolean {
  return /^woocommerce_rest_[a-z_]+_invalid_id$/.test(word);
}

function rejection(
  { json, status }: HttpAnswer,
  word: string | undefined,
  call: HttpCall<unknown>,
): Meaning | undefined {
  const refusal = refusalSchema.safeParse(json).data;
  if (typeof refusal?.code !== 'string') return undefined;
  const { data } = refusal;
  const sent = new Set([...Object.keys(call.search ?? {}), ...Object.keys(objectOf(call.json))]);
  // Names that we did not send may be somebody's words.
  const fields = typeof data === 'object' ? Object.keys(data?.params ?? {}).filter((name) => sent.has(name)) : [];
  const at = fields.slice(0, 5).map((name) => `"${name}"`);
  return {
    code: word?.startsWith('rest_') === true ? 'request.rejected' : 'record.rejected',
    seen: `it refused the request (${status}${quoted(word)})${at.length === 0 ? '' : ` at ${at.join(', ')}`}`,
    next: 'Compare the record with what the shop allows.',
  };
}

function objectOf(json: unknown): object {
  return typeof json === 'object' && json !== null ? json : {};
}

/**
 * A key that is not there, and no key at all because PHP does not see the request as https, are the same answer.
 * recorded on WooCommerce 10.0.2, 2026-11-23
 */
function credentials({ json }: HttpAnswer, word: string | undefined): Meaning {
  const message = refusalSchema.safeParse(json).data?.message ?? '';
  if (/does not have (write|read) permissions/.test(message)) {
    return {
      code: 'access.denied',
      seen: `the key may only ${message.includes('write') ? 'read' : 'write'} (401${quoted(word)})`,
      next: 'Give it the permission "Read/Write" in WooCommerce.',
    };
  }
  if (word === 'woocommerce_rest_authentication_error') return refusedKey(message, word);
  return {
    code: 'auth.rejected',
    seen: `it saw no key that it knows (401${quoted(word)})`,
    next: 'Either consumerKey is wrong, or the shop does not see the request as https because a proxy in front of it does not say so: then it ignores the key. Check the key, and that PHP has HTTPS set there.',
  };
}

/** One code for all that is wrong with a key that it knows; its sentence says which, in the language of the shop. */
function refusedKey(message: string, word: string): Meaning {
  const seen = `it refused the signature or the secret (401, "${word}")`;
  if (/timestamp/i.test(message)) {
    const next = 'The clock of this machine or that of the shop is wrong by more than 15 minutes: set it.';
    return { code: 'auth.rejected', seen: `it found the time of the signature too far off (401, "${word}")`, next };
  }
  if (/secret|signature|nonce/i.test(message)) {
    return { code: 'auth.rejected', seen, next: 'Check consumerSecret, and over http the clock of this machine.' };
  }
  return {
    code: 'auth.rejected',
    seen: `it refused the secret, or what the key may do (401, "${word}")`,
    next: 'Check consumerSecret, and give the key the permission "Read/Write" in WooCommerce.',
  };
}

function broken({ status }: HttpAnswer, word: string | undefined): Meaning | undefined {
  if (word === 'wp_die') {
    return status === 503
      ? {
          code: 'platform.unavailable',
          seen: 'it is under maintenance (503)',
          next: 'WordPress, a plugin or a theme is being updated there: it is asked again when it says so.',
        }
      : {
          code: 'platform.unavailable',
          seen: `WordPress gave up (${status})`,
          next: 'Look whether its database is up.',
        };
  }
  if (word === 'internal_server_error') {
    return {
      code: 'platform.unavailable',
      seen: 'PHP broke on it (500, "internal_server_error")',
      next: "The cause is in the shop's own error log.",
    };
  }
  // Refusals of a refund come with status 500. recorded on WooCommerce 10.0.2, 2026-11-23
  if (word === 'woocommerce_rest_cannot_create_order_refund') {
    return {
      code: 'record.rejected',
      seen: `it refused the refund (500, "${word}")`,
      next: 'Look at the order there.',
    };
  }
  return undefined;
}

function quoted(word: string | undefined): string {
  return word === undefined ? '' : `, "${word}"`;
}

/** Only codes as WordPress and WooCommerce begin theirs: any other may be somebody's words. */
function wordOf(json: unknown): string | undefined {
  const word = refusalSchema.safeParse(json).data?.code;
  return typeof word === 'string' && ownWord.test(word) ? word : undefined;
}

const ownWord =
  /^(?:(?:woocommerce|rest|product|wp)_[a-z_-]{2,80}|registration-error-[a-z-]{2,60}|existing_user_[a-z]{2,20}|internal_server_error)$/;
