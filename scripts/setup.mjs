// Makes a bare clone ready to run, and does nothing where it already is. What this machine lacks of a Node.js that is
// new enough, pnpm and the workspace's dependencies comes from the npm registry into this folder, and nowhere else.
// Runs on Node.js 18 and later and depends on nothing.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const at = (...parts) => join(root, ...parts);
const manifest = JSON.parse(readFileSync(at('package.json'), 'utf8'));
const bin = at('node_modules', '.bin');

function run(command, args, env = process.env) {
  const { status, error } = spawnSync(command, args, { cwd: root, env, stdio: 'inherit' });
  if (status === 0) return;
  console.error(`setup: '${command} ${args.join(' ')}' failed${error ? `: ${error.message}` : ''}`);
  process.exit(status || 1);
}

function isOlder(version, floor) {
  const [a, b] = [version, floor].map((text) => text.match(/\d+/g).map(Number));
  const i = b.findIndex((number, index) => number !== (a[index] ?? 0));
  return i >= 0 && (a[i] ?? 0) < b[i];
}

/** A program of an npm package, installed in a folder of its own. */
function tool(name, version, program) {
  const home = at('.tools', `${name}-${version}`);
  const path = join(home, 'node_modules', '.bin', program);
  if (!existsSync(path)) {
    console.log(`setup: getting ${program} ${version} from the npm registry`);
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, 'package.json'), '{ "private": true }\n');
    run('npm', ['install', '--prefix', home, '--no-save', '--loglevel=error', `${name}@${version}`]);
  }
  return path;
}

function newerNode() {
  if (!process.execPath.startsWith(at('.tools')) && !isOlder(process.versions.node, manifest.engines.node)) return [];
  const { platform, arch } = process;
  const name = `node-${platform === 'darwin' && arch === 'arm64' ? 'bin-' : ''}${platform}-${arch}`;
  return [tool(name, readFileSync(at('.node-version'), 'utf8').trim(), 'node')];
}

function missingPnpm() {
  const path = process.env.PATH.split(delimiter).filter((folder) => folder !== bin);
  const env = { ...process.env, PATH: path.join(delimiter) };
  if (spawnSync('pnpm', ['--version'], { cwd: root, env, stdio: 'ignore' }).status === 0) return [];
  return [tool('pnpm', manifest.packageManager.split('@')[1], 'pnpm')];
}

if (process.platform === 'win32') {
  if (isOlder(process.versions.node, manifest.engines.node)) throw new Error(`needs Node.js ${manifest.engines.node}`);
} else {
  const tools = [...newerNode(), ...missingPnpm()];
  // pnpm runs 'prepare' at the end of an install, which has just emptied node_modules/.bin.
  if (process.env.npm_lifecycle_event !== 'prepare') {
    const stamp = at('node_modules', '.setup');
    const state = createHash('sha256')
      .update(readFileSync(at('pnpm-lock.yaml')))
      .digest('hex');
    if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== state) {
      run('pnpm', ['install'], { ...process.env, PATH: [...tools.map(dirname), process.env.PATH].join(delimiter) });
      writeFileSync(stamp, state);
    }
  }
  // Scripts find node_modules/.bin first, so they run with these.
  for (const path of tools) {
    const link = join(bin, path.slice(dirname(path).length + 1));
    if (existsSync(link)) continue;
    rmSync(link, { force: true });
    symlinkSync(path, link);
  }
}
