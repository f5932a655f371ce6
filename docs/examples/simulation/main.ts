import { parseArgs } from 'node:util';
import { simulate } from './simulate.ts';

// npm run simulate -- --seeds 100000 runs that many seeds, from `--from`; npm run simulate -- --seed 4711 shows one step by step.
const { values } = parseArgs({
  options: { seeds: { type: 'string' }, from: { type: 'string' }, seed: { type: 'string' }, json: { type: 'boolean' } },
});
const from = Number(values.seed ?? values.from ?? 1);
const count = values.seed === undefined ? Number(values.seeds ?? 1_000) : 1;
if (![from, count].every((value) => Number.isSafeInteger(value) && value >= 0)) {
  throw new Error('--seeds, --from and --seed want whole numbers.');
}
const began = performance.now();
const failed: number[] = [];
let steps = 0;
let crashes = 0;
for (let seed = from; seed < from + count; seed++) {
  const { trace, broken, stuck, crashes: died } = await simulate(seed);
  steps += trace.length;
  crashes += died;
  if (values.seed !== undefined) console.log(trace.join('\n'));
  if (broken.length + stuck.length === 0) continue;
  failed.push(seed);
  console.error(`seed ${seed}: ${[...broken, ...stuck].join(' ')} Show it: npm run simulate -- --seed ${seed}`);
}
const seconds = Math.round((performance.now() - began) / 100) / 10;
if (values.json) console.log(JSON.stringify({ seeds: count, steps, crashes, failed: failed.length, seconds }));
else
  console.log(`${count} seeds, ${steps} steps, ${crashes} processes died, ${failed.length} seeds failed, ${seconds} s`);
process.exitCode = failed.length === 0 ? 0 : 1;
