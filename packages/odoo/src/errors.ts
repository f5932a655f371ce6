import { CommerceError, type ErrorCode, type Explain, type HttpAnswer } from '@crossdock/core';
import * as z from 'zod';
import { platformWords } from './platform-words.ts';
import { parametersIn } from './rpc.ts';

/**
 * What an answer of Odoo means. Both wires name the Python class of the error, and the class decides: statuses differ
 * between the wires, the class does not. Recorded on Odoo 17.0, 18.0 and 19.0, 2026-11-23.
 */
export function explainOdoo(system: string, secrets: readonly string[]): Explain {
  const words = platformWords(secrets);
  return (answer, call) => {
    const said = saidBy(answer);
    if (said === undefined) return undefined;
    const { code, next } = meaningOf(said, answer);
    if (code === undefined) return undefined;
    const quote = words(said.message, parametersIn(call.json));
    return new CommerceError({
      code,
      message: `"${system}" did not do \`${call.operation}\`: ${said.name} says "${quote}". ${next}`,
      system,
      operation: call.operation,
      details: {
        name: said.name,
        status: answer.status,
        ...(said.field === undefined ? {} : { field: said.field }),
        ...(said.records === undefined ? {} : { records: said.records }),
      },
    });
  };
}

type Said = {
  readonly name: string;
  readonly message: string;
  readonly field?: string | undefined;
  /** The places of the records that `load` refused, in the table that it was given. */
  readonly records?: readonly number[] | undefined;
};
type Meaning = { readonly code: ErrorCode | undefined; readonly next: string };

/** Odoo's own word for a failure of `load`, which arrives as a good answer and names no class. */
const loadRefusal = 'load()';

const errorBody = z.object({ name: z.string(), message: z.string() });
const rpcError = z.object({ error: z.object({ data: errorBody.optional() }) });
const loadResult = z.object({
  ids: z.literal(false),
  messages: z
    .array(
      z.object({ type: z.string(), message: z.string(), field: z.string().optional(), record: z.number().optional() }),
    )
    .min(1),
});
const loadAnswer = z.union([loadResult, z.object({ result: loadResult }).transform((envelope) => envelope.result)]);

function saidBy(answer: HttpAnswer): Said | undefined {
  const { status, json, body } = answer;
  if (json === undefined) return htmlSaid(status, body);
  if (status >= 200 && status < 300) {
    const rpc = rpcError.safeParse(json);
    // Without a class it is no error of Odoo's, and its words may be anybody's.
    if (rpc.success) return rpc.data.error.data ?? { name: 'JSON-RPC', message: 'an error without a class' };
    const load = loadAnswer.safeParse(json);
    const first = load.success
      ? (load.data.messages.find(({ type }) => type === 'error') ?? load.data.messages[0])
      : undefined;
    const errors = load.success ? load.data.messages.filter(({ type }) => type === 'error') : [];
    const records = [...new Set(errors.flatMap(({ record }) => record ?? []))];
    return first ? { name: loadRefusal, message: first.message, field: first.field, records } : undefined;
  }
  const parsed = errorBody.safeParse(json);
  return parsed.success ? parsed.data : undefined;
}

/** Odoo answers in HTML before it knows a database. Other HTML is a proxy's, and its status says enough. */
function htmlSaid(status: number, body: string): Said | undefined {
  if (status === 404 && body.includes('X-Odoo-Database')) {
    return { name: 'HTTP 404', message: 'No database is selected' };
  }
  if (status === 404) return { name: 'HTTP 404', message: 'There is no such route' };
  return undefined;
}

/** Classes after which nothing was committed, and the same call may be sent again. */
const conflicts: ReadonlySet<string> = new Set([
  'psycopg2.errors.SerializationFailure',
  'psycopg2.errors.DeadlockDetected',
  'psycopg2.errors.LockNotAvailable',
  'odoo.exceptions.ConcurrencyError',
]);
const conflictWords = /could not serialize access|deadlock detected|could not obtain lock/;
/** What `load` says when the database went away under it. */
const lostWords = /server closed the connection|terminating connection|(?:connection|cursor) already closed/;

