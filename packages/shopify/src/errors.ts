import { CommerceError, type ErrorCode, type Explain, type HttpAnswer, type HttpCall, type Ref } from '@crossdock/core';
import * as z from 'zod';
import { envelopeSchema, plainErrorsSchema, type Envelope } from './wire/envelope.ts';
import type { UserErrors } from './wire/user-error.ts';

type Call = Pick<HttpCall<unknown>, 'operation' | 'safety'>;

/**
 * What Shopify's answers mean. It refuses in four layers, told apart in this order: the network (the client's
 * business), the HTTP status, `errors` in an answer with status 200, and a payload's user errors (`raiseUserErrors`).
 */
export function explainAs(system: string, tokenIsRenewed: boolean): Explain {
  return (answer, call) => {
    const isGood = answer.status >= 200 && answer.status < 300;
    return isGood ? explainErrors(system, answer, call) : explainStatus(system, tokenIsRenewed, answer, call);
  };
}

/** Statuses outside GraphQL. shopify.dev, Admin API status codes, read 2026-11-23. 429 and 5xx mean here what they mean everywhere. */
function explainStatus(
  system: string,
  tokenIsRenewed: boolean,
  answer: HttpAnswer,
  call: Call,
): CommerceError | undefined {
  const refuse = (code: ErrorCode, seen: string, next: string) =>
    new CommerceError({
      code,
      system,
      operation: call.operation,
      message: `"${system}" did not do "${call.operation}": ${seen}${plainWords(answer)}. ${next}`,
    });
  switch (answer.status) {
    case 400:
      if (call.operation === 'oauth.token') {
        return refuse('auth.rejected', 'it refused the client credentials', 'Check the app and its installation.');
      }
      return undefined;
    case 401:
      if (tokenIsRenewed && call.operation !== 'oauth.token') {
        return refuse('auth.expired', 'it refused the access token', 'Ask for a new one.');
      }
      return refuse('auth.rejected', 'it refused the access token', 'Install the app again or pass a new token.');
    case 402:
      return refuse('access.denied', 'the shop is frozen for an unpaid bill (402)', 'The owner has to settle it.');
    case 403:
      return refuse(
        'access.denied',
        'access is forbidden (403)',
        'Check the scopes of the app and the state of the shop.',
      );
    case 404:
      return refuse('options.invalid', 'no such shop or API version (404)', 'Check shop and apiVersion.');
    case 423:
      return refuse('access.denied', 'the shop is locked (423)', 'The owner has to ask Shopify.');
    case 430:
      return refuse('access.denied', 'it took the request for an attack (430)', 'Ask Shopify, then try again.');
    default:
      return undefined;
  }
}

/** Codes of `errors[]` that mean something else than "the document is wrong". Recorded on 2026-04 and from shopify.dev. */
const codes: Readonly<Record<string, ErrorCode>> = {
  THROTTLED: 'platform.throttled',
  MAX_COST_EXCEEDED: 'request.rejected',
  ACCESS_DENIED: 'access.denied',
  SHOP_INACTIVE: 'access.denied',
  RESOURCE_NOT_FOUND: 'record.missing',
  NOT_FOUND: 'record.missing',
  INTERNAL_SERVER_ERROR: 'platform.unavailable',
  BAD_REQUEST: 'request.rejected',
  INVALID_FIELD_ARGUMENTS: 'request.rejected',
};
/** Where several errors come in one answer, the first of these decides. */
const order: readonly ErrorCode[] = [
  'platform.throttled',
  'platform.unavailable',
  'response.unexpected',
  'access.denied',
  'record.missing',
  'request.rejected',
];

function explainErrors(system: string, answer: HttpAnswer, call: Call): CommerceError | undefined {
  const parsed = envelopeSchema.safeParse(answer.json);
  if (!parsed.success) return undefined;
  const envelope = parsed.data;
  const errors = envelope.errors ?? [];
  if (errors.length === 0) return explainSearch(system, envelope, call);
  const ran = call.safety !== 'read' && errors.some((error) => isOfResult(error, envelope));
  const meant = errors.map((error) => ({ error, code: ran ? 'response.unexpected' : codeOf(error, envelope) }));
  const code = order.find((candidate) => meant.some((entry) => entry.code === candidate)) ?? 'request.rejected';
  const first = meant.find((entry) => entry.code === code)?.error ?? errors[0];
  return new CommerceError({
    code,
    system,
    operation: call.operation,
    retryAfterMs: code === 'platform.throttled' ? waitOf(envelope) : undefined,
    message: ran
      ? `"${system}" answered "${call.operation}" with a part of its result only: it said "${tidy(first?.message ?? '')}"${accessOf(first)}. Look whether the app may read what it changes.`
      : `"${system}" did not do "${call.operation}": it said "${tidy(first?.message ?? '')}"${accessOf(first)}. ${nextSteps[code] ?? 'The document or its variables are wrong; report it.'}`,
    details: { codes: errors.map((error) => error.extensions?.code ?? null) },
  });
}

