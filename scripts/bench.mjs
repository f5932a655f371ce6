// Runs packages/*/bench/*.bench.ts, each of which exports `bench`, an async function that answers with results like
// { id: 'http.call', ratio: 1.18, against: 'bare ky', goal: '<=1.25', met: true }. A missed goal is printed as missed.
// `-- --json` ends with one line of JSON; `-- --only http.call` runs the file of that name.
import { globSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { json: { type: 'boolean' }, only: { type: 'string' } } });
const files = globSync('packages/*/bench/*.bench.ts')
  .filter((file) => !values.only || basename(file, '.bench.ts') === values.only)
  .toSorted();
if (values.only && !files.length) throw new Error(`No benchmark is called "${values.only}"`);

const results = [];
for (const file of files) {
  const { bench } = await import(resolve(file));
  for (const result of await bench()) {
    results.push(result);
    const { id, ratio, against, goal, met } = result;
    console.log(`${id}: ${ratio.toFixed(2)} of ${against} (goal ${goal}, ${met ? 'met' : 'missed'})`);
  }
}
if (values.json) console.log(JSON.stringify({ results }));
