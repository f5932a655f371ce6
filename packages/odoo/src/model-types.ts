import * as z from 'zod';
import type { OdooClient } from './client.ts';
import { fieldType } from './field-types.ts';

const described = z.record(
  z.string(),
  z.object({
    type: z.string(),
    string: z.string().optional(),
    selection: z.array(z.tuple([z.union([z.string(), z.number()]), z.unknown()])).optional(),
  }),
);
type Described = z.infer<typeof described>;

/** More words than this are a list of the world's languages or time zones, and none that a program decides by. */
const mostWords = 40;

/**
 * TypeScript that declares these models as this Odoo has them, for `OdooModels`: every field that the key's user may see, by
 * `fields_get`. A model that is not there is `request.rejected`.
 */
export async function modelTypes(client: OdooClient, models: readonly string[]): Promise<string> {
  const written: string[] = [];
  for (const model of models) {
    const fields = await client.call(model, 'fields_get', {
      params: { attributes: ['type', 'string', 'selection'] },
      answer: described,
      safety: 'read',
    });
    written.push(`    ${quoted(model)}: {\n${linesOf(fields)}    };\n`);
  }
  const declared = `declare module '@crossdock/odoo' {\n  interface OdooModels {\n${written.join('')}  }\n}\n`;
  const named = declared.includes('Many2one') ? "import type { Many2one } from '@crossdock/odoo';\n\n" : '';
  // Without an import a file of declarations would be the module itself instead of adding to it.
  return `// Written by \`npx @crossdock/odoo types\` from Odoo ${await client.version()}. Write it again after an upgrade.\n${named}${declared}\nexport {};\n`;
}

function linesOf(fields: Described): string {
  return Object.entries(fields)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, { type, string: label, selection }]) => {
      const comment =
        label === undefined ? '' : `      /** ${label.replaceAll('*/', '* /').replaceAll(/\s+/g, ' ')} */\n`;
      const words = type === 'selection' ? selection?.map(([word]) => word) : undefined;
      return `${comment}      ${/^[A-Za-z_]\w*$/.test(name) ? name : quoted(name)}: ${wordsIn(words) ?? fieldType(type).written};\n`;
    })
    .join('');
}

function wordsIn(words: readonly (string | number)[] | undefined): string | undefined {
  if (words === undefined || words.length === 0 || words.length > mostWords) return undefined;
  if (words.some((word) => typeof word !== 'string')) return undefined;
  return `${words.map((word) => quoted(String(word))).join(' | ')} | null`;
}

function quoted(text: string): string {
  return `'${text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", String.raw`\'`)
    .replaceAll(/\s+/g, ' ')}'`;
}
