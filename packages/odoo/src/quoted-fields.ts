import * as z from 'zod';
import { parametersIn } from './rpc.ts';

/**
 * The fields whose values Odoo's sentence quotes, of those that a `load` brought: that tells what a refusal is about in
 * whatever language it is written. Values are compared without case, blanks and signs, because Odoo may have tidied them.
 */
export function quotedFields(sentence: string, json: unknown): readonly string[] {
  const said = plain(sentence);
  const tables = [parametersIn(json)].flat();
  const quoted = tables.flatMap((part) => {
    const table = loaded.safeParse(part);
    if (!table.success) return [];
    const { fields, data } = table.data;
    return fields.filter((_field, column) => data.some((row) => quotes(said, plain(row[column] ?? ''))));
  });
  return [...new Set(quoted)];
}

const loaded = z.object({ fields: z.array(z.string()), data: z.array(z.array(z.string())) });

/** Odoo may leave out the two letters of a country before a number. */
function quotes(said: string, value: string): boolean {
  const bare = value.replace(/^[a-z]{2}(?=\w*\d)/, '');
  return bare.length >= shortest && said.includes(bare);
}

/** What is shorter stands in many a sentence by chance. */
const shortest = 4;

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}
