import { CommerceError, type ErrorCode, type HttpAnswer, type HttpCall } from '@crossdock/core';
import * as z from 'zod';
import { inexactPlace } from './inexact-number.ts';
import { plainWords } from './status-refusal.ts';
import { tidy, wordOf } from './tidy.ts';
import { servedVersion } from './version-watch.ts';
import { envelopeSchema, type Envelope, type GraphQLError } from './wire/envelope.ts';

type Call = Pick<HttpCall<unknown>, 'operation' | 'safety'>;
interface Meaning {
  readonly code: ErrorCode;
  readonly next: string;
}

/**
 * The third layer: `errors` in an answer with status 200, a filter that was ignored, or no answer of GraphQL at all.
 * `undefined` for a good answer.
 */
export function graphqlRefusal(
  about: { readonly system: string; readonly apiVersion: string },
  answer: HttpAnswer,
  call: Call,
): CommerceError | undefined {
  const { system } = about;
  const parsed = envelopeSchema.safeParse(answer.json);
  if (!parsed.success) return strangeBody(system, answer, call);
  const envelope = parsed.data;
  const errors = envelope.errors ?? [];
  if (errors.length === 0) {
    return ignoredFilter(system, envelope, call) ?? inexactNumber(system, envelope.data, answer, call);
  }
  const isPart = call.safety !== 'read' && errors.some((error) => isOfResult(error, envelope));
  const meant = errors.map((error) => ({ error, meaning: isPart ? partOfResult : meaningOf(error, envelope) }));
  const code = order.find((candidate) => meant.some(({ meaning }) => meaning.code === candidate));
  const first = meant.find(({ meaning }) => meaning.code === code) ?? meant[0];
  if (!first) return undefined;
  const { error, meaning } = first;
  const other = servedVersion(answer.headers);
  const isMoved = meaning === wrongDocument && other !== undefined && other !== about.apiVersion;
  const { code: means, next } = isMoved ? movedOn(other, about.apiVersion) : meaning;
  const done = isPart ? 'answered with a part of its result only' : 'did not do';
  return new CommerceError({
    code: means,
    system,
    operation: call.operation,
    retryAfterMs: means === 'platform.throttled' ? waitOf(envelope) : undefined,
    message: `"${system}" ${done} "${call.operation}": it said "${tidy(error.message)}"${accessOf(error)}. ${next}`,
    details: { codes: errors.map(({ extensions }) => wordOf(extensions?.code)) },
  });
}

const wrongDocument: Meaning = {
  code: 'request.rejected',
  next: 'The document or its variables do not fit this API version: correct them, or report it.',
};
const unknownWord: Meaning = {
  code: 'response.unexpected',
  next: 'This word is not known here; look what became of it in the shop, and report it.',
};
const partOfResult: Meaning = {
  code: 'response.unexpected',
  next: 'The change was made; look whether the app may read what it changes.',
};
const missingRecord: Meaning = {
  code: 'record.missing',
  next: 'Check whether it was deleted, or belongs to another shop.',
};
const missingAccess: Meaning = {
  code: 'access.denied',
  next: 'Give the app the access that it lacks, and have the merchant agree to it.',
};

