import {
  CommerceError,
  isCommerceError,
  type ErrorCode,
  type Explain,
  type HttpAnswer,
  type HttpCall,
} from '@crossdock/core';
import * as z from 'zod';
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
export function explainAs(system: string): Explain {
  return (answer, call) => {
    if (answer.status >= 200 && answer.status < 300) return undefined;
    const word = wordOf(answer.json);
    const meaning = isForeign(answer, call) ? unanswered(answer) : meaningOf(answer, word, call);
    if (!meaning) return undefined;
    return new CommerceError({
      code: meaning.code,
      system,
      operation: call.operation,
      message: `"${system}" did not do \`${call.operation}\`: ${meaning.seen}. ${meaning.next}`,
      details: { status: answer.status, ...(word !== undefined && { word }) },
    });
  };
}

/**
 * Whether somebody else answered for WooCommerce to a change: a firewall or a host, which may have put its page in the
 * place of the real answer. Only "too many" is a clean no, whoever says it.
 */
function isForeign({ status, json }: HttpAnswer, { safety }: HttpCall<unknown>): boolean {
  const isLeftToStatus = status < 400 || status >= 500 || status === 408 || status === 425 || status === 429;
  return safety !== 'read' && !isLeftToStatus && !isRefused(json);
}

/** The call's core makes `write.uncertain` of it: the shop may have done it. */
function unanswered({ status }: HttpAnswer): Meaning {
  return {
    code: 'response.unexpected',
    seen: `something in front of it answered in its place (${status})`,
    next: 'Look at the firewall of its host.',
  };
}

function isRefused(json: unknown): boolean {
  return refusalSchema.safeParse(json).success;
}

/** Whether an error is WooCommerce's refusal with this code. */
function isRefusal(error: unknown, test: (word: string) => boolean): boolean {
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
      return !isRefused(answer.json)
        ? {
            code: 'access.denied',
            seen: 'something in front of it turned us away (403)',
            next: 'Look at the firewall of its host.',
          }
        : {
            code: 'access.denied',
            seen: `the user of the key may not do this (403${quoted(word)})`,
            next: 'Give the user the role of a shop manager, or use a key of one.',
          };
    case 404:
      return word === 'rest_no_route'
        ? {
            code: 'options.invalid',
            seen: 'it has no such address (404, "rest_no_route")',
            next: 'Check that WooCommerce is active there and that url leads to it.',
          }
        : noApi(answer);
    case 500:
      return broken(word);
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
  if (word === 'woocommerce_rest_authentication_error') {
    return {
      code: 'auth.rejected',
      seen: `it refused the signature or the secret (401, "${word}")`,
      next: 'Check consumerSecret, and over http the clock of this machine.',
    };
  }
  return {
    code: 'auth.rejected',
    seen: `it saw no key that it knows (401${quoted(word)})`,
    next: 'Either consumerKey is wrong, or the shop does not see the request as https because a proxy in front of it does not say so: then it ignores the key. Check the key, and that PHP has HTTPS set there.',
  };
}

/** WordPress without pretty permalinks answers below /wp-json with its page "not found". */
function noApi({ json }: HttpAnswer): Meaning | undefined {
  if (json !== undefined) return undefined;
  return {
    code: 'options.invalid',
    seen: 'it answered with a web page (404)',
    next: 'Check that url leads to WordPress and that its permalinks are not "plain".',
  };
}

function broken(word: string | undefined): Meaning | undefined {
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

const ownWord = /^(?:(?:woocommerce|rest|product|wp)_[a-z_-]{2,80}|internal_server_error)$/;
