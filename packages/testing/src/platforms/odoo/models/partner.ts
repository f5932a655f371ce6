import type { Row } from '../orm/database.ts';
import { link, num, rowOf, rowsWhere, store, str, type Env, type Vals } from '../orm/env.ts';
import { boolean, char, float, html, integer, many2many, many2one, one2many, selection } from '../orm/field.ts';
import { activeField, defineModel, onModel, type Model } from '../orm/model.ts';
import { create } from '../orm/records.ts';
import { PythonError, userError, validationError } from '../orm/python-error.ts';
import type { OdooModule, OdooVersion } from '../versions.ts';
import { firstContact, syncPartner } from './partner-family.ts';
import { checkedVat } from './vat.ts';
import { plain } from '../orm/plain.ts';

/** Contacts. Nothing about them is unique: not the reference, not the address of a mailbox. */
export function partnerModels(version: OdooVersion, modules: ReadonlySet<OdooModule>): Model[] {
  return [
    defineModel({
      name: 'res.partner',
      label: 'Contact',
      order: 'complete_name ASC, id DESC',
      fields: {
        name: char('Name', { index: true }),
        complete_name: char('Complete Name', { index: true }),
        company_name: char('Company Name'),
        email: char('Email', { index: true }),
        email_normalized: char('Normalized Email', { index: true }),
        phone: char('Phone'),
        ...(version === '19.0' ? {} : { mobile: char('Mobile') }),
        ref: char('Reference', { index: true }),
        vat: char('Tax ID', { index: true }),
        lang: char('Language', { defaultsTo: () => 'en_US' }),
        tz: char('Timezone'),
        website: char('Website Link'),
        comment: html('Notes'),
        function: char('Job Position'),
        is_company: boolean('Is a Company'),
        company_type: selection(
          'Company Type',
          { person: 'Person', company: 'Company' },
          {
            compute: (env, id) => (rowOf(env, 'res.partner', id)['is_company'] === true ? 'company' : 'person'),
            assign: (env, id, value) =>
              void store(env, 'res.partner', rowOf(env, 'res.partner', id), { is_company: value === 'company' }),
          },
        ),
        type: selection(
          'Address Type',
          { contact: 'Contact', invoice: 'Invoice', delivery: 'Delivery', other: 'Other' },
          { defaultsTo: () => 'contact' },
        ),
        street: char('Street'),
        street2: char('Street2'),
        zip: char('Zip'),
        city: char('City'),
        state_id: many2one('State', 'res.country.state', { onDelete: 'restrict' }),
        country_id: many2one('Country', 'res.country', { onDelete: 'restrict' }),
        parent_id: many2one('Related Company', 'res.partner'),
        child_ids: one2many('Contact', 'res.partner', 'parent_id'),
        commercial_partner_id: many2one('Commercial Entity', 'res.partner', { compute: commercialPartner }),
        category_id: many2many('Tags', 'res.partner.category'),
        company_id: many2one('Company', 'res.company'),
        user_id: many2one('Salesperson', 'res.users'),
        credit_limit: float('Credit Limit'),
        customer_rank: integer('Customer Rank'),
        supplier_rank: integer('Supplier Rank'),
        active: activeField,
      },
      displayName: (_env, row) => str(row, 'complete_name'),
      created(env, row, vals) {
        refresh(env, row);
        syncPartner(env, row, vals);
        firstContact(env, row);
      },
      prepareCreate: (env, vals) => (modules.has('base_vat') ? checkedVat(env, undefined, vals) : vals),
      prepareWrite: (env, rows, vals) =>
        modules.has('base_vat') ? rows.reduce((given, row) => checkedVat(env, row, given), vals) : vals,
      beforeUnlink(env, rows) {
        const users = [...env.db.rows('res.users').values()].filter((user) => user['active'] !== false);
        for (const row of rows) {
          if (!users.some((user) => num(user, 'partner_id') === row.id)) continue;
          throw new PythonError(
            'odoo.exceptions.RedirectWarning',
            `You cannot delete contacts linked to an active user.\nYou should rather archive them after archiving their associated user.\n\nLinked active users : ${str(row, 'name')}`,
          );
        }
      },
      written(env, rows, vals) {
        // Before anything goes up the line of parents. Recorded on Odoo 19.0, 2026-11-26.
        if ('parent_id' in vals) for (const row of rows) checkPartner(env, row);
        if (vals['active'] === false) for (const row of rows) refuseUsed(env, row);
        for (const row of rows) {
          refresh(env, row);
          syncPartner(env, row, vals);
          if ('name' in vals)
            for (const child of rowsWhere(env, 'res.partner', 'parent_id', row.id)) refresh(env, child);
        }
      },
      check: (env, rows) => rows.forEach((row) => checkPartner(env, row)),
      methods: {
        find_or_create: onModel(
          (env, args) => {
            const id = findOrCreate(env, plain(args['email'] ?? ''));
            // 17 and 18 answer the bare id. Recorded on Odoo 17.0, 18.0 and 19.0, 2026-11-23.
            return env.major === 19 ? { records: [id] } : { value: id };
          },
          [{ name: 'email', required: true }, { name: 'assert_valid_email' }],
        ),
        message_unsubscribe: { on: 'records', params: [{ name: 'partner_ids' }], run: () => ({ value: undefined }) },
      },
    }),
    defineModel({
      name: 'res.partner.category',
      label: 'Partner Tags',
      order: 'name, id',
      fields: {
        name: char('Name', { required: true }),
        parent_id: many2one('Category', 'res.partner.category'),
        active: activeField,
      },
    }),
  ];
}

