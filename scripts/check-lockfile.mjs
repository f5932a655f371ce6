// Fails where the lockfile names a native package for some main platforms and not for others:
// resolved against an incomplete registry, it would leave contributors on those platforms without a binary.
import { readFileSync } from 'node:fs';

const text = readFileSync(new URL('../pnpm-lock.yaml', import.meta.url), 'utf8');
const snapshots = text.slice(text.indexOf('\npackages:'));
const platforms = {
  'linux-x64': /linux-x64(-gnu)?$/,
  'linux-arm64': /linux-arm64(-gnu)?$/,
  'darwin-arm64': /darwin-arm64$/,
  'darwin-x64': /darwin-x64$/,
  'win32-x64': /(win32|windows)-x64(-msvc)?$/,
};
// rollup itself names this one for Linux alone.
const partial = /^@napi-rs\/lzma@/;
const families = new Map();
for (const [, name, version] of snapshots.matchAll(/^ {2}'?(@?[\w./-]+)@([\d][^(':]*)'?:$/gm)) {
  for (const [platform, pattern] of Object.entries(platforms)) {
    if (pattern.test(name)) {
      const family = `${name.replace(pattern, '').replace(/[-/]$/, '')}@${version}`;
      families.set(family, (families.get(family) ?? new Set()).add(platform));
    }
  }
}
let failed = 0;
for (const [family, found] of families) {
  const missing = Object.keys(platforms).filter((platform) => !found.has(platform));
  if (missing.length && !partial.test(family)) {
    failed++;
    console.error(`${family}: the lockfile has no ${missing.join(', ')}`);
  }
}
console.log(`${families.size} native families, ${failed} incomplete`);
process.exitCode = failed ? 1 : 0;
