import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { docstringProblems } from '../check-docstrings.mjs';
import { tree } from './tree.mjs';

const manifest = JSON.stringify({
  exports: { '.': { '@crossdock/source': './src/index.ts' }, './package.json': './x' },
});

/** What the check says of a package whose entry exports all of one file with this text. */
function problemsOf(text, more = {}) {
  const entry = more['packages/core/src/index.ts'] ?? "export * from './order.ts';\n";
  return docstringProblems(
    tree({
      'packages/core/package.json': manifest,
      'packages/core/src/order.ts': text,
      ...more,
      'packages/core/src/index.ts': entry,
    }),
  );
}

it.each([
  ['a function', '/** Makes one. */\nexport function order(): void {}\n'],
  ['overloads', '/** Makes one. */\nexport function order(): void;\nexport function order(id?: string): void {}\n'],
  ['a remark in between', '/** Holds one. */\n// Never empty.\nexport const order = 1;\n'],
  ['what is not exported', 'const order = 1;\nexport {};\n'],
  [
    'a type that is inferred from the schema above',
    '/** An order. */\nexport const orderSchema = z.object({});\nexport type Order = z.infer<typeof orderSchema>;\n',
  ],
])('has nothing to say about %s', (_what, text) => {
  expect(problemsOf(text)).toEqual([]);
});

it.each([
  ['a function', 'export function order(): void {}\n', ['order']],
  ['a line of another kind', '// Makes one.\nexport function order(): void {}\n', ['order']],
  ['an empty docstring', '/** */\nexport type Order = string;\n', ['Order']],
  ['a docstring further up', '/** Makes one. */\n\nexport const order = 1;\n', ['order']],
  ["a neighbour's docstring", '/** One. */\nexport type Order = string;\nexport type Line = string;\n', ['Line']],
  ['a const of several', 'export const { order, line } = both;\n', ['order', 'line']],
  ['an interface', 'export interface Order {}\n', ['Order']],
  [
    'a type that is inferred from a schema without one',
    'export const orderSchema = z.object({});\nexport type Order = z.infer<typeof orderSchema>;\n',
    ['orderSchema', 'Order'],
  ],
  [
    'a type of another subject than the schema above',
    '/** An order. */\nexport const orderSchema = z.object({});\nexport type Line = z.infer<typeof orderSchema>;\n',
    ['Line'],
  ],
  [
    'a type whose schema is not right above',
    '/** An order. */\nexport const orderSchema = z.object({});\nconst other = 1;\nexport type Order = z.infer<typeof orderSchema>;\n',
    ['Order'],
  ],
  ['a name that is exported later', 'const order = 1;\nexport { order };\n', ['order']],
])('finds %s', (_what, text, names) => {
  expect(problemsOf(text)).toEqual(
    names.map((name) => expect.stringMatching(new RegExp(`^packages/core/src/order.ts:\\d+: '${name}' is exported`))),
  );
});

it('follows an export by name, also under another one, and leaves the rest of the file alone', () => {
  const text = 'export const order = 1;\nexport const line = 2;\n';
  const named = { 'packages/core/src/index.ts': "export { order as purchase } from './order.ts';\n" };
  const imported = { 'packages/core/src/index.ts': "import { order } from './order.ts';\nexport { order };\n" };

  for (const entry of [named, imported]) {
    expect(problemsOf(text, entry)).toEqual([expect.stringMatching(/order.ts:1: 'order' is exported/)]);
  }
});

it('follows a list of files that names another list', () => {
  const files = {
    'packages/core/src/index.ts': "export * from './model.ts';\n",
    'packages/core/src/model.ts': "export type * from './order.ts';\n",
  };
  expect(problemsOf('export type Order = string;\n', files)).toHaveLength(1);
});

it('ends with a failure that names the place', () => {
  const root = tree({
    'packages/core/package.json': manifest,
    'packages/core/src/index.ts': '\nexport const order = 1;\n',
  });
  const { status, stderr } = spawnSync(process.execPath, [resolve('scripts/check-docstrings.mjs')], {
    cwd: root,
    encoding: 'utf8',
  });

  expect(status).toBe(1);
  expect(stderr).toContain("packages/core/src/index.ts:2: 'order'");
});
