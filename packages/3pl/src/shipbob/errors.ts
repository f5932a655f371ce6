import { CommerceError, type ErrorCode, type Explain, type HttpAnswer, type HttpCall } from '@crossdock/core';
import * as z from 'zod';
import { codedRefusalSchema, fieldRefusalSchema } from './wire/refusal.ts';

type Meaning = {
  readonly code: ErrorCode;
  readonly seen: string;
  readonly next: string;
  readonly retryAfterMs?: number | undefined;
  /** It says in words that it has an order with this reference. */
  readonly saysDuplicate?: boolean | undefined;
};

/** What ShipBob's answers mean. Its own sentences about an order are left out: they may repeat the buyer's address. */
export function explainAs(system: string, tokenIsRenewed: boolean): Explain {
  return (answer, call) => {
    if (answer.status >= 200 && answer.status < 300) return undefined;
    const meaning = meaningOf(answer, call, tokenIsRenewed);
    if (!meaning) return undefined;
    return new CommerceError({
      code: meaning.code,
      system,
      operation: call.operation,
      retryAfterMs: meaning.retryAfterMs,
      message: `"${system}" did not do \`${call.operation}\`${recordOf(call)}: ${meaning.seen}. ${meaning.next}`,
      details: { status: answer.status, ...(meaning.saysDuplicate === true && { saysDuplicate: true }) },
    });
  };
}

/** Everything that is not said here, 5xx above all, is left to the status alone. */
function meaningOf(answer: HttpAnswer, call: HttpCall<unknown>, tokenIsRenewed: boolean): Meaning | undefined {
  switch (answer.status) {
    case 400:
      return codedMeaning(answer) ?? fieldMeaning(answer, call);
    case 401:
      return {
        code: tokenIsRenewed ? 'auth.expired' : 'auth.rejected',
        seen: 'it refused the token (401)',
        next: 'Pass a new token.',
      };
    case 403:
      return {
        code: 'access.denied',
        seen: 'the token may not do this, or not in this channel (403)',
        next: 'Check the scopes of the token and channelId.',
      };
    case 404:
      // Only one order is asked for by its number; every other path is there for everybody.
      return isRecord.test(call.path)
        ? codedMeaning(answer)
        : {
            code: 'options.invalid',
            seen: 'no such address or API version (404)',
            next: 'Check origin and apiVersion.',
          };
    case 422:
      // The word for a second order with one reference is not always the same: the caller looks the reference up.
      if (call.operation === 'fulfillments.request') {
        return {
          code: 'record.duplicate',
          seen: 'it refused the order (422), as it does when it has one with this reference',
          next: 'Look the reference up there.',
          saysDuplicate: duplicateWords.test(answer.body),
        };
      }
      return codedMeaning(answer) ?? fieldMeaning(answer, call) ?? rejected('the request (422)');
    case 429:
      return {
        code: 'platform.throttled',
        seen: 'too many requests (429)',
        next: 'Wait, then try again.',
        retryAfterMs: retryAfterOf(answer.headers),
      };
    default:
      return codedMeaning(answer);
  }
}

/** Said in two forms so far. ShipBob OpenAPI 2026-01 and older answers, read 2026-11-23. */
const duplicateWords = /(existing|exists|duplicate).*reference_?id|reference_?id.*(existing|exists|duplicate)/is;
const isRecord = /^order\/\d/;

/** ShipBob's own codes. developer.shipbob.com, API 2026-01, read 2026-11-23. */
const codes: Readonly<Record<string, Pick<Meaning, 'code' | 'next'>>> = {
  INVALID_PARAMETER: { code: 'record.rejected', next: 'Correct the record, then replay.' },
  VALIDATION_ERROR: { code: 'record.rejected', next: 'Correct the record, then replay.' },
  DATABASE_UPDATE_ERROR: { code: 'platform.unavailable', next: 'Try again later.' },
  REPROCESSING_ERROR: { code: 'platform.conflict', next: 'Try again later.' },
  DEALLOCATE_ERROR: { code: 'cancel.refused', next: 'Look at the order there.' },
  NOT_FOUND: { code: 'record.missing', next: 'Check that the record belongs to this account.' },
  CONFLICT: { code: 'platform.conflict', next: 'Try again later.' },
};

