import { CommerceError } from '@crossdock/core';
import * as z from 'zod';
import type { OdooClient } from './client.ts';
import { readingsOf } from './webhook-readings.ts';
import { command, recordId, rowOf, text } from './wire/value.ts';

/** An automation rule that posts when a record of a model is made or changed. */
export interface WebhookRule {
  readonly model: string;
  readonly name: string;
  readonly trigger: 'on_create_or_write';
  /** Fields that a post shows, those of them that the model has. The moment tells one change from the next. */
  readonly fields: readonly string[];
  /** What our own user wrote is told to nobody: a Python domain, as Odoo keeps it. */
  readonly filterDomain?: string | undefined;
}

/** The models of which a rule may tell: those that a pull brings. */
export const hintingModels: readonly string[] = Object.keys(readingsOf);

/**
 * The rules for these models. With the id of the connector's own user, what that user wrote is not posted; the pulls bring
 * it all the same.
 */
export function webhookRules(
  models: readonly string[],
  { ownUser }: { readonly ownUser?: number | undefined } = {},
): readonly WebhookRule[] {
  const strange = models.find((model) => !hintingModels.includes(model));
  if (strange !== undefined || models.length === 0) {
    throw new CommerceError({
      code: 'options.invalid',
      message: `No rule was made: ${strange === undefined ? 'no model was given' : `no pull brings records of "${strange}"`}. Take of ${hintingModels.join(', ')}.`,
    });
  }
  return models.map((model) => ({
    model,
    name: `Crossdock: ${model}`,
    trigger: 'on_create_or_write',
    fields: ['id', 'write_date', 'state'],
    ...(ownUser === undefined ? {} : { filterDomain: `[("write_uid", "!=", ${ownUser})]` }),
  }));
}

/** What became of a rule. */
export interface InstalledRule {
  readonly model: string;
  readonly outcome: 'made' | 'changed' | 'as it was';
}

const named = rowOf(z.object({ id: recordId, name: text }));
const existing = rowOf(z.object({ id: recordId, webhook_url: z.union([text, z.literal(false)]) }));

/**
 * Installs rules that post to `url`, as an administrator with the module Automation Rules. A rule is known by its name and
 * made once; called again it gets the address that is given now. The address holds a secret: Odoo shows it to administrators.
 */
export async function installWebhookRules(
  client: OdooClient,
  rules: readonly WebhookRule[],
  url: string,
): Promise<readonly InstalledRule[]> {
  const installed: InstalledRule[] = [];
  for (const rule of rules) installed.push({ model: rule.model, outcome: await install(client, rule, url) });
  return installed;
}

async function install(client: OdooClient, rule: WebhookRule, url: string): Promise<InstalledRule['outcome']> {
  const { model, name, trigger, filterDomain } = rule;
  const archived = { context: { active_test: false } };
  const [known] = await client.searchRead('ir.model', named, { domain: [['model', '=', model]], limit: 1 });
  if (!known) {
    throw new CommerceError({
      code: 'options.invalid',
      message: `Rule "${name}" was not made in "${client.system}": it has no model "${model}". Install the module that has it.`,
      system: client.system,
    });
  }
  const fields = await client.searchRead('ir.model.fields', named, {
    domain: [
      ['model', '=', model],
      ['name', 'in', rule.fields],
    ],
    order: 'id',
  });
  const domain = filterDomain ?? false;
  const [before] = await client.searchRead(
    'base.automation',
    named,
    {
      domain: [
        ['name', '=', name],
        ['model_id', '=', known.id],
      ],
      order: 'id',
      limit: 1,
    },
    archived,
  );
  const values = { trigger, filter_domain: domain, active: true };
  const [id] = before ? [before.id] : await client.create('base.automation', [{ name, model_id: known.id, ...values }]);
  if (before) await client.write('base.automation', [before.id], values, { repeatable: true });
  const [action] = await client.searchRead('ir.actions.server', existing, {
    domain: [['base_automation_id', '=', id]],
    order: 'id',
    limit: 1,
  });
  const sending = { webhook_url: url, webhook_field_ids: [command.set(fields.map((field) => field.id))] };
  if (action) {
    await client.write('ir.actions.server', [action.id], sending, { repeatable: true });
    return action.webhook_url === url ? 'as it was' : 'changed';
  }
  await client.create('ir.actions.server', [
    { name, model_id: known.id, state: 'webhook', usage: 'base_automation', base_automation_id: id, ...sending },
  ]);
  return 'made';
}
