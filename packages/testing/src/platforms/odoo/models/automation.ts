import type { Json } from '@crossdock/core';
import { checkAccess } from '../orm/access.ts';
import type { Row } from '../orm/database.ts';
import { list, num, rowOf, rowsWhere, str, type Env } from '../orm/env.ts';
import { modelOf } from '../orm/get.ts';
import { accessError, userError } from '../orm/python-error.ts';
import type { VersionNames } from '../versions.ts';
import { boolean, char, datetime, integer, many2many, many2one, one2many, selection, text } from '../orm/field.ts';
import { isStored } from '../orm/field.ts';
import { activeField, defineModel, onRecords, type Model } from '../orm/model.ts';
import { importOrders, releaseOf } from './import/orders.ts';

// Rules that act when records change, which only administrators see. Recorded on Odoo 19.0, 2026-11-23 and 2026-11-26.

const triggers = {
  on_stage_set: 'Stage is set to',
  on_user_set: 'User is set',
  on_tag_set: 'Tag is added',
  on_state_set: 'State is set to',
  on_priority_set: 'Priority is set to',
  on_archive: 'On archived',
  on_unarchive: 'On unarchived',
  on_create: 'On create',
  on_create_or_write: 'On create and edit',
  on_write: 'On update',
  on_unlink: 'On deletion',
  on_change: 'On UI change',
  on_time: 'Based on date field',
  on_time_created: 'After creation',
  on_time_updated: 'After last update',
  on_message_received: 'On incoming message',
  on_message_sent: 'On outgoing message',
  on_webhook: 'On webhook',
};

export function automationModels(names: VersionNames): Model[] {
  return [
    defineModel({
      name: 'ir.model',
      label: 'Models',
      order: 'model',
      fields: {
        name: char('Model Description', { required: true }),
        model: char('Model', { required: true, index: true }),
        state: selection('Type', { manual: 'Custom Object', base: 'Base Object' }, { defaultsTo: () => 'base' }),
        transient: boolean('Transient Model'),
        field_id: one2many('Fields', 'ir.model.fields', 'model_id'),
      },
    }),
    defineModel({
      name: 'ir.model.fields',
      label: 'Fields',
      order: 'name, id',
      fields: {
        name: char('Field Name', { required: true, index: true }),
        model: char('Model Name', { required: true, index: true }),
        model_id: many2one('Model', 'ir.model', { required: true, onDelete: 'cascade' }),
        field_description: char('Field Label', { required: true }),
        ttype: char('Field Type', { required: true }),
        relation: char('Related Model'),
        store: boolean('Stored'),
      },
      displayName: (env, row) => {
        const model = env.registry.get(str(row, 'model'));
        return `${str(row, 'field_description')} (${model?.label ?? str(row, 'model')})`;
      },
    }),
    defineModel({
      name: 'base.automation',
      label: 'Automation Rule',
      order: 'id',
      fields: {
        name: char('Automation Rule Name', { required: true }),
        active: activeField,
        model_id: many2one('Model', 'ir.model', { required: true, onDelete: 'cascade' }),
        model_name: char('Model Name', { related: ['model_id', 'model'] }),
        trigger: selection('Trigger', triggers, { required: true }),
        trigger_field_ids: many2many('Trigger Fields', 'ir.model.fields'),
        filter_pre_domain: char('Before Update Domain'),
        filter_domain: char('Apply on'),
        action_server_ids: one2many('Actions', 'ir.actions.server', 'base_automation_id'),
        last_run: datetime('Last Run'),
      },
    }),
    defineModel({
      name: 'ir.actions.server',
      label: 'Server Action',
      order: 'sequence, name, id',
      fields: {
        name: char('Name', { required: true }),
        sequence: integer('Sequence', { defaultsTo: () => 5 }),
        model_id: many2one('Model', 'ir.model', { required: true, onDelete: 'cascade' }),
        model_name: char('Model Name', { related: ['model_id', 'model'] }),
        state: selection(
          'Type',
          {
            object_write: 'Update Record',
            object_create: 'Create Record',
            object_copy: 'Duplicate Record',
            code: 'Execute Code',
            webhook: 'Send Webhook Notification',
            multi: 'Multi Actions',
          },
          { required: true, defaultsTo: () => 'object_write' },
        ),
        usage: selection(
          'Usage',
          { ir_actions_server: 'Server Action', ir_cron: 'Scheduled Action', base_automation: 'Automation Rule' },
          { required: true, defaultsTo: () => 'ir_actions_server' },
        ),
        code: text('Python Code'),
        [names.userGroups]: many2many('Allowed Groups', 'res.groups'),
        webhook_url: char('Webhook URL'),
        webhook_field_ids: many2many('Webhook Fields', 'ir.model.fields'),
        base_automation_id: many2one('Automation Rule', 'base.automation', { onDelete: 'cascade' }),
      },
      methods: { run: onRecords((env, ids) => ({ value: ids.map((id) => runAction(env, id)).at(-1) ?? false })) },
    }),
  ];
}

