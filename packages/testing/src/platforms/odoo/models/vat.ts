import type { Row } from '../orm/database.ts';
import { str, type Env, type Vals } from '../orm/env.ts';
import { validationError } from '../orm/python-error.ts';

interface Format {
  readonly number: RegExp;
  /** What a refusal gives as an example. */
  readonly expected: string;
}

// Recorded on Odoo 19.0 with `base_vat`, 2026-11-26. Only the form is checked here, no check digit, and other
// countries take anything: what the fake refuses the server refuses too, not the other way round.
const formats: Readonly<Record<string, Format>> = {
  AT: { number: /^U\d{8}$/, expected: 'ATU12345675' },
  BE: { number: /^[01]\d{9}$/, expected: 'BE0477472701' },
  DE: { number: /^\d{9}$|^\d{2}\/\d{3}\/\d{5}$/, expected: 'DE123456788 or 12/345/67890' },
  FR: { number: /^[A-Z\d]{2}\d{9}$/, expected: 'FR23334175221' },
  NL: { number: /^\d{9}B\d{2}$/, expected: 'NL123456782B90' },
};

/** Refuses a VAT number that a contact's country does not write so, and brings others into their usual form. */
export function checkedVat(env: Env, row: Row | undefined, vals: Vals): Vals {
  const given = vals['vat'] ?? row?.['vat'];
  const place = vals['country_id'] ?? row?.['country_id'];
  const country = typeof place === 'number' ? env.db.row('res.country', place) : undefined;
  const touched = 'vat' in vals || 'country_id' in vals;
  if (!touched || typeof given !== 'string' || given === '' || given === '/' || !country) return vals;
  if (given.length === 1) throw validationError("To explicitly indicate no (valid) VAT, use '/' instead. ");
  const plain = given.replaceAll(/[\s.-]/g, '').toUpperCase();
  const prefix = Object.keys(formats).find((code) => plain.startsWith(code) && !/^\d/.test(plain));
  const number = prefix === undefined ? plain : plain.slice(2);
  const format = formats[prefix ?? str(country, 'code')];
  if (!format) return vals;
  if (format.number.test(number) || env.context['no_vat_validation'] === true) {
    return 'vat' in vals ? { ...vals, vat: `${prefix ?? ''}${number}` } : vals;
  }
  const name = typeof vals['name'] === 'string' ? vals['name'] : row ? str(row, 'name') : '';
  throw validationError(
    `\nThe VAT number [${number}] for partner [${name}] does not seem to be valid.  \nNote: the expected format is ${format.expected}`,
  );
}
