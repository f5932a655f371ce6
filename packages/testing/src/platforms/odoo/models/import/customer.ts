import type { Row } from '../../orm/database.ts';
import { link, rowOf, rowsWhere, str, type Env, type Vals } from '../../orm/env.ts';
import { resolveExternalId } from '../../orm/external-id.ts';
import { create } from '../../orm/records.ts';
import { checkAccess } from '../../orm/access.ts';
import { isVisible } from '../../orm/companies.ts';
import { modelOf } from '../../orm/get.ts';
import { Left } from './left.ts';
import { bindNewId } from './names.ts';
import type { ImportedAddress, ImportedCustomer } from './orders-call.ts';

/** The customer of an order: the one that is named, the one that is found, or a new one. */
export function customerOf(env: Env, wanted: ImportedCustomer): Row {
  if ('find' in wanted) return foundCustomer(env, wanted) ?? newCustomer(env, wanted);
  const row = env.db.row('res.partner', wanted.id);
  if (!row || row['active'] === false) throw new Left('customer');
  return row;
}

type Found = Extract<ImportedCustomer, { readonly find: unknown }>;

function foundCustomer(env: Env, { id, find }: Found): Row | undefined {
  const own = partnerOf(env, id);
  // Archived, or of another company.
  if (own && !(own['active'] !== false && isVisible(env, modelOf(env, 'res.partner'), own))) throw new Left('customer');
  // The mailbox is only for who has no account number: two accounts may share one.
  const [field, value] = find.ref === '' ? (['email_normalized', find.email] as const) : (['ref', find.ref] as const);
  if (value === '') return own;
  // Wherever a person put who was made of it: only another mailbox or number makes it another customer.
  if (own && str(own, field) === value) return own;
  const found = roots(env, field, value);
  const guests = field === 'ref' ? found : found.filter((row) => str(row, 'ref').trim() === '');
  return single(guests.length > 0 ? guests : found) ?? own;
}

function single([row, ...more]: readonly Row[]): Row | undefined {
  if (more.length > 0) throw new Left('customer');
  return row;
}

function roots(env: Env, field: 'ref' | 'email_normalized', value: string): Row[] {
  return rowsWhere(env, 'res.partner', field, value).filter(
    (row) => row['active'] !== false && link(row, 'parent_id') === undefined,
  );
}

function newCustomer(env: Env, { id, values, deliveries }: Found): Row {
  const made = newPartner(env, id, filled(values));
  deliveries.forEach((delivery, index) => {
    newPartner(env, `${id}_a${index + 1}`, { ...filled(delivery.values), type: 'delivery', parent_id: made.id });
  });
  return made;
}

/** Where a bill or the goods go: the customer, an address of the customer that is the same, or a new one. */
export function addressOf(env: Env, customer: Row, wanted: ImportedAddress | null, module: string): number {
  if (!wanted) return customer.id;
  const { key, type, values } = wanted;
  const named = { ...values, name: values.name === '' ? str(customer, 'name') : values.name };
  const same = [customer, ...rowsWhere(env, 'res.partner', 'parent_id', customer.id)].find((row) => isSame(row, named));
  if (same) return same.id;
  const id = `${module}.address_${customer.id}-${type}-${key}`;
  for (let nth = 1; ; nth++) {
    const name = nth === 1 ? id : `${id}_v${nth}`;
    const known = partnerOf(env, name);
    if (!known) return newPartner(env, name, { ...filled(named), type, parent_id: customer.id }).id;
    if (link(known, 'parent_id') === customer.id && (isSame(known, named) || isUntouched(known))) return known.id;
  }
}

function isUntouched(row: Row): boolean {
  return row['active'] !== false && row['create_date'] === row['write_date'];
}

const alwaysCompared = ['name', 'street', 'street2', 'city', 'zip'] as const;

function isSame(row: Row, values: ImportedAddress['values']): boolean {
  return (
    row['active'] !== false &&
    alwaysCompared.every((field) => words(str(row, field)) === words(values[field])) &&
    (['phone', 'email'] as const).every(
      (field) => values[field] === '' || words(str(row, field)) === words(values[field]),
    ) &&
    (['country_id', 'state_id'] as const).every((field) => (link(row, field) ?? false) === (values[field] ?? false))
  );
}

/** A text without its capitals and without more than one blank at a place. */
const words = (text: string) => text.toLowerCase().split(/\s+/).filter(Boolean).join(' ');

function newPartner(env: Env, externalId: string, vals: Vals): Row {
  checkAccess(env, modelOf(env, 'res.partner'), 'create');
  const [id = 0] = create(env, 'res.partner', [vals]);
  bindNewId(env, externalId, 'res.partner', id);
  return rowOf(env, 'res.partner', id);
}

function partnerOf(env: Env, externalId: string): Row | undefined {
  const found = resolveExternalId(env, externalId);
  return found?.model === 'res.partner' ? env.db.row('res.partner', found.id) : undefined;
}

/** Without what is empty, which is not written. */
export function filled(values: Vals): Vals {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '' && value != null));
}
