import { CommerceError, isCommerceError } from '@crossdock/core';
import * as z from 'zod';
import { actionCode, actionMarker } from './action-code.ts';
import type { OdooClient } from './client.ts';
import { externalIds } from './external-id.ts';
import { recordId, rowOf, text } from './wire/value.ts';

/** The installed server action: its id is `serverAction` of `odooImport()`. */
export interface InstalledAction {
  readonly id: number;
  readonly outcome: 'made' | 'changed' | 'as it was';
  /** The external id of the group whose users may run it. */
  readonly group: string;
  /** The modules of external ids that it writes, and no others. */
  readonly modules: readonly string[];
}

/** The module part of the external ids that the action writes unless others are named: the connector's own default. */
const moduleOfAction = 'crossdock';

/** Who may run the action unless another group is named: who may see and make the orders of everybody. */
export const groupOfAction = 'sales_team.group_sale_salesman_all_leads';

const name = 'Crossdock: import orders';
const existing = rowOf(z.object({ id: recordId, state: text, code: z.union([text, z.literal(false)]) }));
const addonRow = rowOf(z.object({ id: recordId, name: text }));
const modelRow = rowOf(z.object({ id: recordId }));

/** Which modules of external ids the action writes. */
interface ModulesWanted {
  /** Added to those that it has, at first `crossdock` where none are said. */
  readonly modules?: readonly string[] | undefined;
  /** Taken from those, never the last. One that is not among them is `options.invalid`. */
  readonly withoutModules?: readonly string[] | undefined;
}

/**
 * Installs the server action that imports orders with one call, as an administrator. It is known by its external id and
 * made once; called again it gets the text of this release. Only users of `group` may run it, each with their own rights;
 * on an action that is there already the groups stay what a person made them. It writes external ids of some modules
 * alone: the `externalIdModule` of every connector that uses it. `modules` are added to those that it has, and only
 * `withoutModules` takes some away.
 */
export async function installImportAction(
  client: OdooClient,
  options: ModulesWanted & { readonly group?: string | undefined } = {},
): Promise<InstalledAction> {
  const { group = groupOfAction } = options;
  const planned = await plan(client, options, 'installed');
  const id = planned.id ?? (await make(client, { group, code: await actionCode(planned.modules) }));
  // Another one may have made it meanwhile, with modules of its own.
  const action = planned.action ?? (await read(client, id, 'installed'));
  const modules = planned.action
    ? planned.modules
    : modulesOf(client.system, modulesIn(action.code), options, 'installed');
  const code = await actionCode(modules);
  if (action.state === 'code' && action.code === code) {
    return { id, outcome: planned.id === undefined ? 'made' : 'as it was', group, modules };
  }
  await client.write('ir.actions.server', [id], { state: 'code', code }, { repeatable: true });
  return { id, outcome: planned.id === undefined ? 'made' : 'changed', group, modules };
}

/** The text that `installImportAction` would write: in this Odoo, or without one in an Odoo that has no action yet. */
export async function importActionText(client: OdooClient | undefined, options: ModulesWanted): Promise<string> {
  const { modules } = client
    ? await plan(client, options, 'printed')
    : { modules: modulesOf('Odoo', [], options, 'printed') };
  return actionCode(modules);
}

/** What a refusal says was not done with the action. */
type Purpose = 'installed' | 'printed';

/** What is installed, and which modules it is to have. */
async function plan(client: OdooClient, options: ModulesWanted, purpose: Purpose) {
  if (options.modules) await demandFree(client, options.modules, purpose);
  const id = await externalIds(client, client.system, 'crossdock').resolve(externalId, 'ir.actions.server');
  const action = id === undefined ? undefined : await read(client, id, purpose);
  const modules = modulesOf(client.system, action ? modulesIn(action.code) : [], options, purpose);
  return { id, action, modules };
}

const externalId = 'crossdock.action_import-orders';

async function read(client: OdooClient, id: number, purpose: Purpose) {
  const [action] = await client.read('ir.actions.server', [id], existing);
  if (!action) throw gone(client, id, purpose);
  if (action.code !== false && !action.code.includes(actionMarker)) throw foreign(client, id, purpose);
  return action;
}

function modulesOf(
  system: string,
  installed: readonly string[],
  options: ModulesWanted,
  purpose: Purpose,
): readonly string[] {
  const { modules: added = installed.length === 0 ? [moduleOfAction] : [], withoutModules = [] } = options;
  const all = [...new Set([...installed, ...added])];
  const unknown = withoutModules.filter((module) => !all.includes(module));
  if (unknown.length > 0) throw notThere(system, unknown, all, purpose);
  const kept = all.filter((module) => !withoutModules.includes(module));
  if (kept.length === 0) throw moduleless(system, purpose);
  return kept;
}