/** Words of `errors[]` that mean something else than "the document is wrong". Recorded on 2026-04 and from shopify.dev. */
const meanings: Readonly<Record<string, Meaning | undefined>> = {
  THROTTLED: { code: 'platform.throttled', next: 'Nothing ran; wait for the allowance.' },
  MAX_COST_EXCEEDED: {
    code: 'request.rejected',
    next: 'Ask for less in one document: smaller pages, or fewer connections in each other.',
  },
  ACCESS_DENIED: missingAccess,
  SHOP_INACTIVE: {
    code: 'access.denied',
    next: 'The shop is closed or paused: its owner has to open it in the admin, then replay.',
  },
  RESOURCE_NOT_FOUND: missingRecord,
  NOT_FOUND: missingRecord,
  INTERNAL_SERVER_ERROR: { code: 'platform.unavailable', next: 'Try again later.' },
  BAD_REQUEST: wrongDocument,
  INVALID_FIELD_ARGUMENTS: wrongDocument,
  INVALID_VARIABLE: wrongDocument,
  PARSE_ERROR: wrongDocument,
  MAX_INPUT_SIZE_EXCEEDED: { code: 'request.rejected', next: 'Send the list in several calls of at most 250.' },
};
const malformedCursor: Meaning = {
  code: 'request.rejected',
  next: 'A cursor is good for the query that gave it: begin again without one.',
};
const notApproved: Meaning = {
  code: 'access.denied',
  next: 'Ask for access to protected customer data in the Partner Dashboard, and wait for the approval.',
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

function meaningOf({ message, extensions }: GraphQLError, envelope: Envelope): Meaning {
  const word = extensions?.code;
  if (/malformed cursor/i.test(message)) return malformedCursor;
  if (/not approved to access/i.test(message)) return notApproved;
  const known = word === undefined || !Object.hasOwn(meanings, word) ? undefined : meanings[word];
  if (known) return known;
  // Without `data` and `cost` the document was refused before it ran. Afterwards an unknown word leaves a write open.
  const ran = envelope.data !== undefined || envelope.extensions?.cost !== undefined;
  return ran ? unknownWord : wrongDocument;
}

/** A version that ended is answered by a later one, which may know less of what the document asks for. */
function movedOn(served: string, asked: string): Meaning {
  return {
    code: 'options.invalid',
    next: `It served API version "${served}" instead of "${asked}", which it no longer has: move apiVersion to a supported one.`,
  };
}

/**
 * Whether an error is about what a mutation answered, and not about the mutation: then it was carried out. Its field has
 * data all the same, or the error lies deeper in it; an answer without `data` was refused before anything ran.
 */
function isOfResult({ path }: GraphQLError, { data }: Envelope): boolean {
  const fields = dataSchema.safeParse(data);
  if (!fields.success) return false;
  return (path?.length ?? 0) > 1 || Object.values(fields.data).some((field) => field !== null);
}

const dataSchema = z.record(z.string(), z.unknown());

/**
 * An unknown filter is ignored by Shopify and only mentioned: a pull would silently read everything, or nothing. A change
 * that mentions one was made.
 */
function ignoredFilter(system: string, envelope: Envelope, call: Call): CommerceError | undefined {
  const warnings = (envelope.extensions?.search ?? []).flatMap((entry) => entry.warnings ?? []);
  const [first] = warnings;
  if (!first) return undefined;
  return new CommerceError({
    code: call.safety === 'read' ? 'request.rejected' : 'response.unexpected',
    system,
    operation: call.operation,
    message: `"${system}" did not do "${call.operation}" as asked: it ignored the filter "${tidy(first.field ?? '')}" and said "${tidy(first.message)}". Correct the filter, or report it.`,
  });
}

function inexactNumber(system: string, data: unknown, { body }: HttpAnswer, call: Call): CommerceError | undefined {
  const place = inexactPlace(data, body, 'data');
  if (place === undefined) return undefined;
  return new CommerceError({
    code: 'response.unexpected',
    system,
    operation: call.operation,
    message: `"${system}" answered "${call.operation}" with a number above 2^53 at "${place}", which is not exact here. Ask for it as text, such as a metafield's value in place of its jsonValue.`,
  });
}

/** A body that GraphQL never gives. Cut off in the middle it is silence; a page or other JSON comes from somebody else. */
function strangeBody(system: string, answer: HttpAnswer, call: Call): CommerceError {
  const { body, json } = answer;
  const about = { system, operation: call.operation, details: { status: answer.status } };
  const start = `"${system}" answered "${call.operation}"`;
  if (json === undefined && /^\s*\{/.test(body)) {
    return new CommerceError({
      ...about,
      code: 'platform.unavailable',
      message: `${start} with JSON that breaks off after ${body.length} letters. Try again later.`,
    });
  }
  const seen = json === undefined ? (/^\s*</.test(body) ? 'a page of HTML' : 'no JSON') : 'no answer of GraphQL';
  return new CommerceError({
    ...about,
    code: 'response.unexpected',
    message: `${start} with ${seen}${plainWords(answer)}. Check origin and what stands in between, and whether the shop is under maintenance.`,
  });
}

/** 1000 points, which is the most that a call may cost, at a sixth of the slowest plan's rate. */
const longestWaitMs = 60_000;

/**
 * The wait until the refused call fits: what it lacks, at the rate at which the allowance fills. Not under a second: that
 * it was refused means that another program draws from the same allowance, and takes the next drops too.
 */
function waitOf({ extensions }: Envelope): number | undefined {
  const cost = extensions?.cost;
  const status = cost?.throttleStatus;
  if (!cost || !status || status.restoreRate <= 0) return undefined;
  const lacking = Math.max(0, cost.requestedQueryCost - status.currentlyAvailable);
  return Math.min(longestWaitMs, Math.max(1000, Math.ceil((lacking / status.restoreRate) * 1000)));
}

function accessOf({ message, extensions }: GraphQLError): string {
  const access = extensions?.requiredAccess;
  return access === undefined || message.includes(access) ? '' : ` (it wants ${tidy(access)})`;
}
