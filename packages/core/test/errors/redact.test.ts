import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact, type Json } from '@crossdock/core/model';

const secret = 's3cr3t&/"key';
/** Everything that must not be found again, wherever it was planted. */
const canaries = {
  shopifyToken: `shpat_${'0123456789abcdef'.repeat(2)}`,
  wooKey: `ck_${'0123456789'.repeat(4)}`,
  lwaToken: 'Atza|IwEBIExampleTokenThatIsLong0',
  awsKey: 'AKIAABCDEFGHIJKLMNOP',
  jwt: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJqYW5lIn0.c2lnbmF0dXJl',
  email: 'jane.doe+shop@mail.example.co.uk',
  umlautEmail: 'jürgen@müller.example',
  phone: '+49 (0)30 1234-567',
  usPhone: '(555) 123-4567',
  dialed: '0046 8 123 456 78',
};
const everyCanary = Object.values(canaries);
/** What a person needs to find the record, and must stay. */
const evidence = [
  'TEE-RED-M',
  '85123A',
  '#1042',
  '206-8395012-7262931',
  'SO/2026/00042',
  '1Z999AA10123456784',
  '00123456789012345675',
  '4006381333931',
  'gid://shopify/Order/5551234567890',
  '550e8400-e29b-41d4-a716-446655440000',
  '2026-11-23T13:36:43+01:00',
  '-1234.50',
  'Basic authentication was refused',
  'status: 404',
];

describe('redact in text', () => {
  it.each(everyCanary)('takes "%s" out of a sentence', (canary) => {
    const clean = redact(`The answer said ${canary}, and no more.`);
    expect(clean).toBe('The answer said [redacted], and no more.');
  });

  it.each(evidence)('keeps "%s"', (text) => {
    expect(redact(`Order ${text} was refused.`)).toBe(`Order ${text} was refused.`);
  });

  it.each([
    ['Authorization: Bearer abc.def-123', 'Authorization: [redacted]'],
    ['authorization: AWS4-HMAC-SHA256 Credential=A/b, Signature=0f0f\nhost: x', 'authorization: [redacted]\nhost: x'],
    ['Cookie: session=1; other=2', 'Cookie: [redacted]'],
    ['sent "Basic YWRtaW46c2VjcmV0"', 'sent "Basic [redacted]"'],
    ['X-Shopify-Access-Token: 0a1b2c', 'X-Shopify-Access-Token: [redacted]'],
    ['password=hunter2&page=3', 'password=[redacted]&page=3'],
    ['api_key: abc, retry: 3', 'api_key: [redacted], retry: 3'],
    ['first_name=Jane&sku=TEE', 'first_name=[redacted]&sku=TEE'],
    ['phone: 030 1234567, sku: TEE', 'phone: [redacted], sku: TEE'],
    [
      'GET https://user:pass@shop.example:8080/a/7?access_token=x#top failed',
      'GET https://shop.example:8080/a/7 failed',
    ],
    ['see <https://shop.example/a?b=c>', 'see <https://shop.example/a>'],
    ['john%40shop.example asked', '[redacted] asked'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----', '[redacted]'],
  ])('makes of %j %j', (text, clean) => {
    expect(redact(text)).toBe(clean);
  });

  it('takes known secrets out in every form in which they travel', () => {
    for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret)]) {
      expect(redact(`sent ${form} to the shop`, [secret])).not.toContain('s3cr3t');
    }
  });

  it('does not shred a text for a secret that is hardly one, and takes the longer of two first', () => {
    expect(redact('a cat sat', ['', 'a', 'cat'])).toBe('a cat sat');
    expect(redact('key-and-more', ['key-and', 'key-and-more'])).toBe('[redacted]');
  });

  it('cleans JSON that is quoted or cut off', () => {
    const body = '{"order":"1042","billing":{"first_name":"Jane","email":"jane@mail.example","password":"x"}';
    const clean = redact(`The answer began ${body}`);
    expect(clean).toContain('1042');
    expect(clean).not.toMatch(/Jane|mail\.example|"x"/);
  });

  it('cleans a body that is JSON as JSON, without changing long numbers', () => {
    const body = '{"id":12345678901234567890,"customer":{"name":"Jane Doe","id":77},"sku":"TEE"}';
    expect(JSON.parse(redact(body))).toEqual({
      id: '12345678901234567890',
      customer: { name: '[redacted]', id: 77 },
      sku: 'TEE',
    });
  });

  it('changes nothing more when it is done again', () => {
    const text = everyCanary.join(' and ');
    expect(redact(redact(text))).toBe(redact(text));
    expect(redact(redact('Authorization: Bearer abc123, password=x'))).toBe(
      redact('Authorization: Bearer abc123, password=x'),
    );
  });

  // Linear work takes a few dozen milliseconds; what backtracks takes minutes, and the runner's limit ends it.
  it('reads a long text once, whatever is in it', { timeout: 5_000 }, () => {
    const long = [
      'a',
      '1 ',
      '+1',
      '"',
      '"a":',
      'a.',
      'a@',
      '0',
      'tel ',
      'Bearer ',
      'authorization',
      '{',
      'eyJaaaaaaaaa.',
    ];
    for (const piece of long) expect(redact(piece.repeat(200_000 / piece.length)).length).toBeGreaterThan(0);
  });
});

