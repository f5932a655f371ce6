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
export const moduleOfAction = 'crossdock';

/** Who may run the action unless another group is named: who may see and make the orders of everybody. */
export const groupOfAction = 'sales_team.group_sale_salesman_all_leads';

const name = 'Crossdock: import orders';
const existing = rowOf(z.object({ id: recordId, state: text, code: z.union([text, z.literal(false)]) }));
const addonRow = rowOf(z.object({ id: recordId, name: text }));
const modelRow = rowOf(z.object({ id: recordId }));

/**
 * Installs the server action that imports orders with one call, as an administrator. It is known by its external id and
 * made once; called again it gets the text of this release. Only users of `group` may run it, each with their own rights;
 * on an action that is there already the groups stay what a person made them. It writes external ids of some modules
 * alone: the `externalIdModule` of every connector that uses it. `modules` are added to those that it has, at first
 * `crossdock` where none are said, and only `withoutModules` takes some away, never the last.
 */
export async function installImportAction(
  client: OdooClient,
  options: {
    readonly group?: string | undefined;
    readonly modules?: readonly string[] | undefined;
    readonly withoutModules?: readonly string[] | undefined;
  } = {},
): Promise<InstalledAction> {
  const { group = groupOfAction } = options;
  if (options.modules) await demandFree(client, options.modules);
  const ids = externalIds(client, client.system, 'crossdock');
  const externalId = ids.of('action', 'import-orders');
  const before = await ids.resolve(externalId, 'ir.actions.server');
  const modulesOf = (installed: readonly string[]) => {
    const { modules: added = installed.length === 0 ? [moduleOfAction] : [], withoutModules = [] } = options;
    const kept = [...new Set([...installed, ...added])].filter((module) => !withoutModules.includes(module));
    if (kept.length === 0) throw moduleless(client);
    return kept;
  };
  const id = before ?? (await make(client, ids, externalId, { group, code: actionCode(modulesOf([])) }));
  const [action] = await client.read('ir.actions.server', [id], existing);
  if (!action) throw gone(client, id);
  if (action.code !== false && !action.code.includes('crossdock-import-orders/')) throw foreign(client, id);
  const modules = modulesOf(modulesIn(action.code));
  const code = actionCode(modules);
  if (action.state === 'code' && action.code === code) {
    return { id, outcome: before === undefined ? 'made' : 'as it was', group, modules };
  }
  await client.write('ir.actions.server', [id], { state: 'code', code }, { repeatable: true });
  return { id, outcome: before === undefined ? 'made' : 'changed', group, modules };
}

/** The modules that an installed text names. */
function modulesIn(code: string | false): readonly string[] {
  const [, list = ''] = /^modules = \[(.*)\]$/m.exec(code === false ? '' : code) ?? [];
  return [...list.matchAll(/'(\w+)'/g)].map(([, module = '']) => module);
}

/** Refuses what is no name of ours to give: an addon of Odoo keeps its own records under its name. */
async function demandFree(client: OdooClient, modules: readonly string[]): Promise<void> {
  const bad = modules.length === 0 ? '' : modules.find((module) => !/^[a-z][a-z0-9_]*$/.test(module));
  const domain = [['name', 'in', modules] as const, ['state', '!=', 'uninstalled'] as const];
  const [addon] = bad === undefined ? await client.searchRead('ir.module.module', addonRow, { domain, limit: 1 }) : [];
  if (bad === undefined && !addon) return;
  const why = addon ? `"${addon.name}" is an addon of Odoo` : 'it wants names in small letters, digits and "_"';
  throw new CommerceError({
    code: 'options.invalid',
    message: `The server action was not made in "${client.system}" for these modules of external ids: ${why}. Pass the externalIdModule of each connector that is to use it, such as "${moduleOfAction}".`,
    system: client.system,
  });
}

async function make(
  client: OdooClient,
  ids: ReturnType<typeof externalIds>,
  externalId: string,
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
  return ids.make(externalId, 'ir.actions.server', table);
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

function moduleless(client: OdooClient) {
  return new CommerceError({
    code: 'options.invalid',
    message: `The server action was not changed in "${client.system}": without these modules it would write no external ids at all. Name another module beside, or delete the action in Odoo.`,
    system: client.system,
  });
}

function gone(client: OdooClient, id: number) {
  return new CommerceError({
    code: 'record.missing',
    message: `The server action was not made in "${client.system}": its record "${id}" is there no more. Install it again.`,
    system: client.system,
  });
}

function foreign(client: OdooClient, id: number) {
  return new CommerceError({
    code: 'link.conflict',
    message: `The server action "${id}" was not changed in "${client.system}": it has our external id and not the words "${actionMarker}". Delete it, or give it another external id, and install again.`,
    system: client.system,
  });
}
