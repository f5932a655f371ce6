import * as z from 'zod';
import { expect, it } from 'vitest';
import { isCommerceError } from '../../src/errors/commerce-error.ts';
import { parseOptions, type OptionWords } from '../../src/connector/parse-options.ts';

const schema = z.strictObject({
  shop: z.string().regex(/^[a-z0-9-]+$/, 'wants the name before ".myshopify.com". Pass "acme"'),
  token: z.string().min(1),
  limits: z.strictObject({ perSecond: z.number() }).optional(),
  rules: z.array(z.strictObject({ rate: z.string() })).default([]),
});
const words: OptionWords = { wants: { token: 'a token' }, shown: { shop: /\.myshopify\.com\/?$/ } };

function messageOf(value: unknown, said: OptionWords = words): string {
  try {
    parseOptions(schema, value, 'shopify', said);
  } catch (error) {
    if (isCommerceError(error, 'options.invalid')) return error.message;
    throw error;
  }
  return 'accepted';
}

it('gives back good options', () => {
  expect(parseOptions(schema, { shop: 'acme', token: 't' }, 'shopify')).toEqual({
    shop: 'acme',
    token: 't',
    rules: [],
  });
});

it('says in words what was not made, what came and what to pass', () => {
  expect(messageOf({ shop: 'https://acme.myshopify.com/', token: 't' })).toBe(
    'No connector was made: shopify({ shop }) wants the name before ".myshopify.com", got "https://acme.myshopify.com/". Pass "acme".',
  );
  expect(messageOf({ shop: 'acme' })).toBe(
    'No connector was made: shopify({ token }) wants a token, got nothing. Correct it where the connector is made.',
  );
  expect(messageOf({ shop: 'acme' }, {})).toMatch(/shopify\(\{ token \}\) is not as wanted: .*, got nothing\. Correct/);
  expect(messageOf({ shop: 'acme', token: '', limits: { perSecond: '4' } })).toMatch(
    /shopify\(\{ token \}\) .* got an empty text\. .* shopify\(\{ limits\.perSecond \}\) .* got another text\. Correct/,
  );
  expect(messageOf(undefined)).toMatch(/shopify\(options\) .* got nothing\./);
});

it('names an option that it does not know, and those that it knows', () => {
  expect(messageOf({ shop: 'acme', token: 't', tokn: 'x' })).toBe(
    'No connector was made: shopify(options) has no option "tokn". Leave it out or pass one of "shop", "token", "limits", "rules".',
  );
  expect(messageOf({ shop: 'acme', token: 't', rules: [{ rate: '0.2', titel: 'x' }] })).toContain(
    'no option "rules.0.titel". Leave it out or pass one of "rate".',
  );
  expect(messageOf({ shop: 'acme', token: 't', shpat_0123456789abcdef0123: 1 })).not.toContain('0123');
});

it('quotes no text that was not named as harmless', () => {
  const secret = 's3cr3t';
  expect(messageOf({ shop: secret.toUpperCase(), token: { value: secret } })).not.toMatch(/s3cr3t/i);
  expect(messageOf({ shop: 'acme', token: [secret] })).not.toContain(secret);
  expect(messageOf(secret)).not.toContain(secret);
});
