// Bundles every entry of core and the connectors for no platform in particular and fails where Node.js is in the
// bundle: such an entry would not start in a browser, a worker or an edge runtime. Run after the build.
import { readFileSync, readdirSync } from 'node:fs';
import { build } from 'esbuild';

const onNode = new Set(['@crossdock/core/sqlite']);
const packages = readdirSync('packages').filter((name) => name !== 'testing' && name !== 'postgres');
let failed = 0;
for (const name of packages) {
  const manifest = JSON.parse(readFileSync(`packages/${name}/package.json`, 'utf8'));
  for (const [entry, target] of Object.entries(manifest.publishConfig.exports)) {
    const id = `${manifest.name}${entry.slice(1)}`;
    if (!target.default || onNode.has(id)) continue;
    const { metafile } = await build({
      entryPoints: [`packages/${name}/${target.default}`],
      bundle: true,
      write: false,
      metafile: true,
      format: 'esm',
      platform: 'neutral',
      mainFields: ['module', 'main'],
      external: ['node:*'],
      logLevel: 'error',
    });
    const imports = Object.values(metafile.outputs).flatMap((output) => output.imports.map(({ path }) => path));
    if (imports.length) {
      failed++;
      console.error(`${id}: the bundle needs ${[...new Set(imports)].join(', ')}`);
    } else console.log(`${id}: neutral`);
  }
}
process.exitCode = failed ? 1 : 0;
