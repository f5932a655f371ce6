import type { ReadOptions } from '@crossdock/core';
import type { CallOptions, Context } from './client.ts';
import type { Connection } from './connection.ts';

/**
 * Options of a call in the language of the options, with more context. Odoo keeps names, descriptions, units and attribute
 * values by language: left out, those of the key's user are read and written.
 */
export function inLanguage<O extends ReadOptions>(
  { settings }: Connection,
  options: O | undefined,
  context: Context = {},
): O & CallOptions {
  const lang = settings.language;
  // An empty object stands for options that were left out, which every part of O allows.
  return { ...(options as O), context: lang === undefined ? context : { lang, ...context } };
}
