import * as z from 'zod';
import { optionalMany2one, optionalText, recordId, rowOf, utcDatetime } from './value.ts';

/** A person, a company or one of their addresses. Fields of res.partner: recorded on Odoo 19.0, 2026-11-23. */
const partner = z.object({
  id: recordId,
  name: optionalText,
  ref: optionalText,
  email: optionalText,
  phone: optionalText,
  vat: optionalText,
  is_company: z.boolean(),
  company_name: optionalText,
  parent_id: optionalMany2one,
  type: optionalText,
  street: optionalText,
  street2: optionalText,
  city: optionalText,
  zip: optionalText,
  state_id: optionalMany2one,
  country_id: optionalMany2one,
  write_date: utcDatetime,
});
export type PartnerWire = z.output<typeof partner>;
export const partnerRow = rowOf(partner);

/** An address with what tells whether anybody wrote on it since it was made. */
export const addressRow = rowOf(partner.extend({ create_date: utcDatetime }));

/** By what a customer is told from others. Odoo reads the mailbox out of an e-mail field that holds a name, too. */
const identity = z.object({
  id: recordId,
  active: z.boolean(),
  parent_id: optionalMany2one,
  ref: optionalText,
  email_normalized: optionalText,
});
export type IdentityWire = z.output<typeof identity>;
export const identityRow = rowOf(identity);

/** What tells who made a customer. The notes are HTML and for the users of Odoo alone. */
const markedPartner = identity.extend({ comment: optionalText });
export type MarkedPartnerWire = z.output<typeof markedPartner>;
export const markedPartnerRow = rowOf(markedPartner);

export const countryRow = rowOf(z.object({ id: recordId, code: optionalText }));
export const stateRow = rowOf(
  z.object({ id: recordId, code: optionalText, name: optionalText, country_id: optionalMany2one }),
);