describe('redact in a record', () => {
  it('takes a person out of an order, and leaves the order', () => {
    const order = {
      number: '#1042',
      total: { amount: '49.94', currency: 'EUR' },
      buyer: { name: 'Jane Doe', email: canaries.email, accountNumber: 'K-100', taxId: 'DE123456789' },
      shippingAddress: {
        name: 'Jane Doe',
        company: 'Doe 2000',
        lines: ['Main Street 1', 'c/o 2nd floor'],
        city: 'Berlin',
        subdivision: 'BE',
        postalCode: '10115',
        countryCode: 'DE',
        phone: '0301234567',
      },
      lines: [{ id: 'l1', sku: 'TEE-RED-M', name: 'Red shirt', quantity: 2 }],
      shipping: { amount: '4.90', currency: 'EUR' },
      customer: { ref: { system: 'erp', kind: 'customer', id: '77' } },
    };
    expect(redact(order)).toEqual({
      ...order,
      buyer: { name: '[redacted]', email: '[redacted]', accountNumber: 'K-100', taxId: '[redacted]' },
      shippingAddress: {
        name: '[redacted]',
        company: '[redacted]',
        lines: '[redacted]',
        city: '[redacted]',
        subdivision: '[redacted]',
        postalCode: '[redacted]',
        countryCode: 'DE',
        phone: '[redacted]',
      },
    });
  });

  it('knows the names that platforms use', () => {
    const woo = {
      billing: { first_name: 'Jane', address_1: 'Main 1', state: 'BE', postcode: '10115', country: 'DE' },
      customer_id: 4,
    };
    expect(JSON.stringify(redact(woo))).toBe(
      '{"billing":{"first_name":"[redacted]","address_1":"[redacted]","state":"[redacted]","postcode":"[redacted]","country":"DE"},"customer_id":4}',
    );
    expect(redact({ partner_id: [7, 'Jane Doe'], vat: 'DE1', login: 'jane', state: 'sale' })).toEqual({
      partner_id: [7, '[redacted]'],
      vat: '[redacted]',
      login: '[redacted]',
      state: 'sale',
    });
    expect(redact({ userErrors: [{ field: ['input', 'sku'], message: 'taken', code: 'TAKEN' }] })).toEqual({
      userErrors: [{ field: ['input', 'sku'], message: 'taken', code: 'TAKEN' }],
    });
  });

  it('takes out what a buyer wrote and what was found out about them, and leaves what decides', () => {
    const order = {
      number: '#1042',
      purchaseNumber: 'Doe / kitchen',
      test: true,
      attributes: { giftFrom: 'Jane', dateOfParty: 'tomorrow' },
      risk: {
        advice: 'investigate',
        assessments: [{ level: 'high', provider: 'fraud-app', facts: ['The card belongs to Jane Doe.'] }],
      },
      lines: [{ id: 'l1', sku: 'MUG', quantity: 1, orderedQuantity: 2, attributes: { Engraving: 'For Jane' } }],
    };

    expect(redact(order)).toEqual({
      ...order,
      purchaseNumber: '[redacted]',
      attributes: { giftFrom: '[redacted]', dateOfParty: '[redacted]' },
      risk: {
        advice: 'investigate',
        assessments: [{ level: 'high', provider: 'fraud-app', facts: ['[redacted]'] }],
      },
      lines: [{ ...order.lines[0], attributes: { Engraving: '[redacted]' } }],
    });
  });

  it('takes the place out of what a carrier reports, and leaves what happened and when', () => {
    const report = { status: 'out-for-delivery', at: '2026-11-26T09:00:00Z', city: 'Berlin', country: 'DE' };

    expect(redact(report)).toEqual({ ...report, city: '[redacted]' });
  });

  it.each([
    'password',
    'accessToken',
    'refresh_token',
    'client_secret',
    'X-Api-Key',
    'apiKey',
    'Authorization',
    'consumer_key',
    'hmac',
    'signature',
    'private_key',
    'set-cookie',
  ])('keeps nothing under "%s"', (key) => {
    expect(redact({ [key]: { deep: ['planted'] } })).toEqual({ [key]: '[redacted]' });
    expect(redact({ [key]: 12345 })).toEqual({ [key]: '[redacted]' });
  });

  it('keeps keys that only sound like secrets', () => {
    const harmless = { idempotencyKey: 'run-1/create', key: 'order/7', requiresShipping: true, code: 'sku.unknown' };
    expect(redact(harmless)).toEqual(harmless);
  });

  it('keeps the id of a customer and not their name, under the same key', () => {
    expect(redact({ customer: 'gid://shopify/Customer/7', buyer: 'Jane Doe', user: 'jane' })).toEqual({
      customer: 'gid://shopify/Customer/7',
      buyer: '[redacted]',
      user: '[redacted]',
    });
  });

  it('cleans keys, numbers that are secrets, and texts however deep', () => {
    expect(
      redact({ 'jane@mail.example': [[{ note: `call ${canaries.phone}`, pin2: 9_876_543 }]] }, ['9876543']),
    ).toEqual({
      '[redacted]': [[{ note: 'call [redacted]', pin2: '[redacted]' }]],
    });
  });

  it('is not led astray by a key that objects have of their own', () => {
    const hostile: Json = JSON.parse('{"__proto__":{"email":"jane@mail.example"},"constructor":"x"}');
    expect(JSON.stringify(redact(hostile))).toBe('{"__proto__":{"email":"[redacted]"},"constructor":"x"}');
  });

  it('ends, however deep a record is', () => {
    let deep: Json = canaries.email;
    for (let level = 0; level < 5_000; level += 1) deep = [deep];
    expect(JSON.stringify(redact(deep))).not.toContain(canaries.email);
  });

  it('finds every canary, wherever it is planted', () => {
    const anyPlace = fc.letrec<{ node: Json; leaf: Json }>((tie) => ({
      leaf: fc
        .tuple(
          fc.constantFrom('', 'it said ', '("', 'x: '),
          fc.constantFrom(...everyCanary, secret),
          fc.constantFrom('', '.', '")', ' !'),
        )
        .map(([before, canary, after]) => `${before}${canary}${after}`),
      node: fc.oneof(
        { maxDepth: 4 },
        tie('leaf'),
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('a', 'details', 'customer', 'message'), tie('node'), { maxKeys: 3 }),
      ),
    })).node;
    fc.assert(
      fc.property(anyPlace, fc.boolean(), (value, asText) => {
        const clean = JSON.stringify(redact(asText ? JSON.stringify(value) : value, [secret]));
        for (const canary of [...everyCanary, 's3cr3t']) expect(clean).not.toContain(canary);
      }),
      { numRuns: 500 },
    );
  });
});
