import type { OrderDraft, ReadOptions } from '@crossdock/core';
import { refused, type Connection } from './connection.ts';
import type { Domain } from './client.ts';
import { locationPlaceRow, warehouseRow, type WarehouseWire } from './wire/stock.ts';

/** Which of Odoo's warehouses, teams and price lists an order is made with. What is left out is Odoo's to choose. */
export interface OrderRoute {
  readonly warehouseId: number | undefined;
  readonly team: number | undefined;
  readonly pricelist: number | undefined;
}

type Routed = Pick<OrderDraft, 'location' | 'source' | 'number' | 'currency'>;

/**
 * How orders are made: the warehouse that a draft names, else that of its channel, else that of the options; team and
 * price list of its channel, else of the options. What needs a question is asked once for all of them. A draft that names
 * what is no warehouse here is `link.missing` when its route is asked for.
 */
export async function routesOf(
  connection: Connection,
  drafts: readonly Routed[],
  options?: ReadOptions,
): Promise<(draft: Routed) => OrderRoute> {
  const isLookedUp = drafts.some((draft) => draft.location || typeof wantedWarehouse(connection, draft) === 'string');
  const known = isLookedUp ? await ownWarehouses(connection, options) : [];
  const within = await warehousesOfLocations(connection, drafts, options);
  return (draft) => {
    const { channels, team, pricelists } = connection.settings;
    const channel = channels[draft.source.system];
    return {
      warehouseId: chosenWarehouse(connection, draft, known, within),
      team: channel?.team ?? team,
      pricelist: channel?.pricelists?.[draft.currency] ?? pricelists[draft.currency],
    };
  };
}

/** The id or code that the options name for an order of this channel. */
function wantedWarehouse({ settings }: Connection, { source }: Routed): number | string | undefined {
  return settings.channels[source.system]?.warehouse ?? settings.warehouse;
}

function chosenWarehouse(
  connection: Connection,
  draft: Routed,
  known: readonly WarehouseWire[],
  within: ReadonlyMap<number, number>,
): number | undefined {
  const { settings } = connection;
  const { location } = draft;
  if (location) {
    const id = location.system === settings.name ? warehouseNumber(location.id, within) : undefined;
    if (id !== undefined && known.some((one) => one.id === id)) return id;
    throw refused(settings, 'link.missing', 'orders.create', {
      message: `Order "${draft.number}" was not created in "${settings.name}": the location "${location.id}" of "${location.system}" is no warehouse there that its user and company have. Name one of "${settings.name}" in the draft or leave it out, then replay.`,
      refs: [draft.source, location],
    });
  }
  const wanted = wantedWarehouse(connection, draft);
  if (typeof wanted !== 'string') return wanted;
  const [only, ...more] = known.filter(({ code }) => code === wanted);
  if (only && more.length === 0) return only.id;
  throw refused(settings, 'options.invalid', 'orders.create', {
    message: `Order "${draft.number}" was not created in "${settings.name}": ${more.length + (only ? 1 : 0)} warehouses there have the code "${wanted}" of odoo({ warehouse }) or of its channel. Pass the id or code of one that the user may see.`,
    refs: [draft.source],
  });
}

/** Of a location inside a warehouse it is the warehouse that ships. */
function warehouseNumber(id: string, within: ReadonlyMap<number, number>): number | undefined {
  const place = placeNumber(id);
  if (place !== undefined) return within.get(place);
  return /^[1-9]\d{0,9}$/.test(id) ? Number(id) : undefined;
}

/** Locations that are counted by themselves are named like this. */
function placeNumber(id: string): number | undefined {
  const [, number] = /^stock-location-([1-9]\d{0,9})$/.exec(id) ?? [];
  return number === undefined ? undefined : Number(number);
}

async function ownWarehouses({ client, settings }: Connection, options?: ReadOptions) {
  const { company } = settings;
  const domain: Domain = company === undefined ? [] : [['company_id', '=', company]];
  return client.searchRead('stock.warehouse', warehouseRow, { domain, order: 'id' }, options);
}

async function warehousesOfLocations(
  { client, settings }: Connection,
  drafts: readonly Routed[],
  options?: ReadOptions,
): Promise<ReadonlyMap<number, number>> {
  const named = drafts.flatMap(({ location }) => (location?.system === settings.name ? location.id : []));
  const ids = [...new Set(named.flatMap((id) => placeNumber(id) ?? []))];
  if (ids.length === 0) return new Map();
  const places = await client.searchRead(
    'stock.location',
    locationPlaceRow,
    { domain: [['id', 'in', ids]], order: 'id' },
    options,
  );
  return new Map(places.flatMap(({ id, warehouse_id }) => (warehouse_id ? [[id, warehouse_id.id] as const] : [])));
}
