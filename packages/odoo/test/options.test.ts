import { isCommerceError } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { odoo, type OdooOptions } from '../src/index.ts';

const good: OdooOptions = {
  url: 'https://erp.example.com',
  database: 'shop',
  apiKey: 'k',
  login: 'hub',
  version: '19',
};
const canary = 'canary-7f3a';

/** What is said of options as JavaScript may pass them. */
function said(options: unknown): string {
  try {
    // On purpose not what the compiler would let through.
    odoo(options as OdooOptions);
  } catch (error) {
    if (isCommerceError(error, 'options.invalid')) return error.message;
    throw error;
  }
  return 'accepted';
}

const bad: readonly (readonly [string, Partial<OdooOptions>])[] = [
  ['an address with a password in it', { url: `https://admin:${canary}@erp.example.com` }],
  ['an address with a path', { url: 'https://erp.example.com/odoo' }],
  ['a file as the address', { url: 'file:///etc/passwd' }],
  ['no address at all', { url: canary }],
  ['a database that would end its header', { database: `shop\r\nx-evil: ${canary}` }],
  ['a key with a line break', { apiKey: `${canary}\nx` }],
  ['a key pasted with blanks', { apiKey: ` ${canary} ` }],
  ['an empty key', { apiKey: '' }],
  ['a module of external ids with a dot', { externalIdModule: 'a.b' }],
  ['a module of external ids that is a path', { externalIdModule: '../base' }],
  ['a company that is no id', { company: -1 }],
  ['half a company', { company: 1.5 }],
  ['an overlap below a transaction', { overlapSeconds: 10 }],
  ['a limit below what Odoo takes to commit', { timeoutMs: 1_000 }],
  ['no call at all at one moment', { simultaneousCalls: 0 }],
  ['more calls at one moment than any Odoo has connections', { simultaneousCalls: 65 }],
  ['a tax rate in per cent', { taxes: [{ rate: '20 %', tax: 5 }] }],
  ['a time zone that is none', { timeZone: 'Mars/Olympus' }],
  ['a time zone that is an offset', { timeZone: '+02:00' }],
  ['a currency that is none', { pricelists: { euro: 2 } }],
];

describe('odoo(options)', () => {
  it.each(bad)('refuses %s without repeating it', (_, change) => {
    const make = () => odoo({ ...good, ...change });
    expect(make).toThrow(expect.objectContaining({ code: 'options.invalid' }));
    expect(make).not.toThrow(canary);
  });

  it.each([
    ['url', undefined],
    ['apiKey', `${canary}\n`],
    ['login', ''],
    ['warehouse', {}],
    ['taxes', [{ rate: '20 %', tax: 5 }]],
    ['roundingProduct', ''],
    ['timeoutMs', '120000'],
    ['simultaneousCalls', '8'],
    ['fetch', canary],
  ])('refuses %s %j in three parts', (name, value) => {
    const words = said({ ...good, [name]: value });
    expect(words).toMatch(new RegExp(`^No connector was made: odoo\\(\\{ ${name}[\\w.]* \\}\\) wants `));
    expect(words).toMatch(/, got [^.]+\. (Pass|Correct|Leave) .+\.$/);
    expect(words).not.toContain(canary);
  });

  it('refuses to be called without options', () => {
    expect(said(undefined)).toMatch(/^No connector was made: odoo\(options\) wants .*, got nothing\. Pass .+\.$/);
  });

  it('names a misspelt option and the known ones, also in a tax rule', () => {
    expect(said({ ...good, pricelist: { EUR: 2 } })).toMatch(/no option "pricelist"\. .* one of "url", .*"pricelists"/);
    // A rule without its condition would fit every tax.
    expect(said({ ...good, taxes: [{ titel: 'VAT', tax: 5 }] })).toMatch(
      /no option "taxes\.0\.titel"\. Leave it out or pass one of "rate", "title", "included", "owedBy", "tax"\.$/,
    );
  });

  it('wants a login for a release where the key alone says nothing', () => {
    const { login: _, ...rest } = good;
    expect(() => odoo({ ...rest, version: '17' })).toThrow(/login/);
    expect(odoo(rest).platform).toBe('odoo');
  });

  it('offers what it does', () => {
    expect(odoo(good).operations.toSorted()).toEqual([
      'categories.pull',
      'customers.create',
      'customers.get',
      'customers.pull',
      'fulfillments.get',
      'fulfillments.pull',
      'inventory.get',
      'inventory.pull',
      'invoices.confirm',
      'invoices.create',
      'invoices.get',
      'invoices.pull',
      'invoices.readiness',
      'orders.cancel',
      'orders.confirm',
      'orders.create',
      'orders.get',
      'orders.pull',
      'payments.create',
      'payments.pull',
      'prices.get',
      'prices.pull',
      'products.get',
      'products.pull',
      'products.push',
      'purchases.cancel',
      'purchases.create',
      'purchases.get',
      'purchases.pull',
      'receipts.confirm',
      'receipts.pull',
      'refunds.create',
      'refunds.pull',
      'returns.confirm',
      'returns.create',
      'returns.get',
      'returns.pull',
      'shipments.confirm',
      'shipments.pull',
    ]);
  });
});