/** The modules that an installed text names. */
function modulesIn(code: string | false): readonly string[] {
  const [, list = ''] = /^modules = \[(.*)\]$/m.exec(code === false ? '' : code) ?? [];
  return [...list.matchAll(/'(\w+)'/g)].map(([, module = '']) => module);
}

/** Refuses what is no name of ours to give: an addon of Odoo keeps its own records under its name. */
async function demandFree(client: OdooClient, modules: readonly string[], purpose: Purpose): Promise<void> {
  const bad = modules.length === 0 ? '' : modules.find((module) => !/^[a-z][a-z0-9_]*$/.test(module));
  const domain = [['name', 'in', modules] as const, ['state', '!=', 'uninstalled'] as const];
  const [addon] = bad === undefined ? await client.searchRead('ir.module.module', addonRow, { domain, limit: 1 }) : [];
  if (bad === undefined && !addon) return;
  const why = addon ? `"${addon.name}" is an addon of Odoo` : 'it wants names in small letters, digits and "_"';
  throw new CommerceError({
    code: 'options.invalid',
    message: `The server action of "${client.system}" was not ${purpose} for these modules of external ids: ${why}. Pass the externalIdModule of each connector that is to use it, such as "${moduleOfAction}".`,
    system: client.system,
  });
}

async function make(
  client: OdooClient,
  { group, code }: { readonly group: string; readonly code: string },
): Promise<number> {
  const [model] = await client.searchRead('ir.model', modelRow, { domain: [['model', '=', 'sale.order']], limit: 1 });
  if (!model) {
    throw new CommerceError({
      code: 'options.invalid',
      message: `The server action was not made in "${client.system}": it has no sales orders. Install the module Sales.`,
      system: client.system,
    });
  }
  const groupId = await groupIdOf(client, group);
  const fields = await client.fieldsGet('ir.actions.server');
  // `group_ids` from 19, `groups_id` before. Recorded on Odoo 19.0, 2026-11-26; on 17 and 18 not tried.
  const groups = Object.hasOwn(fields, 'group_ids') ? 'group_ids' : 'groups_id';
  const table = {
    fields: ['id', 'name', 'model_id/.id', 'state', 'code', `${groups}/.id`],
    rows: [[externalId, name, String(model.id), 'code', code, String(groupId)]],
  };
  return externalIds(client, client.system, 'crossdock').make(externalId, 'ir.actions.server', table);
}

async function groupIdOf(client: OdooClient, group: string): Promise<number> {
  const [module = '', xml_id = ''] = group.split('.');
  try {
    const [model, id] = await client.call('ir.model.data', 'check_object_reference', {
      params: { module, xml_id },
      answer: z.tuple([z.string(), z.union([recordId, z.literal(false)])]),
      safety: 'read',
    });
    if (model === 'res.groups' && id !== false) return id;
  } catch (error) {
    if (!isCommerceError(error, 'record.missing')) throw error;
  }
  throw new CommerceError({
    code: 'options.invalid',
    message: `The server action was not made in "${client.system}": "${group}" is no group of users there. Pass the external id of a group, such as "${groupOfAction}".`,
    system: client.system,
  });
}

function moduleless(system: string, purpose: Purpose) {
  return new CommerceError({
    code: 'options.invalid',
    message: `The server action of "${system}" was not ${purpose}: without these modules it would write no external ids at all. Name another module beside, or delete the action in Odoo.`,
    system,
  });
}

function notThere(system: string, unknown: readonly string[], all: readonly string[], purpose: Purpose) {
  return new CommerceError({
    code: 'options.invalid',
    message: `The server action of "${system}" was not ${purpose}: it writes no external ids of ${inQuotes(unknown)}, so they cannot be taken from it. It writes those of ${inQuotes(all)}; name of these.`,
    system,
  });
}

function inQuotes(modules: readonly string[]): string {
  return modules.map((module) => `"${module}"`).join(', ');
}

function gone(client: OdooClient, id: number, purpose: Purpose) {
  return new CommerceError({
    code: 'record.missing',
    message: `The server action was not ${purpose} in "${client.system}": its record "${id}" is there no more. Install it again.`,
    system: client.system,
  });
}

function foreign(client: OdooClient, id: number, purpose: Purpose) {
  return new CommerceError({
    code: 'link.conflict',
    message: `The server action "${id}" was not ${purpose} in "${client.system}": it has our external id and not the words "${actionMarker}". Delete it, or give it another external id, and install ours.`,
    system: client.system,
  });
}
