import * as z from 'zod';
import { expect, it } from 'vitest';
import { isCommerceError } from '../../src/errors/commerce-error.ts';
import { parseOptions } from '../../src/connector/parse-options.ts';

const schema = z.object({
  shop: z.string().regex(/^[a-z0-9-]+$/, 'wants the name before ".myshopify.com"'),
  token: z.string().min(1),
  limits: z.object({ perSecond: z.number() }).optional(),
});

function messageOf(value: unknown, shown: readonly string[] = ['shop']): string {
  try {
    parseOptions(schema, value, 'shopify', shown);
  } catch (error) {
    if (isCommerceError(error, 'options.invalid')) return error.message;
    throw error;
  }
  return 'accepted';
}

it('gives back good options', () => {
  expect(parseOptions(schema, { shop: 'acme', token: 't', more: 1 }, 'shopify')).toEqual({ shop: 'acme', token: 't' });
});

it('says in words which option is wrong', () => {
  expect(messageOf({ shop: 'https://acme.myshopify.com/', token: 't' })).toBe(
    'shopify({ shop }) wants the name before ".myshopify.com", got "https://acme.myshopify.com/".',
  );
  expect(messageOf({ shop: 'acme' })).toBe(
    'shopify({ token }) is not as wanted: Invalid input: expected string, received undefined, got nothing.',
  );
  expect(messageOf({ shop: 'acme', token: '', limits: { perSecond: '4' } })).toMatch(
    /^shopify\(\{ token \}\) .* got an empty text\. shopify\(\{ limits\.perSecond \}\) .* got another text\.$/,
  );
  expect(messageOf(undefined)).toMatch(/^shopify\(options\) .* got nothing\.$/);
});

it('quotes no value that was not named as harmless', () => {
  const secret = 's3cr3t';
  expect(messageOf({ shop: secret.toUpperCase(), token: { value: secret } }, [])).not.toMatch(/s3cr3t/i);
  expect(messageOf({ shop: 'acme', token: [secret] })).not.toContain(secret);
  expect(messageOf(secret)).not.toContain(secret);
});
