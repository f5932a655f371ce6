import { isCommerceError, mayHaveWritten, type CommerceError, type ErrorCode } from '@crossdock/core';
import { testClock } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { shopifyClient, type ShopifyOptions } from '../src/index.ts';

// Every way in which Shopify says no, with the body as recorded on Admin API 2026-04 or given on shopify.dev, read
// 2026-11-23. Each is sent once to a read and once to a change, and each names the next step.

interface Refused {
  readonly what: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly code: ErrorCode;
  /** What the message says to do. */
  readonly next: RegExp;
  /** Whether a change may have been carried out all the same. */
  readonly mayHaveRun?: boolean;
  /** Whether a read is tried again. */
  readonly again?: boolean;
}

const throttleStatus = { maximumAvailable: 2000, currentlyAvailable: 1990, restoreRate: 100 };
const cost = { requestedQueryCost: 10, actualQueryCost: 10, throttleStatus };
const ran = { data: { change: null }, extensions: { cost } };
const invalid = '[API] Invalid API key or access token (unrecognized login or wrong password)';

/** A document or its variables that do not fit: no `data`, no cost, nothing ran. */
const unfit = (word: string, message: string, more: object = {}): Refused => ({
  what: word,
  body: { errors: [{ message, locations: [{ line: 1, column: 9 }], extensions: { code: word, ...more } }] },
  code: 'request.rejected',
  next: /correct them, or report it/,
});
/** An error at run time: the field is null, and the call had a cost. */
const atRunTime = (word: string, message: string, more: object = {}) => ({
  ...ran,
  errors: [{ message, path: ['change'], extensions: { code: word, ...more } }],
});

