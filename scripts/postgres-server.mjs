// Starts a real PostgreSQL of its own in a scratch folder, for tests and benches. It is gone with the process that
// started it, however that ends. Durable as PostgreSQL is by default: fsync stays on. DATABASE_URL names another server.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findPostgres, librariesOf } from './postgres-binaries.mjs';

const startsWithinMs = 30_000;

/**
 * A running server: `url` of its database, `kill()` ends it as a power cut would, `restart()` starts it again at the same
 * url, and `stop()` ends it for good. `settings` are those of postgresql.conf.
 */
export async function startPostgres({ settings = {} } = {}) {
  const named = process.env.DATABASE_URL;
  if (named)
    return { url: named, version: undefined, folder: undefined, kill: notOurs, restart: notOurs, stop: async () => {} };

  const programs = findPostgres();
  const folder = mkdtempSync(join(tmpdir(), 'crossdock-postgres-'));
  const keeper = keep(folder);
  try {
    const password = randomBytes(16).toString('hex');
    const user = unprivileged();
    const run = runner(programs, folder, user, keeper);
    initialize(run, folder, password, user);
    const port = await freePort();
    const url = `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
    let server = await serve(run, folder, port, settings);
    const end = async (signal) => {
      if (server.exitCode !== null || server.signalCode !== null) return;
      server.ref();
      server.kill(signal);
      await once(server, 'exit');
      keeper.told(0);
    };
    return {
      url,
      version: programs.version,
      folder,
      kill: () => {
        // While it stands still it makes no more of them.
        server.kill('SIGSTOP');
        for (const pid of childrenOf(server.pid)) killed(pid);
        return end('SIGKILL');
      },
      restart: async () => {
        await end('SIGINT');
        server = await serve(run, folder, port, settings);
      },
      stop: () => keeper.stop(),
    };
  } catch (cause) {
    await keeper.stop();
    throw cause;
  }
}

/** Each connection has a process of its own, which would go on for a moment without the server. */
function childrenOf(parent) {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const rows =
    stdout === null
      ? fromProc()
      : stdout
          .trim()
          .split('\n')
          .map((line) => line.trim().split(/\s+/));
  return rows.filter(([, ppid]) => Number(ppid) === parent).map(([pid]) => Number(pid));
}

/** The same where no `ps` is installed. */
function fromProc() {
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      return [[pid, stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]]];
    } catch {
      // It ended meanwhile.
      return [];
    }
  });
}

function killed(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}

async function notOurs() {
  throw new Error(
    'DATABASE_URL names a server that was not started here, so it is not killed here. Unset DATABASE_URL.',
  );
}

/** A process that stops the server and removes the folder when this one is done with it, or dead. */
function keep(folder) {
  const keeper = spawn(process.execPath, [join(import.meta.dirname, 'postgres-keeper.mjs'), folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  keeper.unref();
  keeper.stdin.unref();
  // Whoever killed the keeper wanted no cleaning up.
  keeper.stdin.on('error', () => {});
  return {
    told: (pid) => keeper.stdin.write(`${pid}\n`),
    stop: async () => {
      if (keeper.exitCode !== null || keeper.signalCode !== null) return;
      keeper.ref();
      keeper.stdin.end();
      await once(keeper, 'exit');
    },
  };
}

/** PostgreSQL refuses to run as root: the user to run it as then. */
function unprivileged() {
  if (process.getuid?.() !== 0) return undefined;
  const users = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = users.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
    // Some systems write the ids of "nobody" as negative numbers.
    if (uid && gid) return { uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 };
  }
  throw new Error(
    'PostgreSQL does not run as root, and there is no user "postgres" or "nobody" to run it as. Add one.',
  );
}

/** How a program of PostgreSQL is started: as whom, with which libraries, seen by the keeper. */
function runner(programs, folder, user, keeper) {
  if (user) chownSync(folder, user.uid, user.gid);
  const reachable = programs.root && user && !isOpenToAll(programs.bin) ? copied(programs, folder) : programs;
  const { PGDATA: _, ...inherited } = process.env;
  const env = { ...inherited, ...librariesOf(reachable, folder), LC_ALL: 'C', HOME: folder };
  return {
    sync: (name, args) => spawnSync(join(reachable.bin, name), args, { cwd: folder, env, encoding: 'utf8', ...user }),
    start: (name, args) => {
      const log = openSync(join(folder, 'log'), 'a');
      const child = spawn(join(reachable.bin, name), args, {
        cwd: folder,
        env,
        stdio: ['ignore', log, log],
        detached: true,
        ...user,
      });
      keeper.told(child.pid ?? 0);
      child.unref();
      return child;
    },
  };
}

/** Whether every user may go into that folder: root's checkout may be closed to others. */
function isOpenToAll(folder) {
  if ((statSync(folder).mode & 0o005) !== 0o005) return false;
  return dirname(folder) === folder || isOpenToAll(dirname(folder));
}

function copied({ root, version }, folder) {
  const copy = join(folder, 'programs');
  cpSync(join(root, 'native'), join(copy, 'native'), { recursive: true, verbatimSymlinks: true });
  return { root: copy, bin: join(copy, 'native', 'bin'), version };
}

function initialize(run, folder, password, user) {
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user) chownSync(passwordFile, user.uid, user.gid);
  // What is in the folder at the start is not missed after a power cut, so it needs no sync.
  const made = ['--auth=password', '--username=postgres', '--encoding=UTF8', '--locale=C', '--no-sync'];
  const { status, stderr, error } = run.sync('initdb', [
    '-D',
    join(folder, 'data'),
    `--pwfile=${passwordFile}`,
    ...made,
  ]);
  if (status !== 0) throw new Error(`PostgreSQL could not set up a database: ${error?.message ?? stderr.trim()}`);
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts the server on `port`, and answers when it takes connections. */
async function serve(run, folder, port, settings) {
  const data = join(folder, 'data');
  const all = { listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: 200, ...settings };
  const args = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const until = performance.now() + startsWithinMs;
  while (performance.now() < until) {
    const child = run.start('postgres', ['-D', data, '-p', String(port), ...args]);
    const exited = once(child, 'exit');
    while (child.exitCode === null && child.signalCode === null && performance.now() < until) {
      // The eighth line is the state of the server, once it has one.
      const file = join(data, 'postmaster.pid');
      const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
      if (lines[0] === String(child.pid) && lines[7]?.trim() === 'ready') return child;
      await Promise.race([exited, sleep(10)]);
    }
    // The processes of a server that was killed end a moment after it; until then it does not start.
    if (!/pre-existing shared memory block/.test(lastWords(folder))) break;
    await sleep(50);
  }
  throw new Error(`PostgreSQL did not start on port ${port}: ${lastWords(folder)}`);
}

const lastWords = (folder) => readFileSync(join(folder, 'log'), 'utf8').trim().split('\n').slice(-5).join(' | ');
