import { expect, it } from 'vitest';
import { tidy } from '../src/tidy.ts';

it.each([
  ['a mailbox', 'Email jane@roe.example is taken', 'Email (e-mail) is taken'],
  ['a mailbox as a link has it', 'Email jane%40roe.example is taken', 'Email (e-mail) is taken'],
  ['a number of a country', 'Phone +49 30 1234567 is taken', 'Phone (phone) is taken'],
  ['a number as North America writes it', 'Phone 937-555-0100 is taken', 'Phone (phone) is taken'],
  ['a number with a code in brackets', 'Phone (937) 555-0100 is taken', 'Phone (phone) is taken'],
  ['a number dialled from abroad', 'Phone 0049 30 1234567 is taken', 'Phone (phone) is taken'],
  ['an access token', 'Token shpat_0123456789abcdef is wrong', 'Token (token) is wrong'],
  ['a session token', 'Token eyJhbGciOiJI.eyJzdWIi.c2ln is wrong', 'Token (token) is wrong'],
  ['a secret of 32 letters', 'Secret 0123456789abcdef0123456789abcdef is wrong', 'Secret (token) is wrong'],
  [
    'a value that does not fit',
    'Could not coerce value "Jane \\"J\\" Roe" to Int',
    'Could not coerce value (value) to Int',
  ],
])('leaves %s out of a message', (_, said, left) => {
  expect(tidy(said)).toBe(left);
});

it.each([
  'Order gid://shopify/Order/7512345678901 was not found',
  'It was closed on 2026-11-26T10:15:00Z',
  'API version 2026-07 is not supported until 2026-10-01',
  'Requested 1,200 points of 2,000',
  'Quantity 12 of 30 at 10.00 EUR',
])('leaves "%s" as it is', (said) => {
  expect(tidy(said)).toBe(said);
});