const refusals: readonly Refused[] = [
  // HTTP.
  {
    what: 'a revoked token',
    status: 401,
    body: { errors: invalid },
    code: 'auth.rejected',
    next: /install the app again or pass a new token/,
  },
  {
    what: 'a frozen shop',
    status: 402,
    body: { errors: 'Payment Required' },
    code: 'access.denied',
    next: /settle it/,
  },
  {
    what: 'a forbidden one',
    status: 403,
    body: { errors: 'Forbidden' },
    code: 'access.denied',
    next: /Check the scopes/,
  },
  {
    what: 'a wrong shop name',
    status: 404,
    body: { errors: 'Not Found' },
    code: 'options.invalid',
    next: /Check shop/,
  },
  {
    what: 'a page for a wrong shop',
    status: 404,
    body: '<html>Sorry</html>',
    code: 'options.invalid',
    next: /Check shop/,
  },
  { what: 'a locked shop', status: 423, body: { errors: 'Locked' }, code: 'access.denied', next: /unlock it/ },
  {
    what: 'too many requests',
    status: 429,
    headers: { 'retry-after': '2.0' },
    body: { errors: 'Exceeded 2 calls per second' },
    code: 'platform.throttled',
    next: /Wait, then try again/,
    again: true,
  },
  { what: 'a suspected attack', status: 430, body: '', code: 'access.denied', next: /Send less at once/ },
  {
    what: 'a request that it cannot read',
    status: 400,
    body: { errors: { query: 'Required parameter missing or invalid' } },
    code: 'request.rejected',
    next: /said|"Required parameter missing or invalid"\. Report it/,
  },
  ...[500, 502, 503, 504].map((status): Refused => ({
    what: `a server's trouble, ${status}`,
    status,
    body: '<html>Bad gateway</html>',
    code: 'platform.unavailable',
    next: /Try again later/,
    mayHaveRun: true,
    again: true,
  })),
  {
    what: 'a redirect',
    status: 301,
    headers: { location: 'https://other.example' },
    body: '',
    code: 'response.unexpected',
    next: /check the base URL/,
    mayHaveRun: true,
  },
  // Before anything ran.
  unfit('undefinedField', "Field 'x' doesn't exist on type 'Order'", { typeName: 'Order', fieldName: 'x' }),
  unfit('argumentNotAccepted', "Field 'f' doesn't accept argument 'a'"),
  unfit('missingRequiredArguments', "Field 'f' is missing required arguments: input"),
  unfit('missingRequiredInputObjectAttribute', "Argument 'a' on InputObject 'I' is required"),
  unfit('selectionMismatch', "Field must have selections (field 'f' returns Order but has no selections)"),
  unfit('variableNotUsed', 'Variable $x is declared by Op but not used'),
  unfit('undefinedDirective', 'Directive @idempotent is not defined'),
  unfit('directiveCannotBeApplied', "'@idempotent' can't be applied to mutations"),
  unfit('argumentLiteralsIncompatible', "Invalid global id 'x'"),
  unfit('invalidOneOfInputObject', "OneOf Input Object 'X' must specify exactly one key."),
  unfit('PARSE_ERROR', 'Expected NAME, actual: RCURLY ("}")'),
  unfit(
    'INVALID_VARIABLE',
    'Variable $input of type T! was provided invalid value for a.b (Field is not defined on T)',
    {
      value: { a: 1 },
      problems: [{ path: ['a', 'b'], explanation: 'Field is not defined on T' }],
    },
  ),
  {
    ...unfit('MAX_INPUT_SIZE_EXCEEDED', 'The input array size of 251 is greater than the maximum allowed of 250.'),
    next: /several calls of at most 250/,
  },
  {
    what: 'a document that costs too much',
    body: {
      errors: [
        {
          message: 'Query cost is 1502, which exceeds the single query max cost limit (1000).',
          extensions: { code: 'MAX_COST_EXCEEDED', cost: 1502, maxCost: 1000 },
        },
      ],
    },
    code: 'request.rejected',
    next: /smaller pages/,
  },
  {
    what: 'an allowance that is spent',
    body: {
      errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }],
      extensions: { cost: { requestedQueryCost: 752, actualQueryCost: null, throttleStatus } },
    },
    code: 'platform.throttled',
    next: /wait for the allowance/,
    again: true,
  },
  {
    what: 'a closed shop',
    body: { errors: [{ message: 'Shop is inactive', extensions: { code: 'SHOP_INACTIVE' } }] },
    code: 'access.denied',
    next: /open it in the admin/,
  },
  // At run time, with nothing in the place of the change.
  {
    what: 'a missing scope',
    body: atRunTime('ACCESS_DENIED', 'Access denied for change field. Required access: `write_orders` access scope.', {
      documentation: 'https://shopify.dev/api/usage/access-scopes',
      requiredAccess: '`write_orders` access scope.',
    }),
    code: 'access.denied',
    next: /`write_orders`.*Give the app the access/,
  },
  {
    what: 'an approval for protected data that is missing',
    body: {
      ...ran,
      errors: [
        {
          message: 'This app is not approved to access the Customer object. See https://partners.shopify.com/1/apps/2',
          path: ['change'],
          extensions: { code: 'ACCESS_DENIED' },
        },
      ],
    },
    code: 'access.denied',
    next: /protected customer data in the Partner Dashboard/,
  },
  {
    what: 'the same approval without a word for it',
    body: {
      ...ran,
      errors: [{ message: 'This app is not approved to access the Customer object.', path: ['change'] }],
    },
    code: 'access.denied',
    next: /protected customer data in the Partner Dashboard/,
  },
  {
    what: 'a record that is not there',
    body: atRunTime('RESOURCE_NOT_FOUND', 'Invalid id: gid://shopify/Order/0'),
    code: 'record.missing',
    next: /was deleted, or belongs to another shop/,
  },
  {
    what: 'a record of another kind',
    body: atRunTime('NOT_FOUND', 'invalid id'),
    code: 'record.missing',
    next: /was deleted, or belongs to another shop/,
  },
  {
    what: 'a malformed cursor',
    body: atRunTime('BAD_REQUEST', 'Malformed cursor'),
    code: 'request.rejected',
    next: /begin again without one/,
  },
  ...['you must provide one of first or last', 'providing both first and last is not supported'].map(
    (message): Refused => ({
      what: message,
      body: atRunTime('BAD_REQUEST', message),
      code: 'request.rejected',
      next: /correct them/,
    }),
  ),
  {
    what: 'a key that is missing',
    body: atRunTime('BAD_REQUEST', 'The @idempotent directive is required for this mutation but was not provided.'),
    code: 'request.rejected',
    next: /correct them/,
  },
  {
    what: 'an argument that is missing at run time',
    body: atRunTime(
      'INVALID_FIELD_ARGUMENTS',
      'InventoryQuantityInput must include the following argument: changeFromQuantity.',
    ),
    code: 'request.rejected',
    next: /correct them/,
  },
  {
    what: 'an internal error',
    body: atRunTime('INTERNAL_SERVER_ERROR', 'Internal error. Looks like something went wrong on our end.', {
      requestId: 'r',
    }),
    code: 'platform.unavailable',
    next: /Try again later/,
    mayHaveRun: true,
    again: true,
  },
  {
    what: 'a word that is not known here',
    body: atRunTime('SOMETHING_NEW', 'No.'),
    code: 'response.unexpected',
    next: /not known here/,
    mayHaveRun: true,
  },
  {
    what: 'an error without a word',
    body: { ...ran, errors: [{ message: 'No.', path: ['change'] }] },
    code: 'response.unexpected',
    next: /not known here/,
    mayHaveRun: true,
  },
  {
    what: 'an error of no shape that is known',
    body: { errors: [{ message: 7, path: 'x', extensions: { code: 7 } }], data: null },
    code: 'response.unexpected',
    next: /not known here/,
    mayHaveRun: true,
  },
  // No answer of GraphQL.
  {
    what: 'truncated JSON',
    body: '{"data":{"change":{"id":"gid://sho',
    code: 'platform.unavailable',
    next: /Try again later/,
    mayHaveRun: true,
    again: true,
  },
  {
    what: 'a page of HTML',
    body: '<!doctype html><title>Down for maintenance</title>',
    code: 'response.unexpected',
    next: /Check origin/,
    mayHaveRun: true,
  },
  { what: 'plain text', body: 'OK', code: 'response.unexpected', next: /Check origin/, mayHaveRun: true },
  {
    what: 'nothing at all',
    body: '',
    code: 'response.unexpected',
    next: /Compare it with the API version/,
    mayHaveRun: true,
  },
  { what: 'a list', body: [], code: 'response.unexpected', next: /Check origin/, mayHaveRun: true },
  {
    what: 'data of another shape',
    body: { data: { change: 7 }, extensions: { cost } },
    code: 'response.unexpected',
    next: /Compare it with the API version/,
    mayHaveRun: true,
  },
  // Beside data.
  {
    what: 'a filter that was ignored',
    body: {
      data: { change: { id: '1' } },
      extensions: {
        cost,
        search: [
          {
            path: ['change'],
            query: 'x:1',
            parsed: { field: 'x', match_all: '1' },
            warnings: [{ field: 'x', message: 'Invalid search field for this query.', code: 'invalid_field' }],
          },
        ],
      },
    },
    code: 'request.rejected',
    next: /Correct the filter/,
    mayHaveRun: true,
  },
];

