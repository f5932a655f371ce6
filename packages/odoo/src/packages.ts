import type { WriteOptions } from '@crossdock/core';
import type { Connection } from './connection.ts';
import type { DeliveryPlan } from './shipment-plan.ts';
import { packageRow } from './wire/picking.ts';

/**
 * Odoo's packages for the SSCCs of a plan, by name; one that is not there is made. Its external id is the SSCC, so a
 * repeat and another process find it.
 */
export async function packageIds(
  { client, externalIds }: Connection,
  plans: readonly DeliveryPlan[],
  options: WriteOptions,
): Promise<ReadonlyMap<string, number>> {
  const names = new Set(
    plans.flatMap(({ shares }) => shares.flatMap(({ pieces }) => pieces.flatMap(({ sscc }) => sscc ?? []))),
  );
  const ids = new Map<string, number>();
  if (names.size === 0) return ids;
  // `stock.quant.package` before 19. Recorded on Odoo 17.0, 18.0 and 19.0, 2026-11-23.
  const model = (await client.version(options)) >= 19 ? 'stock.package' : 'stock.quant.package';
  const domain = [['name', 'in', [...names]] as const];
  for (const { id, name } of await client.searchRead(model, packageRow, { domain, order: 'id desc' }, options)) {
    ids.set(name, id);
  }
  for (const name of names) {
    if (ids.has(name)) continue;
    const externalId = externalIds.of('package', name);
    const table = () => ({ fields: ['id', 'name'], rows: [[externalId, name]] });
    ids.set(name, await externalIds.ensure(externalId, model, table, options));
  }
  return ids;
}
