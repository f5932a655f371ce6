import { isCommerceError, type CustomerDraft } from '@crossdock/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { platformWords } from '../src/platform-words.ts';
import { aDraft, aLine } from './drafts.ts';
import { aWorld } from './world.ts';

const address = {
  name: 'Canary Buyerson',
  company: 'Canarian Trade',
  lines: ['77 Canary Wharf Street', 'Back of the yard'],
  city: 'Canaryville',
  postalCode: 'CA7 NRY',
  countryCode: 'GB',
};
const customer: CustomerDraft = {
  name: address.name,
  company: address.company,
  email: 'canary@example.test',
  accountNumber: 'ACC-7-CANARY',
  taxId: 'GB999CANARY',
  billingAddress: address,
  shippingAddresses: [address],
};
/** What must never stand in an error, whatever Odoo says. */
const canaries = [
  'Buyerson',
  'Canarian',
  'Canary Wharf',
  'Back of the yard',
  'Canaryville',
  'CA7 NRY',
  'canary@',
  'ACC-7-CANARY',
  'GB999CANARY',
];

/** Sentences as Odoo, its modules and PostgreSQL make them. */
const sentences = [
  `The VAT number [${customer.taxId}] for partner [${customer.name}] does not seem to be valid.`,
  `The VAT number ${customer.taxId} of ${customer.name.toUpperCase()} is not valid in ${address.city}`,
  `A contact named ${customer.name} lives at ${address.lines.join(', ')}, ${address.postalCode} ${address.city} already`,
  `null value in column "zip"\nDETAIL:  Failing row contains (7, ${customer.name}, ${address.lines[0]}, ${address.city}, ${address.postalCode}).`,
  `duplicate key value\nDETAIL:  Key (ref, email)=(${customer.accountNumber}, ${customer.email}) already exists.`,
  `No matching record found for name '${address.city}' in field 'City'`,
  `You can't deliver to “${address.name}, ${address.lines[0]}” in ‘${address.city}’.`,
  `Partner '${customer.company}' isn't complete: {"street": "${address.lines[0]}", "vat": "${customer.taxId}"`,
];

async function wordsOf(write: Promise<unknown>): Promise<string> {
  try {
    await write;
  } catch (error) {
    if (!isCommerceError(error)) throw error;
    return JSON.stringify([error.message, error.details, error.refs, error.stack, error.cause]);
  }
  throw new Error('The write was not refused.');
}

describe.each(['18.0', '19.0'] as const)('what Odoo %s says of a customer', (version) => {
  const refusal = (message: string, name = 'odoo.exceptions.ValidationError') => {
    const data = { name, message, arguments: [message], context: {}, debug: message };
    const body =
      version === '19.0' ? data : { jsonrpc: '2.0', id: 1, error: { code: 0, message: 'Odoo Server Error', data } };
    const headers = { 'content-type': 'application/json' };
    return { kind: 'answer', status: version === '19.0' ? 422 : 200, headers, body: JSON.stringify(body) } as const;
  };

  it.each(sentences)('is not told on: %s', async (sentence) => {
    const world = aWorld(version);
    world.platform.faults.next('res.partner.load', refusal(sentence));
    const told = await wordsOf(world.erp.customers.create(customer, { idempotencyKey: 'k' }));
    expect(told).toContain('ValidationError');
    // The seller's own number for the customer is how we name them; Odoo's sentence does not.
    const words = told.replaceAll(String.raw`The customer with account number \"ACC-7-CANARY\"`, '');
    for (const canary of canaries) expect(words.toLowerCase()).not.toContain(canary.toLowerCase());
  });

  it('is not told on by a refused address of an order, nor by a search', async () => {
    const world = aWorld(version);
    const draft = aDraft({
      lines: [aLine({ sku: 'TEE' })],
      customer: world.customer,
      billingAddress: address,
      shippingAddress: address,
    });
    for (const sentence of sentences.slice(1, 3)) {
      world.platform.faults.next('res.partner.load', refusal(sentence));
      const told = await wordsOf(world.erp.orders.create(draft, { idempotencyKey: 'k' }));
      // This call knows neither the customer's account nor its number with the tax office.
      for (const canary of canaries.slice(0, 6)) expect(told.toLowerCase()).not.toContain(canary.toLowerCase());
    }
    world.platform.faults.next('res.partner.search_read', refusal(`Nobody is called ${customer.accountNumber} here`));
    expect(await wordsOf(world.erp.customers.get({ accountNumber: 'ACC-7-CANARY' }))).not.toContain('ACC-7-CANARY');
  });
});

describe('a quoted sentence', () => {
  const words = platformWords(['a-secret-key']);

  it.each([
    [
      "Missing required value for the field 'Customer' (partner_id).",
      'Missing required value for the field … partner_id.',
    ],
    ["the model 'res.nope' does not exist", 'the model res.nope does not exist'],
    [
      "You can't confirm the customers' orders, it doesn't work.",
      "You can't confirm the customers' orders, it doesn't work.",
    ],
    ["Name 'Jane O'Brien' isn't good", "Name … isn't good"],
    ["Name 'Jane doesn't end", 'Name …'],
    ['Record is gone. (Record: res.partner(9,), User: 5)', 'Record is gone. …'],
    ['Key a-secret-key is old', 'Key … is old'],
  ])('keeps what a person needs: %s', (sentence, expected) => {
    expect(words(sentence)).toBe(expected);
  });

  it('never holds a value that was sent, whatever stands around it', () => {
    const value = fc
      .string({ unit: 'grapheme', minLength: 5, maxLength: 30 })
      .filter((text) => /^\p{L}{5,}$/u.test(text));
    fc.assert(
      fc.property(fc.string(), value, fc.string(), (before, name, after) => {
        const text = words(`${before} ${name} ${after}`, { data: [['1', name]] });
        fc.pre(!before.includes(name) && !after.includes(name));
        expect(text).not.toContain(name);
      }),
    );
  });
});
