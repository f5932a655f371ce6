import { describe, expect, it } from 'vitest';
import { CommerceError, describeError, errorRules, isCommerceError, toCommerceError } from '@crossdock/core/model';

const refused = new CommerceError({
  code: 'record.rejected',
  message: 'Order "1042" was not created in "erp": the answer named jane@mail.example. Correct it, then replay.',
  system: 'erp',
  operation: 'orders.create',
  refs: [{ system: 'shop', kind: 'order', id: '7' }],
  retryAfterMs: 500,
  details: { buyer: { name: 'Jane Doe' }, sku: 'TEE-RED-M', token: 'abc' },
  cause: new TypeError('fetch failed for https://shop.example/a?key=k3y'),
});

describe('CommerceError', () => {
  it('takes what its code means from the table', () => {
    for (const [code, rule] of Object.entries(errorRules)) {
      const error = new CommerceError({ code: code as keyof typeof errorRules, message: 'Said.' });
      expect(error).toMatchObject({ kind: rule.kind, retryable: rule.retryable, category: rule.category });
    }
  });

  it('is known by its mark and not by its class, so that two copies of core understand each other', () => {
    const mark = Symbol.for('@crossdock/core/commerce-error');
    const ofAnotherCopy = Object.assign(new Error('Said.'), { code: 'sku.unknown', [mark]: true });
    expect(isCommerceError(ofAnotherCopy)).toBe(true);
    expect(isCommerceError(ofAnotherCopy, 'sku.unknown')).toBe(true);
    expect(isCommerceError(ofAnotherCopy, 'sku.missing')).toBe(false);
  });

  const named = Object.assign(new Error('Said.'), { code: 'sku.unknown' });
  it.each([undefined, null, 'sku.unknown', new Error('Said.'), { code: 'sku.unknown' }, named])(
    'is not %s',
    (value) => {
      expect(isCommerceError(value)).toBe(false);
    },
  );

  it('has no details and no references unless given any', () => {
    const error = new CommerceError({ code: 'sku.unknown', message: 'Said.' });
    expect(error).toMatchObject({ name: 'CommerceError', details: null, refs: [] });
    expect(error).not.toHaveProperty('cause');
  });
});

describe('describeError', () => {
  it('tells everything about an error of ours, without a person and without a secret', () => {
    expect(describeError(refused, ['k3y'])).toEqual({
      error: 'CommerceError',
      code: 'record.rejected',
      kind: 'business',
      category: 'data',
      retryable: false,
      message: 'Order "1042" was not created in "erp": the answer named [redacted]. Correct it, then replay.',
      system: 'erp',
      operation: 'orders.create',
      refs: [{ system: 'shop', kind: 'order', id: '7' }],
      retryAfterMs: 500,
      details: { buyer: { name: '[redacted]' }, sku: 'TEE-RED-M', token: '[redacted]' },
      cause: {
        error: 'TypeError',
        message: 'fetch failed for https://shop.example/a',
        stack: expect.arrayContaining([expect.stringMatching(/^at /)]),
      },
    });
  });

  it('tells of a stranger where it happened and the code that its platform gave it', () => {
    const reset = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
    expect(describeError(reset)).toMatchObject({ error: 'Error', code: 'ECONNRESET', message: 'read ECONNRESET' });
  });

  it('follows the causes, also when they are several or a ring', () => {
    const ring = new Error('ring');
    ring.cause = ring;
    const several = new AggregateError([new Error('first'), 'second'], 'all');
    expect(JSON.stringify(describeError(ring)).match(/"ring"/g)?.length).toBeGreaterThan(1);
    expect(describeError(several)).toMatchObject({
      errors: [{ message: 'first' }, { error: 'text', message: 'second' }],
    });
  });

  it.each([
    ['text', 'it broke', 'it broke'],
    ['number', 404, '404'],
    ['undefined', undefined, ''],
    ['null', null, ''],
    ['object', { any: 'thing' }, ''],
  ])('tells of a thrown %s', (name, thrown, message) => {
    expect(describeError(thrown)).toEqual({ error: name, message });
  });

  it('can be stored', () => {
    expect(JSON.parse(JSON.stringify(describeError(refused)))).toBeTypeOf('object');
  });
});

describe('toCommerceError', () => {
  it('gives back an error of ours as it is', () => {
    expect(toCommerceError(refused)).toBe(refused);
  });

  it('makes a stranger a defect, and keeps it as the cause', () => {
    const stranger = new TypeError('Cannot read properties of undefined, mail to jane@mail.example');
    const error = toCommerceError(stranger);
    expect(error).toMatchObject({ code: 'flow.defect', cause: stranger });
    expect(error.message).toContain('"TypeError"');
    expect(error.message).toContain('Cannot read properties of undefined');
    expect(error.message).not.toContain('jane@mail.example');
  });

  it('keeps a thrown value that is no error', () => {
    expect(toCommerceError('it broke')).toMatchObject({ code: 'flow.defect', cause: 'it broke' });
    expect(toCommerceError(undefined).message).toContain('"undefined"');
  });
});
