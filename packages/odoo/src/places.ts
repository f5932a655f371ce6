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
  if (addresses.length === 0) return [];
  const { settings, places: known } = connection;
  const codes = [...new Set(addresses.map((address) => address.countryCode))];
  const idByCode = await countryIds(connection, codes, options);
  const places: Places[] = [];
  for (const { countryCode, subdivision } of addresses) {
    const countryId = idByCode.get(countryCode);
    if (countryId === undefined) {
      throw refused(settings, 'address.invalid', 'res.country/search_read', {
        message: `The address was not taken over by "${settings.name}": it has no country with the code "${countryCode}". Correct the address, then replay.`,
      });
    }
    const key = `${countryCode}/${subdivision ?? ''}`;
    if (subdivision && !known.has(key)) {
      const found = await stateId(connection, countryId, countryCode, subdivision, options);
      if (found !== undefined) known.set(key, found);
    }
    places.push({ countryId, stateId: subdivision ? known.get(key) : undefined });
  }
  return places;
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

/** A subdivision by its code, with or without the country before it ("US-NY"), or by its name. */
async function stateId(
  { client }: Connection,
  countryId: number,
  countryCode: string,
  subdivision: string,
  options?: ReadOptions,
): Promise<number | undefined> {
  const code = subdivision.startsWith(`${countryCode}-`) ? subdivision.slice(countryCode.length + 1) : subdivision;
  const domain: Domain = [['country_id', '=', countryId], '|', ['code', '=', code], ['name', '=', subdivision]];
  const states = await client.searchRead('res.country.state', stateRow, { domain, limit: 2 }, options);
  return states.length === 1 ? states[0]?.id : undefined;
}
