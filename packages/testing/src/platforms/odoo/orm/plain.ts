import type { Json } from '@crossdock/core';

/** A value as a text: texts and numbers as they are, anything else as JSON. */
export function plain(value: Json): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
