import type { Json } from '@crossdock/core';
import { isBody, type Body } from './body.ts';
import { wordsOf } from './lists.ts';

/**
 * Leaves what `_fields` names. Links stay at a single record and go from those of a list. A name with a point below a list,
 * as of a batch, leaves nothing of it: `_fields=update.id` is `{"update":[]}`. Recorded on WooCommerce 10.0.2, 2026-11-23.
 */
export function pickFields(body: Json, fields: Json, isList: boolean): Json {
  const names = wordsOf(fields);
  if (!names || names.length === 0) return body;
  const wanted = new Set(names.map((name) => name.replaceAll('/', '.')));
  if (Array.isArray(body))
    return isList ? body.map((item: Json) => (isBody(item) ? pick(item, wanted, '') : item)) : body;
  if (!isBody(body)) return body;
  const picked = pick(body, wanted, '');
  return body['_links'] === undefined ? picked : { ...picked, _links: body['_links'] };
}

const results = new Set(['create', 'update', 'delete']);

function pick(body: Body, wanted: ReadonlySet<string>, prefix: string): Body {
  const kept: Record<string, Json> = {};
  for (const [name, value] of Object.entries(body)) {
    const path = prefix + name;
    if (wanted.has(path)) kept[name] = value;
    else if ([...wanted].some((field) => field.startsWith(`${path}.`))) {
      if (isBody(value)) kept[name] = pick(value, wanted, `${path}.`);
      else if (Array.isArray(value)) {
        // A list below a record goes with its name; what a batch did stays, and stays empty. Compared with 10.5.0, 2026-11-26.
        if (results.has(path)) kept[name] = [];
      } else kept[name] = value;
    }
  }
  return kept;
}
