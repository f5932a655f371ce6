import { isCommerceError, type OperationName, type ReadOptions } from '@crossdock/core';
import * as z from 'zod';
import type { OdooClient } from './client.ts';
import {
  dialogues,
  leastGroups,
  leastRights,
  optionalModels,
  tooMuch,
  type Deed,
  type Rights,
} from './least-rights.ts';
import { broughtToAll, groupsFor, ownGroups, type OwnGroup } from './own-groups.ts';

/** One deed with the records of a model. */
export interface Right {
  readonly model: string;
  readonly deed: Deed;
}
/** A group that the user is not in, and what is refused or hidden for that. */
export interface GroupMissing {
  /** Its external id. */
  readonly group: string;
  /** As Odoo's list of users shows it, in English. */
  readonly name: string;
  readonly operations: readonly OperationName[];
}
/** A group of Odoo's own that the user is in, and that none of the operations needs. */
export interface GroupExcess {
  /** Its external id. */
  readonly group: string;
  /** As Odoo's list of users shows it, in English. */
  readonly name: string;
}
/** What a user may not do although it is needed, and what the user may do beyond that. */
export interface RightsReport {
  readonly missing: readonly (Right & { readonly operations: readonly OperationName[] })[];
  /** Groups that the user is not in, although more than rights to models is needed. */
  readonly groups: readonly GroupMissing[];
  /** Without what a group brings that the operations are in need of: nobody can have the one without the other. */
  readonly excess: readonly Right[];
  readonly excessGroups: readonly GroupExcess[];
  /** Models that this Odoo does not have: a module is not installed. */
  readonly absent: readonly string[];
}

/**
 * Compares what the key's user may do with the least that these operations need. Too much is what would change records of
 * operations that are not used, and what no operation needs: the users, the rules, the code and the settings of an Odoo.
 * It is told by model and, where Odoo asks for a group or shows its members more records, by group. What a group of Odoo's own
 * brings that an operation is in need of is not too much, such a group for nothing is.
 */
export async function checkRights(
  client: OdooClient,
  used: readonly OperationName[],
  options?: ReadOptions,
): Promise<RightsReport> {
  const allowed = rightsAsked(client, options);
  const needed = new Map<string, Right & { operations: OperationName[] }>();
  for (const operation of used) {
    for (const right of rightsIn(leastRights[operation] ?? {})) {
      const known = needed.get(keyOf(right)) ?? { ...right, operations: [] };
      known.operations.push(operation);
      needed.set(keyOf(right), known);
    }
  }
  const missing: (Right & { operations: OperationName[] })[] = [];
  for (const right of needed.values()) if ((await allowed.may(right)) === false) missing.push(right);
  const absent = [...allowed.absent].filter((model) => !optionalModels.includes(model));
  const excess: Right[] = [];
  const others = Object.values(leastRights)
    .flatMap((rights) => rightsIn(rights))
    .filter(({ model, deed }) => deed !== 'read' && !dialogues.includes(model));
  const hasKits = (await allowed.may({ model: 'mrp.bom', deed: 'read' })) !== undefined;
  const own = groupsFor(used, hasKits);
  const seen = new Set<string>([
    ...needed.keys(),
    ...[broughtToAll, ...own.map(({ brings }) => brings)].flatMap((rights) => rightsIn(rights).map(keyOf)),
  ]);
  for (const right of [...others, ...rightsIn(tooMuch)]) {
    if (seen.has(keyOf(right))) continue;
    seen.add(keyOf(right));
    if (await allowed.may(right)) excess.push(right);
  }
  const isIn = groupsAsked(client, options);
  const groups = await missingGroups(isIn, used);
  return { missing, groups, excess, excessGroups: await excessGroups(isIn, own), absent };
}

/** Which groups of `leastGroups` the user is not in, each once. */
async function missingGroups(
  isIn: (group: string) => Promise<boolean>,
  used: readonly OperationName[],
): Promise<readonly GroupMissing[]> {
  const missing = new Map<string, GroupMissing>();
  for (const { group, name, operations, within } of leastGroups) {
    const hindered = operations.filter((operation) => used.includes(operation));
    if (hindered.length === 0 || (await isIn(group)) || (within !== undefined && !(await isIn(within)))) continue;
    const known = missing.get(group)?.operations ?? [];
    missing.set(group, { group, name, operations: [...known, ...hindered] });
  }
  return [...missing.values()];
}

/** Which of Odoo's own groups the user is in for nothing; one that comes with another is not named beside it. */
async function excessGroups(
  isIn: (group: string) => Promise<boolean>,
  needed: readonly OwnGroup[],
): Promise<readonly GroupExcess[]> {
  const own: OwnGroup[] = [];
  for (const one of ownGroups) if (await isIn(one.group)) own.push(one);
  const included = new Set(own.flatMap(({ includes }) => includes));
  return own
    .filter((one) => !included.has(one.group) && !needed.includes(one))
    .map(({ group, name }) => ({ group, name }));
}

/** Whether the key's user is in a group; each is asked for once. */
function groupsAsked(client: OdooClient, options: ReadOptions | undefined) {
  const answers = new Map<string, boolean>();
  let user: { readonly uid: number } | undefined;
  const context = { answer: z.object({ uid: z.number() }), safety: 'read' } as const;
  return async (group: string): Promise<boolean> => {
    const known = answers.get(group);
    if (known !== undefined) return known;
    const params = { group_ext_id: group };
    // A method of the model until 17, of the user since; a group of a module that is not installed has no members.
    user ??= await client.call('res.users', 'context_get', context, options);
    const ids = (await client.version(options)) < 18 ? {} : { ids: [user.uid] };
    const call = { ...ids, params, answer: z.boolean(), safety: 'read' as const };
    const answer = await client.call('res.users', 'has_group', call, options);
    answers.set(group, answer);
    return answer;
  };
}

function rightsAsked(client: OdooClient, options: ReadOptions | undefined) {
  const absent = new Set<string>();
  return {
    absent,
    /** `undefined` where the model is not there. */
    async may({ model, deed }: Right): Promise<boolean | undefined> {
      if (absent.has(model)) return undefined;
      try {
        const { method, params } = await question(deed);
        return await client.call(model, method, { params, answer: z.boolean(), safety: 'read' }, options);
      } catch (error) {
        if (!isCommerceError(error, 'request.rejected')) throw error;
        absent.add(model);
        return undefined;
      }
    },
  };

  /** `has_access` came with 18, where the older one still answers. Recorded on Odoo 19.0, 2026-11-26; 17 and 18: read in the source. */
  async function question(deed: Deed) {
    return (await client.version(options)) >= 19
      ? { method: 'has_access', params: { operation: deed } }
      : { method: 'check_access_rights', params: { operation: deed, raise_exception: false } };
  }
}

function rightsIn(rights: Rights): readonly Right[] {
  return Object.entries(rights).flatMap(([model, deeds]) => deeds.map((deed) => ({ model, deed })));
}

function keyOf({ model, deed }: Right): string {
  return `${model} ${deed}`;
}