function shopThatAnswers(
  { status = 200, headers = {}, body }: Pick<Refused, 'status' | 'headers' | 'body'>,
  more: Partial<ShopifyOptions> = {},
) {
  let calls = 0;
  const client = shopifyClient({
    shop: 'acme',
    accessToken: 'shpat_canary',
    clock: testClock(),
    random: () => 0,
    fetch: async () => {
      calls += 1;
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      return new Response(text, { status, headers: { 'x-shopify-api-version': '2026-07', ...headers } });
    },
    ...more,
  });
  return { client, calls: () => calls };
}

const answer = z.object({ change: z.object({ id: z.string() }) });

async function refusal(act: Promise<unknown>): Promise<CommerceError> {
  const error = await act.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (isCommerceError(error)) return error;
  throw new Error('It was not refused.', { cause: error });
}

describe('what Shopify refuses', () => {
  it.each(refusals)('a read, with $what, is $code and says what to do', async ({ code, next, again, ...shop }) => {
    const { client, calls } = shopThatAnswers(shop);
    const error = await refusal(client.run('query Q { change: shop { id } }', { answer }));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(next);
    expect(error.message).toMatch(/"shopify" (did not do|answered) /);
    expect(JSON.stringify([error.message, error.details])).not.toMatch(/canary|https?:/);
    expect(calls()).toBe(again ? 5 : 1);
  });

  it.each(refusals)('a change, with $what, is left open only where it may have run', async (refused) => {
    const { client, calls } = shopThatAnswers(refused);
    const text = 'mutation M { change: orderClose(input: { id: "1" }) { order { id } userErrors { message } } }';
    const error = await refusal(client.run(text, { answer }));
    expect(mayHaveWritten(error)).toBe(refused.mayHaveRun ?? false);
    expect(error.code).toBe(refused.mayHaveRun ? 'write.uncertain' : refused.code);
    // Only a clean "not now" is worth another attempt.
    expect(calls()).toBe(refused.code === 'platform.throttled' ? 5 : 1);
  });
});