const nextSteps: Readonly<Partial<Record<ErrorCode, string>>> = {
  'platform.throttled': 'Nothing ran; wait for the allowance.',
  'platform.unavailable': 'Try again.',
  'response.unexpected': 'The connector does not know this word; report it.',
  'access.denied': 'Give the app the access that it lacks.',
  'record.missing': 'Check whether it was deleted, or belongs to another shop.',
};

/**
 * Whether an error is about what a mutation answered, and not about the mutation: then it was carried out. Its field has
 * data all the same, or the error lies deeper in it; an answer without `data` was refused before anything ran.
 */
function isOfResult({ path }: NonNullable<Envelope['errors']>[number], { data }: Envelope): boolean {
  const fields = dataSchema.safeParse(data);
  if (!fields.success) return false;
  return (path?.length ?? 0) > 1 || Object.values(fields.data).some((field) => field !== null);
}

const dataSchema = z.record(z.string(), z.unknown());

function codeOf(error: NonNullable<Envelope['errors']>[number], envelope: Envelope): ErrorCode {
  const code = error.extensions?.code;
  if (code === undefined && error.message.includes('not approved to access')) return 'access.denied';
  const known = code === undefined ? undefined : codes[code];
  if (known !== undefined) return known;
  // Without `data` and `cost` the document was refused before it ran. Afterwards an unknown word leaves a write open.
  const ran = envelope.data !== undefined || envelope.extensions?.cost !== undefined;
  return ran ? 'response.unexpected' : 'request.rejected';
}

/** An unknown filter is ignored by Shopify and only mentioned: a pull would silently read everything, or nothing. */
function explainSearch(system: string, envelope: Envelope, call: Call): CommerceError | undefined {
  const warnings = (envelope.extensions?.search ?? []).flatMap((entry) => entry.warnings ?? []);
  const [first] = warnings;
  if (!first) return undefined;
  return new CommerceError({
    code: 'request.rejected',
    system,
    operation: call.operation,
    message: `"${system}" did not do "${call.operation}" as asked: it ignored the filter "${first.field ?? ''}" and said "${tidy(first.message)}". Report it.`,
  });
}

/**
 * The wait until the refused call fits: what it lacks, at the rate at which the allowance fills. Not under a second: that
 * it was refused means that another program draws from the same allowance, and takes the next drops too.
 */
function waitOf({ extensions }: Envelope): number | undefined {
  const cost = extensions?.cost;
  const status = cost?.throttleStatus;
  if (!cost || !status || status.restoreRate <= 0) return undefined;
  const lacking = Math.max(0, cost.requestedQueryCost - status.currentlyAvailable);
  return Math.max(1000, Math.ceil((lacking / status.restoreRate) * 1000));
}

/** Turns a payload's refusals into an error about the record. `what` starts the sentence: `Shipment "1" was not …`. */
export function raiseUserErrors(
  errors: UserErrors,
  about: { readonly what: string; readonly system: string; readonly operation: string; readonly refs: readonly Ref[] },
): void {
  if (errors.length === 0) return;
  const said = errors.map(
    ({ field, message }) => `"${tidy(message)}"${field === null ? '' : ` at "${field.join('.')}"`}`,
  );
  throw new CommerceError({
    code: 'record.rejected',
    system: about.system,
    operation: about.operation,
    refs: about.refs,
    message: `${about.what}: Shopify said ${said.join('; ')}. Correct the record there or here, then replay.`,
    details: { codes: errors.map(({ code }) => code ?? null) },
  });
}

/** Shopify's words without what may be a buyer's: its messages repeat the e-mail or number that it refused. */
export function tidy(message: string): string {
  return message
    .replaceAll(/[^\s"'<>()]+@[^\s"'<>()]+/g, '(e-mail)')
    .replaceAll(/\+\d[\d ()./-]{5,}\d/g, '(phone)')
    .replaceAll(/shp[a-z]{2,3}_[A-Za-z0-9]+/g, '(token)')
    .slice(0, 300);
}

function accessOf(error: NonNullable<Envelope['errors']>[number] | undefined): string {
  const access = error?.extensions?.requiredAccess;
  return access === undefined || error?.message.includes(access) ? '' : ` (it wants ${tidy(access)})`;
}

function plainWords(answer: HttpAnswer): string {
  const parsed = plainErrorsSchema.safeParse(answer.json);
  return parsed.success && typeof parsed.data.errors === 'string' ? `, "${tidy(parsed.data.errors)}"` : '';
}
