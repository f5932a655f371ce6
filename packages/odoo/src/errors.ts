import { CommerceError, type ErrorCode, type Explain, type HttpAnswer } from '@crossdock/core';
import { keyAdvice } from './api-key.ts';
import { platformWords } from './platform-words.ts';
import { quotedFields } from './quoted-fields.ts';
import { parametersIn } from './rpc.ts';
import { loadRefusal, pageRefusal, refusalIn, type Refusal } from './wire/refusal.ts';

/**
 * What an answer of Odoo means. Both wires name the Python class of the error, and the class decides: statuses differ
 * between the wires, the class does not. Recorded on Odoo 17.0, 18.0 and 19.0, 2026-11-23. `wasThere` says whether the
 * database has answered before: then it is not the option that is wrong.
 */
export function explainOdoo(
  system: string,
  { apiKey, login = '' }: { readonly apiKey: string; readonly login?: string | undefined },
  wasThere: () => boolean = () => false,
): Explain {
  const words = platformWords([apiKey, login]);
  const badKey: Meaning = { code: 'auth.rejected', next: keyAdvice(apiKey) };
  return (answer, call) => {
    const said = refusalIn(answer);
    if (said === undefined) return undefined;
    const meant = isBadKey(said) ? badKey : meaningOf(said, answer);
    const { code, next } = meant === noDatabase && wasThere() ? databaseAway : meant;
    if (code === undefined) return undefined;
    const quote = words(said.message, parametersIn(call.json));
    const quoted = quotedFields(said.message, call.json);
    return new CommerceError({
      code,
      message: `"${system}" did not do \`${call.operation}\`: ${said.name} says ${placeOf(said)}"${quote}". ${next}`,
      system,
      operation: call.operation,
      details: {
        name: said.name,
        status: answer.status,
        ...(said.field === undefined ? {} : { field: said.field }),
        ...(said.relation === undefined ? {} : { relation: said.relation }),
        ...(said.records === undefined ? {} : { records: said.records }),
        ...(quoted.length === 0 ? {} : { quoted }),
      },
    });
  };
}

/** The field that a refusal is about, by Odoo's own names: its sentence has labels in quotes, and those are struck. */
function placeOf({ field, relation }: Refusal): string {
  if (field === undefined) return '';
  return relation === undefined ? `of "${field}": ` : `of "${field}", where it found no such "${relation}": `;
}

type Meaning = { readonly code: ErrorCode | undefined; readonly next: string };

/** The third is JSON-RPC's word for a user who was deleted while we knew their id. Recorded on Odoo 19.0, 2026-11-26. */
function isBadKey({ name, message }: Refusal): boolean {
  if (name === 'odoo.exceptions.AccessDenied' || name === 'werkzeug.exceptions.Unauthorized') return true;
  return name === 'odoo.exceptions.MissingError' && /\(Record: res\.users\((\d+),\), User: \1\)/.test(message);
}

const conflictWords = /could not serialize access|deadlock detected|could not obtain lock/;
/** What `load` says when the database went away under it. */
const lostWords = /server closed the connection|terminating connection|(?:connection|cursor) already closed/;

const rejected: Meaning = { code: 'record.rejected', next: 'Correct the record or the rule in Odoo, then replay.' };
const misspoken: Meaning = {
  code: 'request.rejected',
  next: 'Compare the call with the models and modules of this Odoo; a repeat will say the same.',
};
const conflict: Meaning = { code: 'platform.conflict', next: 'Nothing was committed; it is sent again.' };
const denied: Meaning = { code: 'access.denied', next: "Give the key's user the group that may do this." };
const deniedField: Meaning = {
  code: 'access.denied',
  next: "Give the key's user the group that may use this field; `npx @crossdock/odoo rights` says which groups an operation needs.",
};
const foreignCompany: Meaning = {
  code: 'access.denied',
  next: "Check the company that was asked for, and the companies of the key's user.",
};
const duplicate: Meaning = {
  code: 'record.duplicate',
  next: 'Look for the record in Odoo that has this value already.',
};
const noSession: Meaning = {
  code: 'auth.expired',
  next: 'The call went to a route for browsers, which the connector does not use: see what stands between it and Odoo.',
};
/** For a write it becomes `write.uncertain`: nobody can say whether it was committed. */
const away: Meaning = { code: 'platform.unavailable', next: 'The server or its database stumbled; try again later.' };
/** Odoo says this also of a right name while PostgreSQL gives it no connection. Recorded on Odoo 19.0, 2026-11-26. */
const noDatabase: Meaning = {
  code: 'options.invalid',
  next: 'Check the option database; if it is right, Odoo got no connection to it: look at PostgreSQL.',
};
const databaseAway: Meaning = {
  code: 'platform.unavailable',
  next: 'The same database answered before: Odoo got no connection to it. Look at PostgreSQL if it goes on.',
};
const noRoute: Meaning = {
  code: 'options.invalid',
  next: 'Check the options url and version: JSON-2 exists from Odoo 19.',
};
const noLanguage: Meaning = {
  code: 'options.invalid',
  next: 'Install the language in Odoo, or correct the language that was asked for.',
};
const proxied: Meaning = {
  code: 'access.denied',
  next: 'Odoo did not see the call: ask who runs the proxy or firewall in front of it.',
};
const page: Meaning = {
  code: 'response.unexpected',
  next: 'Check the option url: a login, a notice or another site answers there.',
};