describe('a version that is gone', () => {
  const body = {
    errors: [
      { message: "Field 'compareQuantity' doesn't exist on type 'Level'", extensions: { code: 'undefinedField' } },
    ],
  };

  it('explains a document that does not fit any more', async () => {
    const { client } = shopThatAnswers({ body, headers: { 'x-shopify-api-version': '2027-01' } });
    const error = await refusal(client.run('{ shop { id } }', { answer }));
    expect(error.code).toBe('options.invalid');
    expect(error.message).toContain('It served API version "2027-01" instead of "2026-07"');
    expect(error.message).toContain('move apiVersion to a supported one');
  });

  it('is heard of from refusals too, once', async () => {
    const heard: object[] = [];
    const shop = { body, headers: { 'x-shopify-api-version': '2027-01' } };
    const { client } = shopThatAnswers(shop, { onWarning: (warning) => heard.push(warning) });
    for (let times = 0; times < 3; times += 1) await refusal(client.run('{ shop { id } }', { answer }));
    expect(heard).toMatchObject([{ kind: 'version-not-served', asked: '2026-07', served: '2027-01' }]);
  });
});

describe('what will go away', () => {
  const body = { data: { change: { id: '1' } }, extensions: { cost } };
  const says = (reason: string) => ({ body, headers: { 'x-shopify-api-deprecated-reason': reason } });

  it('is heard of once for each reason', async () => {
    const heard: object[] = [];
    let reason = 'https://shopify.dev/one';
    const client = shopifyClient({
      shop: 'acme',
      accessToken: 'token',
      onWarning: (warning) => heard.push(warning),
      fetch: async () => Response.json(body, { headers: { 'x-shopify-api-deprecated-reason': reason } }),
    });
    for (const next of ['https://shopify.dev/one', 'https://shopify.dev/two', 'https://shopify.dev/one']) {
      reason = next;
      await client.run('{ shop { id } }', { answer });
    }
    expect(heard).toMatchObject([
      { kind: 'deprecated', reason: 'https://shopify.dev/one' },
      { kind: 'deprecated', reason: 'https://shopify.dev/two' },
    ]);
  });

  it('makes no failure of a change whose listener fails', async () => {
    const changed = { data: { change: { id: '1', userErrors: [] } }, extensions: { cost } };
    const { client } = shopThatAnswers({ ...says('gone soon'), body: changed }, { onWarning: thatFails });
    const text = 'mutation M { change: orderClose(input: { id: "1" }) { order { id } userErrors { message } } }';
    expect((await client.run(text, { answer })).data).toEqual({ change: { id: '1' } });
  });
});

function thatFails(): never {
  throw new Error('The log is full.');
}