/** Runs an action for whoever may: its groups, or who may change the records it is for. Only our own code is known here. */
function runAction(env: Env, id: number): Json {
  const action = rowOf(env, 'ir.actions.server', id);
  const groups = list(action, env.names.userGroups).map((group) => str(rowOf(env, 'res.groups', group), 'name'));
  // Source of Odoo 19.0, read 2026-11-26.
  if (groups.length > 0 && !groups.some((group) => env.user.groups.has(group))) {
    throw accessError("You don't have enough access rights to run this action.");
  }
  if (groups.length === 0) checkAccess(env, modelOf(env, modelNameOf(env, action)), 'write');
  const code = str(action, 'state') === 'code' ? str(action, 'code') : '';
  const release = releaseOf(code);
  if (release !== undefined) return importOrders(env, code, release);
  throw userError(`This fake does not run the code of the server action "${str(action, 'name')}".`);
}

function modelNameOf(env: Env, action: Row): string {
  return str(rowOf(env, 'ir.model', num(action, 'model_id')), 'model');
}

/** Models of which the database itself tells the others: filled when somebody first asks. */
const describing = ['ir.model', 'ir.model.fields', 'base.automation', 'ir.actions.server'];

/** Writes down which models and fields there are, once, before the first call that needs to know. */
export function describeModels(env: Env, model: string): void {
  if (!describing.includes(model) || env.db.rows('ir.model').size > 0) return;
  // What a fresh database has of its own comes first. Recorded on Odoo 19.0, 2026-11-23.
  env.db.sequences.set('ir.actions.server', 481);
  for (const { name, label, fields } of env.registry.values()) {
    const { id } = env.db.insert('ir.model', { name: label, model: name, state: 'base' });
    for (const [field, definition] of Object.entries(fields)) {
      env.db.insert('ir.model.fields', {
        name: field,
        model: name,
        model_id: id,
        field_description: definition.label,
        ttype: definition.type,
        ...(definition.relation === undefined ? {} : { relation: definition.relation }),
        store: isStored(definition) || definition.type === 'one2many',
      });
    }
  }
}

/** The record that stands for a model, for setting up rules. */
export function modelId(env: Env, model: string): number {
  describeModels(env, 'ir.model');
  const [found] = rowsWhere(env, 'ir.model', 'model', model);
  if (!found) throw new RangeError(`There is no model "${model}" in this fake.`);
  return found.id;
}

/** The records that stand for fields of a model. */
export function fieldIds(env: Env, model: string, names: readonly string[]): number[] {
  const rows = rowsWhere(env, 'ir.model.fields', 'model', model);
  return names.map((name) => {
    const found = rows.find((row) => row['name'] === name);
    if (!found) throw new RangeError(`There is no field "${name}" on "${model}" in this fake.`);
    return found.id;
  });
}
