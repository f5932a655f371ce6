import { CommerceError, isCommerceError, type CustomerDraft } from '@crossdock/core';
import * as z from 'zod';
import type { Connection } from './connection.ts';

/**
 * What Odoo refused, told of the customer that was meant, by account number: their name and VAT number may be a person's.
 * What is no refusal is given back as it is.
 */
export function customerRefusal(
  { settings }: Connection,
  draft: CustomerDraft,
  error: CommerceError,
  operation: 'customers.create' | 'orders.create',
): CommerceError {
  if (!isCommerceError(error, 'record.rejected')) return error;
  const account = draft.accountNumber?.trim() ?? '';
  const who = numbered.test(account) ? `The customer with account number "${account}"` : 'The customer';
  const country = draft.billingAddress?.countryCode;
  const isVat = draft.taxId !== undefined && ofVat(error);
  const what = isVat ? `Odoo refused the VAT number${country ? ` in country "${country}"` : ''}. ` : '';
  const next = isVat
    ? ' Compare the number and its country with the customer, correct the one that is wrong or leave the number out, then replay.'
    : '';
  return new CommerceError({
    code: 'record.rejected',
    message: `${who} was not created in "${settings.name}". ${what}${error.message}${next}`,
    system: settings.name,
    operation,
    details: { ...detailsOf(error), ...(isVat ? { field: 'vat' } : {}) },
    cause: error,
  });
}

/** A number that a seller gives; some shops have the mailbox or the name in its place. */
const numbered = /^(?=.*\d)[\w./#-]{1,40}$/;

/**
 * Odoo's sentence is in the language of the key's user, but it quotes the number in any of them, and only for a number of
 * one sign it does not. Recorded on Odoo 19.0, 2026-11-26.
 */
function ofVat(error: CommerceError): boolean {
  const said = detailsOf(error);
  return quoting.safeParse(said).success || /\bVAT\b/.test(error.message);
}

const quoting = z.object({ quoted: z.array(z.string()).refine((names) => names.includes('vat')) });

function detailsOf({ details }: CommerceError) {
  return z.record(z.string(), z.json()).catch({}).parse(details);
}