const byName: Readonly<Record<string, Meaning>> = {
  'odoo.exceptions.AccessError': denied,
  'werkzeug.exceptions.Forbidden': denied,
  'odoo.exceptions.MissingError': {
    code: 'record.missing',
    next: 'It was deleted in Odoo: decide what to do with it.',
  },
  'odoo.exceptions.UserError': rejected,
  'odoo.exceptions.ValidationError': rejected,
  'odoo.exceptions.RedirectWarning': rejected,
  'odoo.http.SessionExpiredException': noSession,
  'werkzeug.exceptions.NotFound': misspoken,
  'werkzeug.exceptions.BadRequest': misspoken,
  'werkzeug.exceptions.UnprocessableEntity': misspoken,
  // Nothing was committed after these four and the one of 19, and the same call may be sent again.
  'psycopg2.errors.SerializationFailure': conflict,
  'psycopg2.errors.DeadlockDetected': conflict,
  'psycopg2.errors.LockNotAvailable': conflict,
  'odoo.exceptions.ConcurrencyError': conflict,
  'odoo.exceptions.LockError': conflict,
  // Odoo makes a ValidationError of it, but for code that has caught it or runs outside the transaction of a call.
  'psycopg2.errors.UniqueViolation': duplicate,
  // The machine's troubles and not the call's: memory, files, the network behind Odoo, the time of a worker.
  'builtins.MemoryError': away,
  'builtins.OSError': away,
  'builtins.TimeoutError': away,
  'builtins.ConnectionError': away,
  'builtins.ConnectionResetError': away,
  'builtins.ConnectionRefusedError': away,
  'builtins.BrokenPipeError': away,
};

/** Classes of psycopg2 that judge the data or the question: a repeat says the same. The rest may be a lost connection. */
const badData: ReadonlySet<string> = new Set(
  [
    'IntegrityError DataError ProgrammingError NotSupportedError',
    'errors.NotNullViolation errors.ForeignKeyViolation errors.CheckViolation',
    'errors.ExclusionViolation errors.RestrictViolation errors.InvalidTextRepresentation',
    'errors.NumericValueOutOfRange errors.StringDataRightTruncation errors.InvalidDatetimeFormat',
    'errors.DatetimeFieldOverflow errors.DivisionByZero errors.CharacterNotInRepertoire',
    'errors.UntranslatableCharacter errors.InvalidParameterValue errors.UndefinedColumn errors.UndefinedTable',
    'errors.UndefinedFunction errors.SyntaxError errors.DatatypeMismatch errors.InsufficientPrivilege',
    // A limit or an offset below zero. Recorded on Odoo 19.0, 2026-11-26.
    'errors.InvalidRowCountInLimitClause errors.InvalidRowCountInResultOffsetClause',
  ].flatMap((names) => names.split(' ').map((name) => `psycopg2.${name}`)),
);

/**
 * What a class means with certain words; the first that fits counts. Odoo translates some of these into the language of the
 * key's user: in another one than English they mean what their class means.
 */
const byWords: readonly { readonly name: string; readonly words: RegExp; readonly meaning: Meaning }[] = [
  { name: loadRefusal, words: conflictWords, meaning: conflict },
  { name: loadRefusal, words: lostWords, meaning: away },
  { name: loadRefusal, words: /^You are not allowed to/, meaning: denied },
  // Recorded on Odoo 19.0, 2026-11-26. Some fields of a record are for a group alone, and Odoo fills them by itself.
  { name: loadRefusal, words: /^You do not have enough rights to access the field/, meaning: deniedField },
  { name: loadRefusal, words: /(?:)/, meaning: rejected },
  { name: `${pageRefusal} 404`, words: /^No database/, meaning: noDatabase },
  { name: `${pageRefusal} 404`, words: /(?:)/, meaning: noRoute },
  { name: `${pageRefusal} 401`, words: /(?:)/, meaning: proxied },
  { name: `${pageRefusal} 403`, words: /(?:)/, meaning: proxied },
  { name: 'psycopg2.OperationalError', words: /database .* does not exist/, meaning: noDatabase },
  {
    name: 'builtins.ValueError',
    words: /^External ID not found/,
    meaning: { code: 'record.missing', next: 'No record has this external id.' },
  },
  // The code of a server action wraps what the database said. Recorded on Odoo 19.0, 2026-11-23.
  { name: 'builtins.ValueError', words: /UniqueViolation/, meaning: duplicate },
  // How a worker that took too long ends. Source of Odoo 19.0, read 2026-11-26.
  { name: 'builtins.Exception', words: /CPU time limit/, meaning: away },
  { name: 'odoo.exceptions.UserError', words: /^Object \S+ doesn't exist$/, meaning: misspoken },
  { name: 'odoo.exceptions.UserError', words: /^Invalid language code/, meaning: noLanguage },
  {
    name: 'odoo.exceptions.AccessError',
    words: /^You do not have enough rights to access the field/,
    meaning: deniedField,
  },
  { name: 'odoo.exceptions.AccessError', words: /unauthorized or invalid companies/, meaning: foreignCompany },
];

function meaningOf({ name, message }: Refusal, answer: HttpAnswer): Meaning {
  const worded = byWords.find((one) => one.name === name && one.words.test(message));
  if (worded) return worded.meaning;
  const known = Object.hasOwn(byName, name) ? byName[name] : undefined;
  if (known) return known;
  if (name.startsWith(`${pageRefusal} `)) return page;
  if (name.startsWith('builtins.') || badData.has(name)) return misspoken;
  // A class we have never seen, or one of a lost connection. JSON-RPC says it with a good status; on JSON-2 a status of
  // the caller's own fault decides.
  return answer.status >= 400 && answer.status < 500 ? { code: undefined, next: '' } : away;
}

/** Whether a failed write may have happened all the same, so that the record must be looked for before a repeat. */
export function maybeDone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'write.uncertain';
}
