import { describe, expect, it } from 'vitest';
import { allDocuments } from './schema/all-documents.ts';
import { answerType } from './schema/answer-type.ts';
import { inBraces } from './schema/braces.ts';
import { trueSchema, versions } from './schema/true-schema.ts';
import { variableTypes } from './schema/variable-types.ts';

const schemas = versions.map((version) => trueSchema(version).schema);
const documents = await allDocuments();
const files = [...new Set(documents.map(({ file }) => file))];
const variables = variableTypes(schemas);
const head = `// Written by a test from the documents and the schemas of Admin API ${versions.join(', ')}. \`vitest run -u\` writes it anew.\n`;

describe('the types of what is sent and answered', () => {
  it.each(files)('are those that the documents in %s have in every version', async (file) => {
    const entries = documents.filter((document) => document.file === file);
    const members = entries.map(({ name, operation }) => {
      const parts = [`variables: ${variables.of(operation)}`, `answer: ${answerType(schemas, operation)}`];
      return `${name}: {\n${parts.map((part) => indented(`${part};`)).join('\n')}\n}`;
    });
    const text = `export interface ${operationsOf(file)} ${inBraces(members)}\n`;
    await expect(`${head}${inputImport(text)}${pageImport(text)}\n${text}`).toMatchFileSnapshot(generated(file));
  });

  it('are those of the inputs that any of them takes', async () => {
    await expect(`${head}\n${variables.inputs().join('\n\n')}\n`).toMatchFileSnapshot(generated('inputs'));
  });

  it('are found by the name of the operation', async () => {
    const imports = files.map((file) => `import type { ${operationsOf(file)} } from './${file}.generated.ts';`);
    const all = files.map(operationsOf).join(' & ');
    const lines = [
      ...imports,
      '',
      '/** What each operation is sent with and may be answered with. */',
      `export type Operations = ${all};`,
      'export type OperationName = keyof Operations;',
    ];
    await expect(`${head}${lines.join('\n')}\n`).toMatchFileSnapshot(generated('operations'));
  });
});

function generated(name: string): string {
  return `../src/documents/${name}.generated.ts`;
}

function operationsOf(file: string): string {
  return `${file.replace(/(^|-)([a-z])/g, (_all, _dash, letter: string) => letter.toUpperCase())}Operations`;
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, '  ');
}

function inputImport(text: string): string {
  const used = [...new Set(text.match(/\b[A-Z]\w*Input\b/g))].toSorted();
  return used.length === 0 ? '' : `import type { ${used.join(', ')} } from './inputs.generated.ts';\n`;
}

function pageImport(text: string): string {
  return /\bPageInfo\b/.test(text) ? "import type { PageInfo } from '../wire/connection.ts';\n" : '';
}
