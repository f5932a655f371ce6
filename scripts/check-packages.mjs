// Packs every package as it would be published and checks the tarball: publint (manifest, files, exports),
// Are-the-types-wrong (what TypeScript resolves), and plain Node.js importing every entry from outside the workspace.
// Run after the build.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const out = mkdtempSync(join(tmpdir(), 'crossdock-pack-'));
const installed = join(out, 'app', 'node_modules');
const packages = readdirSync('packages')
  .filter((folder) => existsSync(`packages/${folder}/package.json`))
  .map((folder) => ({ folder, manifest: JSON.parse(readFileSync(`packages/${folder}/package.json`, 'utf8')) }));
let failed = 0;

function check(label, command, args, cwd = '.') {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status === 0) return;
  failed++;
  console.error(`${label}: ${command} refuses it\n${stdout}${stderr}`);
}

/**
 * Unpacks the tarball into an app's node_modules. What it declares is linked into its own node_modules, so that it
 * cannot lean on what another package of ours brings along.
 */
function unpack(tarball, folder, { name, dependencies = {}, peerDependencies = {} }) {
  const target = join(installed, name);
  mkdirSync(target, { recursive: true });
  check(name, 'tar', ['-xzf', tarball, '-C', target, '--strip-components=1']);
  for (const dependency of Object.keys({ ...dependencies, ...peerDependencies })) {
    if (dependency.startsWith('@crossdock/')) continue;
    const link = join(target, 'node_modules', dependency);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(realpathSync(`packages/${folder}/node_modules/${dependency}`), link, 'junction');
  }
}

try {
  for (const { folder, manifest } of packages) {
    const { name, version } = manifest;
    check(name, 'pnpm', ['pack', '--pack-destination', out], `packages/${folder}`);
    const tarball = join(out, `${name.slice(1).replace('/', '-')}-${version}.tgz`);
    check(name, 'publint', ['run', tarball, '--strict', '--pack', 'false']);
    check(name, 'attw', [tarball, '--profile', 'esm-only', '--format', 'ascii']);
    unpack(tarball, folder, manifest);
  }
  for (const { manifest } of packages) {
    const packed = JSON.parse(readFileSync(join(installed, manifest.name, 'package.json'), 'utf8'));
    const entries = Object.keys(packed.exports).filter((entry) => entry !== './package.json');
    for (const id of entries.map((entry) => `${manifest.name}${entry.slice(1)}`)) {
      check(id, 'node', ['--input-type=module', '--eval', `await import('${id}')`], join(out, 'app'));
    }
    for (const file of Object.values(packed.bin ?? {})) {
      if (existsSync(join(installed, manifest.name, file))) continue;
      failed++;
      console.error(`${manifest.name}: bin ${file} is not in the tarball`);
    }
    console.log(`${manifest.name}: packed, ${entries.length} entries imported`);
  }
} finally {
  rmSync(out, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;
