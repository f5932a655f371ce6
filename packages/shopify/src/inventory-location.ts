import { CommerceError, type ReadOptions } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { activeLocations, locationsById } from './documents/inventory.ts';

/** Where the shop keeps stock. */
export interface Locations {
  /** The location that the connector was made for, else the shop's only active one. Throws `options.invalid` for any other case. */
  own(call: LocationCall): Promise<string>;
  /** Which of these ids are active locations of the shop. */
  active(ids: readonly string[], call: LocationCall): Promise<ReadonlySet<string>>;
}
interface LocationCall extends ReadOptions {
  readonly operation: string;
}

/** Looks each location up once, because they hardly ever change. */
export function locations(
  client: ShopifyClient,
  { system, location: wanted }: { readonly system: string; readonly location: string | undefined },
): Locations {
  const known = new Set<string>();
  let only: string | undefined;

  async function active(ids: readonly string[], call: LocationCall): Promise<ReadonlySet<string>> {
    const asked = [...new Set(ids)].filter((id) => !known.has(id) && isLocationId(id));
    if (asked.length > 0) {
      const variables = { ids: asked };
      const { nodes } = await client.run(locationsById, {
        ...call,
        safety: 'read',
        variables,
      });
      for (const node of nodes) if (node?.isActive) known.add(node.id);
    }
    return new Set(ids.filter((id) => known.has(id)));
  }

  async function onlyOne(call: LocationCall): Promise<string> {
    const { locations: page } = await client.run(activeLocations, { ...call, safety: 'read', variables: {} });
    const [first, second] = page.nodes;
    if (first && !second) return first.id;
    const seen = first ? 'has several active locations' : 'has no active location';
    throw invalid(call, `shopify() was given no location and "${system}" ${seen}`);
  }

  function invalid({ operation }: LocationCall, seen: string): CommerceError {
    return new CommerceError({
      code: 'options.invalid',
      system,
      operation,
      message: `\`${operation}\` has no place: ${seen}. Pass the id of one of its active locations as location, such as "gid://shopify/Location/1".`,
    });
  }

  return {
    active,
    async own(call) {
      if (wanted === undefined) return (only ??= await onlyOne(call));
      if ((await active([wanted], call)).has(wanted)) return wanted;
      throw invalid(call, `shopify({ location: "${wanted}" }) is no active location of "${system}"`);
    },
  };
}

/** An id that Shopify could have given. It calls others wrong, and refuses the whole call for them. */
function isLocationId(id: string): boolean {
  return /^gid:\/\/shopify\/Location\/[1-9]\d*$/.test(id);
}
