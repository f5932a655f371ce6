import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { layoutProblems } from '../check-layout.mjs';
import { tree } from './tree.mjs';

const sound = {
  'README.md': 'Served at http://localhost:4010/work/orders, kept in `~/work/orders`.\n',
  'packages/core/package.json': '{}',
  'packages/core/src/clock.ts': 'export const clock = { now: () => Date.now() };\n',
  'packages/core/src/model/order.ts': '// Never Date.now() here.\nexport const at = (ms: number) => new Date(ms);\n',
  'packages/testing/package.json': '{}',
  'packages/testing/src/listen.ts': 'setTimeout(() => {}, 1);\n',
  'packages/testing/src/fake/clock.ts': 'export const soon = () => setTimeout(() => {}, 0);\n',
  'packages/odoo/package.json': '{}',
  'packages/odoo/src/categories.ts': "export const pull: PortCatalogue['categories'] = {};\n",
  ...Object.fromEntries(
    ['index', 'connector', 'options', 'client', 'errors', 'statuses', 'orders', 'webhooks', 'quota', 'wire/order'].map(
      (name) => [`packages/odoo/src/${name}.ts`, 'export const it = 1;\n'],
    ),
  ),
};

/** What the check says of a sound tree with these files on top and without those. */
function problemsOf(files, without = []) {
  const rest = Object.entries({ ...sound, ...files }).filter(([path]) => !without.includes(path));
  const root = tree(Object.fromEntries(rest));
  spawnSync('git', ['init', '--quiet'], { cwd: root });
  return layoutProblems(root);
}

it('has nothing to say about a sound tree', () => {
  expect(problemsOf({})).toEqual([]);
});

// Put together here, so that the check finds none of them in this file.
const machine = ['', 'home', 'ada', 'crossdock'].join('/');
const temporary = ['', 'tmp', 'orders.db'].join('/');
const registry = ['registry', 'example', 'org'].join('.');

it.each([
  ['a file without a subject', 'packages/core/src/http/utils.ts', '', /'utils' names no subject/],
  ['a folder without a subject', 'packages/core/src/helpers/date.ts', '', /'helpers' names no subject/],
  ['a shared folder of docs', 'docs/examples/shared/data.ts', '', /'shared' names no subject/],
  ['camel case', 'packages/core/src/http/retryAfter.ts', '', /'retryAfter.ts' is not kebab-case/],
  ['a folder in capitals', 'packages/core/src/HTTP/call.ts', '', /'HTTP' is not kebab-case/],
  ['a port by another name', 'packages/odoo/src/order.ts', '', /the port is called 'orders'/],
  ['a category for categories', 'packages/odoo/src/category.ts', '', /the port is called 'categories'/],
  ['a hold before its noun', 'packages/odoo/src/hold-order.ts', '', /begins with 'hold'; .* 'order-hold.ts'/],
  ['stock for inventory', 'packages/odoo/src/stock.ts', '', /the port is called 'inventory'/],
  [
    'a port in another file',
    'packages/odoo/src/quota.ts',
    "export const pull: PortCatalogue['prices'] = {};\n",
    /belongs in prices.ts/,
  ],
  ['a long file', 'packages/core/src/model/long.ts', 'export {};\n'.repeat(401), /401 lines, at most 400/],
  ['Date.now()', 'packages/core/src/http/now.ts', 'export const now = Date.now();\n', /now.ts:1: Date.now\(\)/],
  ['new Date()', 'packages/testing/src/fake/day.ts', '\nexport const day = new Date();\n', /day.ts:2: new Date\(\)/],
  ['setTimeout', 'packages/core/src/http/wait.ts', 'globalThis.setTimeout(() => {}, 1);\n', /setTimeout\(\)/],
  ['setInterval', 'packages/odoo/src/beat.ts', 'setInterval(() => {}, 1);\n', /setInterval\(\)/],
  ['Math.random', 'packages/odoo/src/jitter.ts', 'export const jitter = Math.random();\n', /Math.random\(\)/],
  ['process.env', 'packages/testing/src/cli.ts', 'export const key = process.env.KEY;\n', /process.env/],
  ["a person's folder", 'docs/start.md', `Open ${machine}.\n`, /start.md:1: names a path of a machine/],
  ['a temporary folder', 'data/note.txt', `at "${temporary}"\n`, /note.txt:1: names a path of a machine/],
  [
    'a file that a page names and nobody has',
    'docs/how.md',
    'Read `packages/odoo/src/orders.ts`, `packages/odoo/src/wire/`, `packages/…/x.ts` and `packages/odoo/src/gone.ts`.\n',
    /how.md:1: names 'packages\/odoo\/src\/gone.ts', which is not there/,
  ],
  ['a package registry', 'pnpm-lock.yaml', `tarball: https://${registry}/ky\n`, /names a package registry/],
])('refuses %s', (_what, path, text, expected) => {
  expect(problemsOf({ [path]: text })).toEqual([expect.stringMatching(expected)]);
});