function commercialPartner(env: Env, id: number): number {
  let row = rowOf(env, 'res.partner', id);
  for (
    let parent = link(row, 'parent_id');
    parent !== undefined && row['is_company'] !== true;
    parent = link(row, 'parent_id')
  ) {
    row = rowOf(env, 'res.partner', parent);
  }
  return row.id;
}

const addressNames: Readonly<Record<string, string>> = { invoice: 'Invoice', delivery: 'Delivery', other: 'Other' };

function completeName(env: Env, row: Row): string {
  const parent = link(row, 'parent_id');
  const above = parent === undefined ? undefined : env.db.row('res.partner', parent);
  const own = str(row, 'name') || (above ? (addressNames[str(row, 'type')] ?? '') : '');
  return !above || row['is_company'] === true ? own : `${completeName(env, above)}, ${own}`;
}

function refresh(env: Env, row: Row): void {
  const name = completeName(env, row);
  const { email } = parseMailbox(str(row, 'email'));
  store(env, 'res.partner', row, {
    complete_name: name === '' ? undefined : name,
    email_normalized: email.includes('@') ? email.toLowerCase() : undefined,
  });
}

/** Recorded on Odoo 19.0, 2026-11-26. */
function refuseUsed(env: Env, row: Row): void {
  const users = [...env.db.rows('res.users').values()].filter(
    (user) => user['partner_id'] === row.id && user['active'] !== false,
  );
  if (users.length === 0) return;
  throw validationError(
    `You cannot archive contacts linked to an active user.\nAsk an administrator to archive their associated user first.\n\nLinked active users :\n${str(row, 'name')}`,
  );
}

function checkPartner(env: Env, row: Row): void {
  if (str(row, 'type') === 'contact' && row['name'] === undefined) {
    throw validationError('The operation cannot be completed: Contacts require a name');
  }
  for (let at = link(row, 'parent_id'), steps = 0; at !== undefined; steps++) {
    if (at === row.id || steps > 100) throw validationError('You cannot create recursive Partner hierarchies.');
    at = link(rowOf(env, 'res.partner', at), 'parent_id');
  }
}

/** `Bob <bob@example.com>` and the like. */
function parseMailbox(text: string): { name: string; email: string } {
  const match = /^\s*"?([^"<]*)"?\s*<([^>]+)>\s*$/.exec(text);
  const [, name = '', email = ''] = match ?? [];
  return match ? { name: name.trim(), email: email.trim() } : { name: '', email: text.trim() };
}

function findOrCreate(env: Env, text: string): number {
  const { name, email } = parseMailbox(text);
  if (email === '') throw userError('An email is required for find_or_create to work');
  const [found] = rowsWhere(env, 'res.partner', 'email_normalized', email.toLowerCase());
  if (found) return found.id;
  const vals: Vals = { name: name === '' ? email : name, email };
  return create(env, 'res.partner', [vals])[0] ?? 0;
}

/** Where goods or invoices of a contact go: the first address of that type below it, else the contact itself. */
export function addressOf(env: Env, partner: number, type: 'delivery' | 'invoice'): number {
  const found = rowsWhere(env, 'res.partner', 'parent_id', partner).find(
    (row) => row['type'] === type && row['active'] !== false,
  );
  return found?.id ?? partner;
}
