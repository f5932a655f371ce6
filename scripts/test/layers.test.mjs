import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { tree } from './tree.mjs';

const ranks = {
  model: 1,
  errors: 2,
  ports: 3,
  rules: 4,
  policies: 5,
  memory: 5,
  sqlite: 5,
  connector: 6,
  http: 6,
  exceptions: 7,
  flows: 8,
};
const folders = Object.keys(ranks);
const pairs = folders.flatMap((from) => folders.filter((to) => to !== from).map((to) => ({ from, to })));
const upward = pairs.filter(({ from, to }) => ranks[to] >= ranks[from]);
const downward = pairs.filter(({ from, to }) => ranks[to] < ranks[from]);

const importing = (path) => `export * from '${path}';\n`;
const crossing = (list) =>
  Object.fromEntries(
    list.map(({ from, to }) => [`packages/core/src/${from}/takes-${to}.ts`, importing(`../${to}/leaf.ts`)]),
  );
const manifest = (name, rest = {}) =>
  JSON.stringify({
    name: `@crossdock/${name}`,
    type: 'module',
    exports: { '.': { '@crossdock/source': './src/index.ts', default: './dist/index.js' } },
    dependencies: name === 'core' ? {} : { '@crossdock/core': 'workspace:^' },
    ...rest,
  });
const dependency = (name) => ({
  [`node_modules/${name}/package.json`]: JSON.stringify({ name, type: 'module', exports: './index.js' }),
  [`node_modules/${name}/index.js`]: 'export const it = 1;\n',
});

const allowed = {
  'tsconfig.json': JSON.stringify({
    compilerOptions: { module: 'NodeNext', allowImportingTsExtensions: true, customConditions: ['@crossdock/source'] },
  }),
  ...Object.fromEntries(folders.map((folder) => [`packages/core/src/${folder}/leaf.ts`, 'export const leaf = 1;\n'])),
  ...crossing(downward),
  'packages/core/package.json': manifest('core'),
  'packages/core/src/index.ts': importing('./model.ts') + importing('./model/index.ts'),
  'packages/core/src/model.ts': importing('./model/leaf.ts'),
  'packages/core/src/model/index.ts': importing('./leaf.ts'),
  'packages/core/src/sqlite.ts': importing('node:sqlite'),
  'packages/core/src/sqlite/store.ts': importing('node:sqlite'),
  'packages/core/test/leaf.test.ts': importing('../../testing/src/index.ts'),
  'packages/odoo/package.json': manifest('odoo', { devDependencies: { 'dev-only': '1' } }),
  'packages/odoo/src/index.ts': importing('./leaf.ts'),
  'packages/odoo/src/leaf.ts': importing('@crossdock/core'),
  'packages/odoo/test/leaf.test.ts': importing('dev-only') + importing('node:fs') + importing('../src/leaf.ts'),
  'packages/shopify/package.json': manifest('shopify'),
  'packages/shopify/src/index.ts': 'export const leaf = 1;\n',
  'packages/testing/package.json': manifest('testing', {
    devDependencies: { runner: '1' },
    peerDependencies: { runner: '1' },
  }),
  'packages/testing/src/index.ts': importing('./listen.ts'),
  'packages/testing/src/conformance.ts': importing('runner'),
  'packages/testing/src/listen.ts': importing('node:http'),
  'packages/testing/src/cli.ts': importing('node:util'),
  'packages/testing/src/fake/node-socket.ts': importing('node:net'),
  ...dependency('dev-only'),
  ...dependency('runner'),
};
const links = Object.fromEntries(
  ['odoo', 'shopify', 'testing'].flatMap((name) =>
    ['core', 'odoo', 'testing']
      .filter((other) => other !== name)
      .map((other) => [`packages/${name}/node_modules/@crossdock/${other}`, `packages/${other}`]),
  ),
);

const broken = {
  ...crossing(upward),
  'packages/core/src/surprise/leaf.ts': importing('../model/leaf.ts'),
  'packages/core/src/model/takes-odoo.ts': importing('../../../odoo/src/leaf.ts'),
  'packages/core/src/rules/takes-entry.ts': importing('../model.ts'),
  'packages/core/src/rules/takes-folder.ts': importing('../model/index.ts'),
  'packages/core/src/http/takes-node.ts': importing('node:crypto'),
  'packages/core/test/takes-files.test.ts': importing('../../testing/src/fake/takes-node.ts'),
  'packages/odoo/src/takes-shopify.ts': importing('../../shopify/src/index.ts'),
  'packages/odoo/src/takes-testing.ts': importing('@crossdock/testing'),
  'packages/odoo/src/takes-files.ts': importing('../../core/src/model/leaf.ts'),
  'packages/odoo/src/takes-own-index.ts': importing('./index.ts'),
  'packages/odoo/src/takes-node.ts': importing('node:fs'),
  'packages/odoo/src/takes-dev.ts': importing('dev-only'),
  'packages/odoo/src/takes-nothing.ts': importing('./absent.ts'),
  'packages/odoo/src/cycle-one.ts': importing('./cycle-two.ts'),
  'packages/odoo/src/cycle-two.ts': importing('./cycle-one.ts'),
  'packages/testing/src/fake/takes-odoo.ts': importing('@crossdock/odoo'),
  'packages/testing/src/fake/takes-node.ts': importing('node:net'),
};
const violations = [
  ...upward.map(({ from, to }) => `core-layer-${from}: core/src/${from}/takes-${to}.ts`),
  'core-folders-are-known: core/src/surprise/leaf.ts',
  'core-knows-no-package-of-ours: core/src/model/takes-odoo.ts',
  'entries-are-for-others: core/src/rules/takes-entry.ts',
  'file-not-folder: core/src/rules/takes-folder.ts',
  'neutral: core/src/http/takes-node.ts',
  'core-tests-take-a-clock: core/test/takes-files.test.ts',
  'packages-know-only-core: odoo/src/takes-shopify.ts',
  'packages-know-only-core: odoo/src/takes-testing.ts',
  'packages-by-their-entries: odoo/src/takes-files.ts',
  'file-not-folder: odoo/src/takes-own-index.ts',
  'neutral: odoo/src/takes-node.ts',
  'src-not-to-dev: odoo/src/takes-dev.ts',
  'resolvable: odoo/src/takes-nothing.ts',
  // Reported once a cycle.
  'no-cycle: odoo/src/cycle-one.ts',
  'packages-know-only-core: testing/src/fake/takes-odoo.ts',
  'neutral: testing/src/fake/takes-node.ts',
];

function cruise(root, output) {
  const cli = resolve('node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const config = resolve('.dependency-cruiser.js');
  const args = [cli, 'packages', '--config', config, '--output-type', output];
  return spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', maxBuffer: 64e6 });
}

it('accepts imports that go down', { timeout: 30_000 }, () => {
  const { status, stdout, stderr } = cruise(tree(allowed, links), 'err');

  expect({ status, stderr, stdout }).toEqual({
    status: 0,
    stderr: '',
    stdout: expect.stringContaining('no dependency violations'),
  });
});

it('names every import that breaks a rule, and no other', { timeout: 30_000 }, () => {
  const root = tree({ ...allowed, ...broken }, links);

  const { summary } = JSON.parse(cruise(root, 'json').stdout);
  const found = summary.violations.map(({ rule, from }) => `${rule.name}: ${from.replace('packages/', '')}`);

  expect(found.toSorted()).toEqual(violations.toSorted());
  expect(cruise(root, 'err').status).not.toBe(0);
});
