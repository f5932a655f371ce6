// What a program pays to have us: how long it takes to import core and the connector, as built, and how many bytes they and
// all that they need have on the disk, against the vendor's own library with its Node adapter. Each import is in a process
// of its own, in turns; medians. Goal: a third of the vendor's, of both.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

const goal = 1 / 3;
const rounds = 11;
const own = fileURLToPath(new URL('..', import.meta.url));
const contenders = {
  crossdock: ['@crossdock/core', '@crossdock/shopify'],
  vendor: ['@shopify/shopify-api/adapters/node', '@shopify/shopify-api'],
};

export async function bench() {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'ignore' });
  return [imported(), installed()];
}

function imported() {
  const millis = { crossdock: [] as number[], vendor: [] as number[], zod: [] as number[] };
  for (let round = -1; round < rounds; round++) {
    const spent = {
      crossdock: importTime(contenders.crossdock),
      vendor: importTime(contenders.vendor),
      zod: importTime(['zod']),
    };
    if (round < 0) continue;
    for (const name of ['crossdock', 'vendor', 'zod'] as const) millis[name].push(spent[name]);
  }
  const shown = Object.entries(millis).map(([name, all]) => `${name} ${median(all).toFixed(0)} ms`);
  console.log(`  footprint.shopify, to import: ${shown.join(', ')}`);
  return result('footprint.shopify', median(millis.crossdock) / median(millis.vendor));
}

function installed() {
  const ours = installedBytes(own);
  const theirs = installedBytes(join(own, 'node_modules/@shopify/shopify-api'));
  const all = [...ours.entries()].toSorted(([, one], [, other]) => other - one);
  const shown = all.map(([name, bytes]) => `${name} ${(bytes / 1e6).toFixed(1)}`).join(', ');
  console.log(`  footprint.shopify.installed, MB: ${shown}; the vendor's ${(total(theirs) / 1e6).toFixed(1)}`);
  return result('footprint.shopify.installed', total(ours) / total(theirs));
}

function result(id: string, ratio: number) {
  return { id, ratio, against: '@shopify/shopify-api', goal: '<=0.33', met: ratio <= goal };
}

/** Milliseconds that a fresh process takes to import these, resolved from this package as a user's would be. */
function importTime(names: readonly string[]): number {
  const script = `const from = performance.now();
    for (const name of ${JSON.stringify(names)}) await import(name);
    console.log(performance.now() - from);`;
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: own, encoding: 'utf8' }));
}

const manifestSchema = z.object({
  name: z.string(),
  files: z.array(z.string()).default([]),
  dependencies: z.record(z.string(), z.string()).default({}),
});

/** Bytes of a package and of everything that is installed with it, by name. Of ours, what is published. */
function installedBytes(folder: string): ReadonlyMap<string, number> {
  const bytes = new Map<string, number>();
  const open = [realpathSync(folder)];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { name, files, dependencies } = manifestSchema.parse(
      JSON.parse(readFileSync(join(at, 'package.json'), 'utf8')),
    );
    if (bytes.has(name)) continue;
    const published = name.startsWith('@crossdock/') ? [...files, 'package.json', 'README.md'] : ['.'];
    bytes.set(
      name,
      published.map((part) => bytesIn(join(at ?? '', part))).reduce((sum, each) => sum + each, 0),
    );
    for (const needed of Object.keys(dependencies)) open.push(resolved(needed, at));
  }
  return bytes;
}

function bytesIn(path: string): number {
  if (!existsSync(path)) return 0;
  if (!statSync(path).isDirectory()) return statSync(path).size;
  const entries = readdirSync(path).filter((entry) => entry !== 'node_modules');
  return entries.reduce((sum, entry) => sum + bytesIn(join(path, entry)), 0);
}

/** Where a dependency stands, seen from a package. */
function resolved(name: string, from: string): string {
  for (let at = from; at !== dirname(at); at = dirname(at)) {
    const found = join(at, 'node_modules', name);
    if (existsSync(found)) return realpathSync(found);
  }
  throw new Error(`"${name}" is not installed.`);
}

function total(bytes: ReadonlyMap<string, number>): number {
  return [...bytes.values()].reduce((sum, each) => sum + each, 0);
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}