/** Classes of psycopg2 that judge the data or the question: a repeat says the same. The rest may be a lost connection. */
const badData: ReadonlySet<string> = new Set(
  [
    'IntegrityError DataError ProgrammingError NotSupportedError',
    'errors.NotNullViolation errors.ForeignKeyViolation errors.UniqueViolation errors.CheckViolation',
    'errors.ExclusionViolation errors.RestrictViolation errors.InvalidTextRepresentation',
    'errors.NumericValueOutOfRange errors.StringDataRightTruncation errors.InvalidDatetimeFormat',
    'errors.DatetimeFieldOverflow errors.DivisionByZero errors.CharacterNotInRepertoire',
    'errors.UntranslatableCharacter errors.InvalidParameterValue errors.UndefinedColumn errors.UndefinedTable',
    'errors.UndefinedFunction errors.SyntaxError errors.DatatypeMismatch errors.InsufficientPrivilege',
  ].flatMap((names) => names.split(' ').map((name) => `psycopg2.${name}`)),
);

const rejected: Meaning = { code: 'record.rejected', next: 'Correct the record or the rule in Odoo, then replay.' };
const misspoken: Meaning = {
  code: 'request.rejected',
  next: 'Compare the call with the models and modules of this Odoo; a repeat will say the same.',
};
const conflict: Meaning = { code: 'platform.conflict', next: 'Nothing was committed; it is sent again.' };
const denied: Meaning = { code: 'access.denied', next: "Give the key's user the group that may do this." };
const badKey: Meaning = {
  code: 'auth.rejected',
  next: 'Check database and login; the API key may be revoked or past its lifetime: make a new one in Odoo.',
};
/** For a write it becomes `write.uncertain`: nobody can say whether it was committed. */
const away: Meaning = { code: 'platform.unavailable', next: 'The server or its database stumbled; try again later.' };
const noDatabase: Meaning = { code: 'options.invalid', next: 'Check the option database.' };

const byName: Readonly<Record<string, Meaning>> = {
  'odoo.exceptions.AccessDenied': badKey,
  'werkzeug.exceptions.Unauthorized': badKey,
  'odoo.exceptions.AccessError': denied,
  'werkzeug.exceptions.Forbidden': denied,
  'odoo.exceptions.MissingError': {
    code: 'record.missing',
    next: 'It was deleted in Odoo: decide what to do with it.',
  },
  'odoo.exceptions.UserError': rejected,
  'odoo.exceptions.ValidationError': rejected,
  'odoo.exceptions.RedirectWarning': rejected,
  'werkzeug.exceptions.NotFound': misspoken,
  'werkzeug.exceptions.BadRequest': misspoken,
  'werkzeug.exceptions.UnprocessableEntity': misspoken,
};

function meaningOf(said: Said, answer: HttpAnswer): Meaning {
  const { name, message } = said;
  if (conflicts.has(name) || (name === loadRefusal && conflictWords.test(message))) return conflict;
  if (name === loadRefusal && lostWords.test(message)) return away;
  if (name === loadRefusal) return message.startsWith('You are not allowed to') ? denied : rejected;
  if (name === 'HTTP 404') {
    if (message.startsWith('No database')) return noDatabase;
    return { code: 'options.invalid', next: 'Check the options url and version: JSON-2 exists from Odoo 19.' };
  }
  if (name === 'psycopg2.OperationalError' && /database .* does not exist/.test(message)) return noDatabase;
  if (name === 'builtins.ValueError' && message.startsWith('External ID not found')) {
    return { code: 'record.missing', next: 'No record has this external id.' };
  }
  if (/^Object \S+ doesn't exist$/.test(message)) return misspoken;
  const known = Object.hasOwn(byName, name) ? byName[name] : undefined;
  if (known) return known;
  if (name.startsWith('builtins.') || badData.has(name)) return misspoken;
  // A class we have never seen, or one of a lost connection. JSON-RPC says it with a good status; on JSON-2 a status of
  // the caller's own fault decides.
  return answer.status >= 400 && answer.status < 500 ? { code: undefined, next: '' } : away;
}

/** Whether a failed write may have happened all the same, so that the record must be looked for before a repeat. */
export function maybeDone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'write.uncertain';
}