function codedMeaning(answer: HttpAnswer): Meaning | undefined {
  const parsed = codedRefusalSchema.safeParse(answer.json);
  const known = parsed.success && Object.hasOwn(codes, parsed.data.code) ? codes[parsed.data.code] : undefined;
  return parsed.success && known ? { ...known, seen: `it answered "${parsed.data.code}"` } : undefined;
}

/** Which queue a refused field belongs to, first match first. Fields are written in both cases and with indexes. */
const fields: readonly (readonly [RegExp, ErrorCode])[] = [
  [/^(order\.)?recipient/i, 'address.invalid'],
  [/address|zip_?code|postal|country|\bcity\b|\bstate\b/i, 'address.invalid'],
  [/^products?\b.*(reference_?id|sku|\.id$)/i, 'sku.unknown'],
  [/shipping_?method|carrier|payment_?term/i, 'carrier.rejected'],
];

function fieldMeaning(answer: HttpAnswer, call: HttpCall<unknown>): Meaning | undefined {
  const parsed = fieldRefusalSchema.safeParse(bodyOf(answer));
  if (!parsed.success) return undefined;
  const names = Object.keys(parsed.data);
  const code = fields.find(([pattern]) => names.some((name) => pattern.test(name)))?.[1] ?? 'record.rejected';
  const sent = sentBy(call);
  const seen = new Set(names.map((name) => fieldWords(name, sent)));
  return {
    code,
    seen: `it refused ${[...seen].toSorted().join(', ')} (${answer.status})`,
    next: 'Correct this in the record, then replay.',
  };
}

/** A field's name is quoted, and nothing else that stands in its place: it may be what somebody is called. */
function fieldWords(name: string, sent: ReadonlySet<string>): string {
  if (name === '') return 'the whole request';
  const [root = ''] = name.replace('$.', '').split(/[.[]/);
  const isField = fieldShape.test(name) && (sent.has(plain(root)) || root.includes('_'));
  return isField ? `"${name}"` : 'something that is named by no field';
}

/** `products[0].reference_id`, `$.recipient.address.address1`, `Products[1].Sku`. */
const fieldShape = /^(\$\.)?[a-z_]+\d?(\[\d{1,3}\])?(\.[a-z_]+\d?(\[\d{1,3}\])?){0,5}$/i;

function sentBy({ json, search }: HttpCall<unknown>): ReadonlySet<string> {
  const body = typeof json === 'object' && json !== null ? Object.keys(json) : [];
  return new Set([...body, ...Object.keys(search ?? {})].map(plain));
}

/** Field names come in both cases. */
function plain(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}

/** Frameworks put the fields one level down. */
function bodyOf({ json }: HttpAnswer): unknown {
  const nested = z.object({ errors: fieldRefusalSchema }).safeParse(json);
  return nested.success ? nested.data.errors : json;
}

function rejected(what: string): Meaning {
  return { code: 'record.rejected', seen: `it refused ${what}`, next: 'Look at the record there.' };
}

/** The order's reference in a call that makes one. It is ours, so it may be said. */
function recordOf({ json }: HttpCall<unknown>): string {
  const parsed = z.object({ reference_id: z.string() }).safeParse(json);
  return parsed.success ? ` for "${parsed.data.reference_id}"` : '';
}

/** Seconds, in a header of ShipBob's own. developer.shipbob.com, rate limit, read 2026-11-23. */
function retryAfterOf(headers: Headers): number | undefined {
  const text = (headers.get('x-retry-after') ?? headers.get('retry-after'))?.trim();
  return text !== undefined && /^\d+(\.\d+)?$/.test(text) ? Math.ceil(Number(text) * 1000) : undefined;
}
