import type { Json } from '@crossdock/core';
import { isVisible } from '../orm/companies.ts';
import { rememberedModel, resolveExternalId } from '../orm/external-id.ts';
import { list, num, rowOf, str, type Env } from '../orm/env.ts';
import { boolean, char, date, float, integer, many2many, many2one, selection } from '../orm/field.ts';
import { checkAccess } from '../orm/access.ts';
import { displayName } from '../orm/get.ts';
import { create, write } from '../orm/records.ts';
import { isListed } from '../orm/search.ts';
import { activeField, defineModel, onModel, onRecords, type Method, type Model } from '../orm/model.ts';
import { validationError, valueError } from '../orm/python-error.ts';
import type { OdooVersion, VersionNames } from '../versions.ts';
import { plain } from '../orm/plain.ts';

/** What every other model leans on: users, company, geography, money, external ids. */
export function baseModels(version: OdooVersion, names: VersionNames): Model[] {
  return [
    defineModel({
      name: 'res.users',
      label: 'User',
      order: 'id',
      fields: {
        name: char('Name', { related: ['partner_id', 'name'] }),
        login: char('Login', { required: true, index: true }),
        partner_id: many2one('Related Partner', 'res.partner', { required: true }),
        company_id: many2one('Company', 'res.company'),
        company_ids: many2many('Companies', 'res.company', { defaultsTo: () => [1] }),
        [names.userGroups]: many2many('Groups', 'res.groups'),
        active: activeField,
      },
      displayName: (env, row) => displayName(env, 'res.partner', num(row, 'partner_id')),
      methods: {
        has_group: hasGroup(version),
        context_get: onModel((env) => ({ value: { lang: 'en_US', tz: false, uid: env.user.id } })),
      },
    }),
    defineModel({
      name: 'res.lang',
      label: 'Languages',
      order: 'active desc, name',
      fields: {
        name: char('Name', { required: true }),
        code: char('Locale Code', { required: true, index: true }),
        active: activeField,
      },
      methods: {
        get_installed: onModel((env) => ({
          value: [...env.db.rows('res.lang').values()].map((row) => [str(row, 'code'), str(row, 'name')]),
        })),
      },
    }),
    defineModel({ name: 'res.groups', label: 'Groups', fields: { name: char('Name') } }),
    defineModel({
      name: 'res.company',
      label: 'Companies',
      order: 'id',
      fields: {
        name: char('Company Name', { required: true }),
        partner_id: many2one('Partner', 'res.partner', { required: true }),
        currency_id: many2one('Currency', 'res.currency', { required: true }),
        country_id: many2one('Country', 'res.country'),
        account_sale_tax_id: many2one('Default Sale Tax', 'account.tax'),
        tax_calculation_rounding_method: selection('Tax Calculation Rounding Method', {
          round_globally: 'Round Globally',
          round_per_line: 'Round per Line',
        }),
        fiscalyear_lock_date: date('Global Lock Date'),
        tax_lock_date: date('Tax Return Lock Date'),
        // 17 had one date for everybody and none for one kind of document.
        sale_lock_date: date('Sales Lock Date'),
        purchase_lock_date: date('Purchase Lock date'),
        hard_lock_date: date('Hard Lock Date'),
        chart_template: char('Chart Template'),
        // Set by the first answer to the question whether deliveries are announced by SMS.
        has_received_warning_stock_sms: boolean('Has Received Warning Stock Sms'),
      },
      // It gets a contact and a currency by itself, and whoever makes it may act for it. Recorded on Odoo 19.0, 2026-11-23.
      prepareCreate(env, vals) {
        const own = { name: vals['name'] ?? false, is_company: true };
        const partner = vals['partner_id'] ?? create(env, 'res.partner', [own])[0] ?? 0;
        return { currency_id: 1, tax_calculation_rounding_method: 'round_globally', ...vals, partner_id: partner };
      },
      created: (env, row) => write(env, 'res.users', [env.user.id], { company_ids: [[4, row.id, 0]] }),
    }),
    defineModel({
      name: 'res.country',
      label: 'Country',
      order: 'name, id',
      fields: {
        name: char('Country Name', { required: true, index: true }),
        code: char('Country Code', { index: true }),
        currency_id: many2one('Currency', 'res.currency'),
      },
      check(env, rows) {
        for (const row of rows) {
          if (env.db.count('res.country', 'code', row['code']) > 1) {
            throw validationError('The operation cannot be completed: The code of the country must be unique!');
          }
        }
      },
    }),
    defineModel({
      name: 'res.country.state',
      label: 'Country state',
      order: 'code, id',
      fields: {
        name: char('State Name', { required: true, index: true }),
        code: char('State Code', { required: true, index: true }),
        country_id: many2one('Country', 'res.country', { required: true }),
      },
      displayName: (env, row) => `${str(row, 'name')} (${str(countryOf(env, row), 'code')})`,
    }),
    defineModel({
      name: 'res.currency',
      label: 'Currency',
      order: 'active desc, name',
      fields: {
        name: char('Currency', { required: true, index: true }),
        symbol: char('Symbol'),
        rounding: float('Rounding Factor', { defaultsTo: () => 0.01 }),
        decimal_places: integer('Decimal Places', { defaultsTo: () => 2 }),
        rate: float('Current Rate', { defaultsTo: () => 1 }),
        active: activeField,
      },
    }),
    defineModel({
      name: 'res.currency.rate',
      label: 'Currency Rate',
      fields: {
        name: char('Date'),
        currency_id: many2one('Currency', 'res.currency', { required: true }),
        rate: float('Technical Rate'),
      },
      created(env, row) {
        const currency = env.db.row('res.currency', num(row, 'currency_id'));
        if (currency) env.db.set('res.currency', currency, 'rate', row['rate']);
      },
    }),
    defineModel({
      name: 'ir.model.data',
      label: 'Model Data',
      order: 'module, model, name',
      fields: {
        module: char('Module', { required: true }),
        name: char('External Identifier', { required: true }),
        complete_name: char('Complete ID', { index: true }),
        model: char('Model Name', { required: true }),
        res_id: integer('Record ID'),
        target: char('Reference', { index: true }),
        noupdate: boolean('Non Updatable'),
      },
      prepareCreate: (_env, vals) => ({
        ...vals,
        complete_name: `${plain(vals['module'])}.${plain(vals['name'])}`,
        target: `${plain(vals['model'])},${plain(vals['res_id'])}`,
      }),
      created(env, row) {
        if (env.db.count('ir.model.data', 'complete_name', row['complete_name']) < 2) return;
        throw validationError(
          `The operation cannot be completed: duplicate key value violates unique constraint "ir_model_data_module_name_uniq_index"\nDETAIL:  Key (module, name)=(${str(row, 'module')}, ${str(row, 'name')}) already exists.\n`,
        );
      },
      written: (env) => env.remembered.clear(),
      unlinked: (env) => env.remembered.clear(),
      methods: {
        // The way to resolve an external id without administration rights. Recorded on Odoo 19.0, 2026-11-23.
        check_object_reference: onModel(
          (env, args) => {
            const name = `${plain(args['module'])}.${plain(args['xml_id'])}`;
            const found = resolveExternalId(env, name);
            const rolledBack = found ? undefined : rememberedModel(env, name);
            if (rolledBack !== undefined) return { value: [rolledBack, false] };
            if (!found) throw valueError(`External ID not found in the system: ${name}`);
            const target = env.registry.get(found.model);
            if (target) checkAccess(env, target, 'read');
            const row = env.db.row(found.model, found.id);
            // Of a record that the caller may not see it says that there is none, and of an archived one but in a context
            // that asks for those. Recorded on Odoo 19.0, 2026-11-26.
            const isFound = !target || !row || (isVisible(env, target, row) && isListed(env, target, row));
            return { value: [found.model, isFound && found.id] };
          },
          [{ name: 'module', required: true }, { name: 'xml_id', required: true }, { name: 'raise_on_access_error' }],
        ),
      },
    }),
  ];
}

function countryOf(env: Parameters<typeof displayName>[0], row: Parameters<typeof num>[0]) {
  return env.db.row('res.country', num(row, 'country_id')) ?? { id: 0 };
}

/** Asks for a group of a user; 17 asks for one of the caller. Recorded on Odoo 19.0, 2026-11-26. */
function hasGroup(version: OdooVersion): Method {
  const params = [{ name: 'group_ext_id', required: true }];
  if (version === '17.0') {
    return onModel((env, args) => ({ value: isIn(env, env.user.id, args['group_ext_id']) }), params);
  }
  return onRecords((env, ids, args) => {
    const [user] = ids;
    if (user === undefined || ids.length > 1) throw valueError(`Expected singleton: res.users(${ids.join(', ')})`);
    return { value: isIn(env, user, args['group_ext_id']) };
  }, params);
}

function isIn(env: Env, user: number, group: Json): boolean {
  const found = resolveExternalId(env, plain(group));
  return found?.model === 'res.groups' && list(rowOf(env, 'res.users', user), env.names.userGroups).includes(found.id);
}