it.each(['pull', 'get', 'create', 'cancel', 'push', 'confirm', 'read', 'verify', 'decode', 'request'])(
  'refuses a file of a connector that begins with %s',
  (verb) => {
    expect(problemsOf({ [`packages/odoo/src/${verb}-orders.ts`]: '' })).toEqual([
      `packages/odoo/src/${verb}-orders.ts: begins with '${verb}'; say the noun first, as in 'orders-${verb}.ts'`,
    ]);
    expect(problemsOf({ [`packages/odoo/src/order-${verb}.ts`]: '' })).toEqual([]);
  },
);

it.each(['index.ts', 'connector.ts', 'options.ts', 'client.ts', 'errors.ts', 'statuses.ts'])(
  'misses %s in a connector',
  (file) => {
    expect(problemsOf({}, [`packages/odoo/src/${file}`])).toEqual([
      `packages/odoo/src/${file}: every connector has it`,
    ]);
  },
);

it('misses wire/ in a connector, also in one it has never seen', () => {
  const files = Object.fromEntries(
    Object.entries(sound)
      .filter(([path]) => path.startsWith('packages/odoo/') && !path.includes('/wire/'))
      .map(([path, text]) => [path.replace('odoo', 'magento'), text]),
  );

  expect(problemsOf(files)).toEqual(['packages/magento/src/wire/: every connector has it']);
});

/** A package with two profiles: each has its folder, and its entry beside it. */
const profiles = Object.fromEntries([
  ['packages/3pl/package.json', '{}'],
  ...['index', 'north', 'south'].map((name) => [`packages/3pl/src/${name}.ts`, 'export const it = 1;\n']),
  ...['north', 'south'].flatMap((profile) =>
    ['connector', 'options', 'client', 'errors', 'statuses', 'shipments', 'wire/order'].map((name) => [
      `packages/3pl/src/${profile}/${name}.ts`,
      'export const it = 1;\n',
    ]),
  ),
]);

it('has nothing to say about a package with several profiles', () => {
  expect(problemsOf(profiles)).toEqual([]);
});

it.each(['south.ts', 'south/errors.ts', 'south/wire/', 'index.ts'])('misses %s in a package with profiles', (file) => {
  const kept = Object.entries(profiles).filter(([path]) => !path.startsWith(`packages/3pl/src/${file}`));

  expect(problemsOf(Object.fromEntries(kept))).toEqual([`packages/3pl/src/${file}: every connector has it`]);
});

it('refuses a near name of a port in a profile', () => {
  expect(problemsOf({ ...profiles, 'packages/3pl/src/north/stock.ts': '' })).toEqual([
    expect.stringMatching(/the port is called 'inventory'/),
  ]);
});

it('refuses a file that begins with a verb in a profile', () => {
  expect(problemsOf({ ...profiles, 'packages/3pl/src/north/cancel-order.ts': '' })).toEqual([
    expect.stringMatching(/begins with 'cancel'/),
  ]);
});

it('lets a verb stand first where no connector is', () => {
  expect(problemsOf({ 'packages/core/src/rules/read-rows.ts': '' })).toEqual([]);
});

it('ends with a failure that names the problem', () => {
  const root = tree({ ...sound, 'packages/core/src/utils.ts': '' });
  spawnSync('git', ['init', '--quiet'], { cwd: root });

  const { status, stderr } = spawnSync(process.execPath, [resolve('scripts/check-layout.mjs')], {
    cwd: root,
    encoding: 'utf8',
  });

  expect(status).toBe(1);
  expect(stderr).toContain("packages/core/src/utils.ts: 'utils' names no subject");
});
