import type { Json } from '@crossdock/core';
import type { Row } from '../orm/database.ts';
import { link, rowOf, rowsWhere, store, str, type Env, type Vals } from '../orm/env.ts';
import { write } from '../orm/records.ts';

// What a contact shares with the company above it. Recorded on Odoo 19.0, 2026-11-26; its order of things is that of
// the source of Odoo 19.0, read 2026-11-26.

const address = ['street', 'street2', 'zip', 'city', 'state_id', 'country_id'] as const;

type Values = { [field: string]: Json };

const valuesOf = (row: Row): Values => Object.fromEntries(address.map((field) => [field, row[field]]));
const hasAddress = (row: Row) => address.some((field) => row[field] !== undefined);
const isContact = (row: Row) => str(row, 'type') === 'contact';

/**
 * A contact without a type of its own has the address of its company, whatever it was made with, and changes it for
 * both; every address below a company has its VAT number.
 */
export function syncPartner(env: Env, row: Row, vals: Vals): void {
  const above = link(row, 'parent_id');
  const parent = above === undefined ? undefined : rowOf(env, 'res.partner', above);
  if (parent) fromAbove(env, row, parent, vals);
  if (parent && isContact(row) && [...address, 'parent_id'].some((field) => field in vals)) toParent(env, row, parent);
  if (parent && row['is_company'] !== true && ('vat' in vals || 'parent_id' in vals)) {
    if (row['vat'] !== undefined && row['vat'] !== parent['vat'])
      write(env, 'res.partner', [parent.id], { vat: row['vat'] });
  }
  toChildren(env, row, vals);
}

function fromAbove(env: Env, row: Row, parent: Row, vals: Vals): void {
  const moved = typeof vals['parent_id'] === 'number';
  if (moved && row['is_company'] !== true) store(env, 'res.partner', row, { vat: parent['vat'] });
  if ((moved || vals['type'] === 'contact') && isContact(row) && hasAddress(parent)) {
    store(env, 'res.partner', row, valuesOf(parent));
  }
}

function toParent(env: Env, row: Row, parent: Row): void {
  if (!hasAddress(row) || address.every((field) => row[field] === parent[field])) return;
  write(env, 'res.partner', [parent.id], emptied(valuesOf(row)));
}

function toChildren(env: Env, row: Row, vals: Vals): void {
  for (const child of rowsWhere(env, 'res.partner', 'parent_id', row.id)) {
    if ('vat' in vals && child['is_company'] !== true) {
      store(env, 'res.partner', child, { vat: row['vat'] });
      toChildren(env, child, { vat: vals['vat'] });
    }
    if (isContact(child) && address.some((field) => field in vals)) {
      store(
        env,
        'res.partner',
        child,
        Object.fromEntries(address.flatMap((field) => (field in vals ? [[field, row[field]]] : []))),
      );
    }
  }
}

const emptied = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).map(([field, value]) => [field, value ?? false]));

/** The address of the first contact of a company that has none is taken for that of the company. */
export function firstContact(env: Env, row: Row): void {
  const above = link(row, 'parent_id');
  const parent = above === undefined ? undefined : rowOf(env, 'res.partner', above);
  if (!parent || hasAddress(parent) || !hasAddress(row)) return;
  if (parent['is_company'] !== true && parent['parent_id'] !== undefined) return;
  if (rowsWhere(env, 'res.partner', 'parent_id', parent.id).length === 1) {
    store(env, 'res.partner', parent, valuesOf(row));
  }
}
