// Builds every package whose sources, or those of a package of ours it depends on, changed since its last build.
// `--force` builds all.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const stampFile = 'node_modules/.build.json';
const lock = 'node_modules/.build.lock';
const names = readdirSync('packages').filter((name) => existsSync(`packages/${name}/package.json`));
const manifests = new Map(
  names.map((name) => [name, JSON.parse(readFileSync(`packages/${name}/package.json`, 'utf8'))]),
);

await takeLock();
try {
  await build();
} finally {
  rmSync(lock, { recursive: true, force: true });
}

async function build() {
  const wanted = Object.fromEntries(names.map((name) => [name, stateOf(name)]));
  const built = existsSync(stampFile) ? JSON.parse(readFileSync(stampFile, 'utf8')) : {};
  const isDue = (name) =>
    process.argv.includes('--force') || built[name] !== wanted[name] || !existsSync(`packages/${name}/dist/index.js`);
  const due = names.filter(isDue);
  // Core first, alone: the others' declarations are made from its own.
  for (const group of [due.filter((name) => name === 'core'), due.filter((name) => name !== 'core')]) {
    const results = await inPairs(group, async (name) => {
      delete built[name];
      if (!(await tsup(name))) return false;
      built[name] = wanted[name];
      return true;
    });
    writeFileSync(stampFile, JSON.stringify(built));
    if (results.includes(false)) {
      process.exitCode = 1;
      return;
    }
  }
  console.log(due.length ? `build: ${due.join(', ')}` : 'build: up to date');
}

/** A hash of everything that a package's build is made of. */
function stateOf(name) {
  const { dependencies = {} } = manifests.get(name);
  const ours = Object.keys(dependencies).filter((dependency) => dependency.startsWith('@crossdock/'));
  const folders = [name, ...ours.map((dependency) => dependency.slice('@crossdock/'.length))];
  const files = [
    'pnpm-lock.yaml',
    'tsconfig.json',
    'tsup.base.ts',
    ...folders.flatMap((folder) => [
      `packages/${folder}/package.json`,
      `packages/${folder}/tsup.config.ts`,
      ...globSync(`packages/${folder}/src/**/*`)
        .filter((path) => statSync(path).isFile())
        .toSorted(),
    ]),
  ];
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

function tsup(name) {
  return new Promise((resolve) => {
    const child = spawn('tsup', ['--silent'], {
      cwd: `packages/${name}`,
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32',
    });
    child.on('error', () => resolve(false));
    child.on('close', (code) => {
      if (code !== 0) console.error(`build: ${name} was not built`);
      resolve(code === 0);
    });
  });
}

async function inPairs(items, work) {
  const results = [];
  for (let i = 0; i < items.length; i += 2) results.push(...(await Promise.all(items.slice(i, i + 2).map(work))));
  return results;
}

/** Two builds at once would empty each other's dist. A lock older than five minutes was left by one that died. */
async function takeLock() {
  for (;;) {
    try {
      mkdirSync(lock);
      return;
    } catch {
      const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
      if (age > 300_000) rmSync(lock, { recursive: true, force: true });
      await sleep(200);
    }
  }
}
