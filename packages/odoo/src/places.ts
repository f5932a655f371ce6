import type { Address, ReadOptions } from '@crossdock/core';
import type { Places } from './address-record.ts';
import { refused, type Connection } from './connection.ts';
import type { Domain } from './client.ts';
import { countryRow, stateRow, type PartnerWire } from './wire/partner.ts';

/** Looks countries and subdivisions of addresses up, in the order of the addresses. Raises `address.invalid`. */
export async function placesOf(
  connection: Connection,
  addresses: readonly Address[],
  options?: ReadOptions,
): Promise<readonly Places[]> {
  await learnPlaces(connection, addresses, options);
  return addresses.map((address) => placeOf(connection, address));
}

/** Asks for the countries and subdivisions of any number of addresses at once. What was found once is kept. */
export async function learnPlaces(
  connection: Connection,
  addresses: readonly Address[],
  options?: ReadOptions,
): Promise<void> {
  const codes = [...new Set(addresses.map((address) => address.countryCode))];
  await countryIds(connection, codes, options);
  await learnStates(connection, addresses, options);
}

/** What was learnt of an address. Raises `address.invalid` for a country that Odoo does not have. */
export function placeOf({ settings, places }: Connection, { countryCode, subdivision }: Address): Places {
  const countryId = places.get(countryCode);
  if (countryId === undefined) {
    throw refused(settings, 'address.invalid', 'res.country/search_read', {
      message: `The address was not taken over by "${settings.name}": it has no country with the code "${countryCode}". Correct the address, then replay.`,
    });
  }
  return { countryId, stateId: subdivision ? places.get(stateKey(countryCode, subdivision)) : undefined };
}

function stateKey(countryCode: string, subdivision: string): string {
  return `${countryCode}/${subdivision}`;
}

/** Ids of countries by code. What was found once is kept: an order is not worth two questions about the same country. */
async function countryIds({ client, places }: Connection, codes: readonly string[], options?: ReadOptions) {
  const unknown = codes.filter((code) => !places.has(code));
  if (unknown.length > 0) {
    const domain: Domain = [['code', 'in', unknown]];
    const countries = await client.searchRead('res.country', countryRow, { domain }, options);
    for (const { id, code } of countries) if (code !== null) places.set(code, id);
  }
  return places;
}

/** ISO codes of the countries of partners, by the country's id. */
export async function countryCodes(
  { client }: Connection,
  partners: readonly PartnerWire[],
  options?: ReadOptions,
): Promise<ReadonlyMap<number, string>> {
  const ids = [...new Set(partners.flatMap(({ country_id }) => (country_id === null ? [] : [country_id.id])))];
  const countries = await client.read('res.country', ids, countryRow, options);
  return new Map(countries.flatMap(({ id, code }) => (code === null ? [] : [[id, code] as const])));
}

/** Subdivisions by their code, with or without the country before it ("US-NY"), or by their name. */
async function learnStates(connection: Connection, addresses: readonly Address[], options?: ReadOptions) {
  const { client, places } = connection;
  const unknown = addresses.flatMap(({ countryCode, subdivision }) => {
    const countryId = places.get(countryCode);
    if (!subdivision || countryId === undefined || places.has(stateKey(countryCode, subdivision))) return [];
    const code = subdivision.startsWith(`${countryCode}-`) ? subdivision.slice(countryCode.length + 1) : subdivision;
    return [{ key: stateKey(countryCode, subdivision), countryId, code, name: subdivision }];
  });
  if (unknown.length === 0) return;
  const domain: Domain = [
    ['country_id', 'in', unique(unknown.map(({ countryId }) => countryId))],
    '|',
    ['code', 'in', unique(unknown.map(({ code }) => code))],
    ['name', 'in', unique(unknown.map(({ name }) => name))],
  ];
  const states = await client.searchRead('res.country.state', stateRow, { domain }, options);
  for (const { key, countryId, code, name } of unknown) {
    const own = states.filter(
      (state) => state.country_id?.id === countryId && (state.code === code || state.name === name),
    );
    const [only] = own;
    if (only && own.length === 1) places.set(key, only.id);
  }
}

function unique<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}
