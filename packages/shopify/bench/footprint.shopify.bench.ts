// What a program pays to start with us: importing core and the Shopify connector, as built, against importing the
// vendor's own client with its Node adapter. Each import in a process of its own, in turns; medians. Goal < 1.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const rounds = 11;
const contenders = {
  crossdock: ['@crossdock/core', '@crossdock/shopify'],
  vendor: ['@shopify/shopify-api/adapters/node', '@shopify/shopify-api'],
};

export async function bench() {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'ignore' });
  const millis = { crossdock: [] as number[], vendor: [] as number[] };
  for (let round = -1; round < rounds; round++) {
    for (const name of ['crossdock', 'vendor'] as const) {
      const spent = importTime(contenders[name]);
      if (round >= 0) millis[name].push(spent);
    }
  }
  const [ours, theirs] = [median(millis.crossdock), median(millis.vendor)];
  console.log(
    `  footprint.shopify: crossdock ${ours.toFixed(0)} ms, @shopify/shopify-api ${theirs.toFixed(0)} ms to import`,
  );
  const ratio = ours / theirs;
  return [{ id: 'footprint.shopify', ratio, against: '@shopify/shopify-api', goal: '<1', met: ratio < 1 }];
}

/** Milliseconds that a fresh process takes to import these, resolved from this package as a user's would be. */
function importTime(names: readonly string[]): number {
  const script = `const from = performance.now();
    for (const name of ${JSON.stringify(names)}) await import(name);
    console.log(performance.now() - from);`;
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd, encoding: 'utf8' }));
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}
