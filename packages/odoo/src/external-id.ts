import { CommerceError, isCommerceError, type ReadOptions } from '@crossdock/core';
import * as z from 'zod';
import type { OdooClient } from './client.ts';
import { maybeDone } from './errors.ts';
import { recordId } from './wire/value.ts';

/** One record and its one2many lines as `load` takes them: columns, and one or more rows of texts. */
export interface LoadTable {
  readonly fields: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface ExternalIds {
  /** The full external id of a key: "crossdock.order_5001". */
  of(kind: string, key: string): string;
  /**
   * The record that has this external id, an archived one too, or `undefined`. Of what the user may not see it says that
   * there is none, because Odoo says the same of what never was: only `make` tells.
   */
  resolve(externalId: string, model: string, options?: ReadOptions): Promise<number | undefined>;
  /**
   * The record with this external id, made of the table if there is none. Odoo keeps external ids unique, so however
   * many processes ask at once, one record comes of it, and the table of the first; after a lost answer the record is
   * looked for first.
   */
  ensure(externalId: string, model: string, table: () => LoadTable, options?: ReadOptions): Promise<number>;
  /**
   * The same where `resolve` has just found nothing. It may give a record that the user may not see, left as it is: the
   * first look at it is refused then.
   */
  make(externalId: string, model: string, table: LoadTable, options?: ReadOptions): Promise<number>;
}

/** Idempotent creation by Odoo's external ids: the only reference in Odoo that is unique for every model. */
export function externalIds(client: OdooClient, system: string, module: string): ExternalIds {
  async function resolve(externalId: string, model: string, options?: ReadOptions): Promise<number | undefined> {
    const name = externalId.slice(module.length + 1);
    let found: readonly [string, number | false];
    try {
      found = await client.call(
        'ir.model.data',
        'check_object_reference',
        {
          params: { module, xml_id: name },
          answer: z.tuple([z.string(), z.union([recordId, z.literal(false)])]),
          safety: 'read',
        },
        // Else it would hide archived records. Recorded on Odoo 19.0, 2026-11-26.
        { ...options, context: { active_test: false } },
      );
    } catch (error) {
      // Odoo says that there is none with a ValueError. Recorded on Odoo 19.0, 2026-11-23.
      if (isCommerceError(error, 'record.missing')) return undefined;
      throw error;
    }
    const [foundModel, id] = found;
    // Either the user may not see it, or a refused `load` was rolled back and left its name in the cache of a worker, for
    // as long as that lives. Recorded on Odoo 19.0, 2026-11-26.
    if (id === false) return undefined;
    if (foundModel === model) return id;
    // The name may be made of a mailbox.
    throw new CommerceError({
      code: 'link.conflict',
      message: `"${system}" has an external id of the module "${module}" that is to be of a record of "${model}" on the record "${id}" of "${foundModel}". Correct it in Odoo's list of external ids, then replay.`,
      system,
      operation: 'ir.model.data/check_object_reference',
    });
  }

  async function load(model: string, { fields, rows }: LoadTable, options?: ReadOptions): Promise<number> {
    const call = { params: { fields, data: rows }, answer: loaded, safety: 'once' as const };
    const { ids } = await client.call(model, 'load', call, { ...options, context: loadContext });
    return ids[0];
  }

  async function make(externalId: string, model: string, table: LoadTable, options?: ReadOptions): Promise<number> {
    try {
      return await load(model, table, options);
    } catch (error) {
      if (!maybeDone(error)) throw error;
    }
    // The answer was lost, and Odoo may still commit: a second load either waits for it or finds its record.
    return (await resolve(externalId, model, options)) ?? load(model, table, options);
  }

  return {
    of: (kind, key) => `${module}.${kind}_${escaped(key)}`,
    resolve,
    make,
    // Not left to `load`: it would change a record that others gave this external id, even a confirmed order.
    ensure: async (externalId, model, table, options) =>
      (await resolve(externalId, model, options)) ?? make(externalId, model, table(), options),
  };
}

/**
 * `load` reads a date in the user's time zone, everything else in UTC; `tz` makes them one. The other two let it leave a
 * record alone that they made: without them the slower of two callers would write its lines into the other one's order.
 * `_load_records` in Odoo's odoo/models.py (17, 18) and odoo/orm/models.py (19), read 2026-11-25.
 */
export const loadContext = { tz: 'UTC', mode: 'update', noupdate: true };

const loaded = z.object({ ids: z.tuple([recordId], recordId) });

/** Keeps letters, digits and "-", and writes everything else as its code: two keys never become one external id. */
function escaped(key: string): string {
  let name = '';
  for (const letter of key)
    name += /[A-Za-z0-9-]/.test(letter) ? letter : `_${letter.codePointAt(0)?.toString(16) ?? ''}_`;
  return name;
}
