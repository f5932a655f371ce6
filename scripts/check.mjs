// Runs every check that is not a test, all of them even if one fails, and ends with a line each.
// `npm run check -- types layers` runs only those.
import { spawnSync } from 'node:child_process';

const checks = [
  ['format', 'oxfmt --check'],
  ['lint', 'oxlint --deny-warnings'],
  ['types', 'tsc'],
  ['neutral-types', 'tsc -p tsconfig.neutral.json'],
  ['layers', 'depcruise packages docs --config .dependency-cruiser.js'],
  ['layout', 'node scripts/check-layout.mjs'],
  ['docstrings', 'node scripts/check-docstrings.mjs'],
  ['unused', 'knip'],
  ['lockfile', 'node scripts/check-lockfile.mjs'],
  ['build', 'node scripts/build.mjs'],
  ['packages', 'node scripts/check-packages.mjs'],
  ['neutral-bundle', 'node scripts/check-neutral.mjs'],
  ['size', 'node scripts/size.mjs'],
  ['snippets', 'node scripts/check-snippets.mjs'],
];
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !checks.some(([known]) => known === name));
if (unknown.length)
  throw new Error(`No check is called ${unknown.join(', ')}: ${checks.map(([name]) => name).join(' ')}`);

// They look at what the build made.
const ofBuild = new Set(['packages', 'neutral-bundle', 'size']);
const lines = [];
let built = true;
for (const [name, command] of checks.filter(([known]) => !asked.length || asked.includes(known))) {
  if (ofBuild.has(name) && !built) {
    lines.push(`-      ${name} (not built)`);
    continue;
  }
  console.log(`\n── ${name}: ${command}`);
  const started = performance.now();
  const { status } = spawnSync(command, { stdio: 'inherit', shell: true });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  lines.push(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  if (status === 0) continue;
  process.exitCode = 1;
  if (name === 'build') built = false;
}
console.log(`\n${lines.join('\n')}`);
