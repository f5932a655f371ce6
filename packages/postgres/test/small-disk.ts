import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file system of its own that holds `megabytes`, for the user whom `folder` belongs to. */
export type SmallDisk = {
  readonly path: string;
  /** Fills it up to that much. */
  leave(megabytes: number): void;
  makeRoom(): void;
  remove(): Promise<void>;
};

/** Nothing where nobody may mount one, which is said; throws where this process has the right to, and it failed. */
export function smallDisk(megabytes: number, folder: string): SmallDisk | undefined {
  const path = mkdtempSync(join(tmpdir(), 'crossdock-disk-'));
  const { uid, gid } = statSync(folder);
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const run = (...words: readonly string[]) => {
    const [name = '', ...args] = [...asRoot, ...words];
    return spawnSync(name, args, { encoding: 'utf8' });
  };
  const room = `size=${megabytes}m,mode=0755,uid=${uid},gid=${gid}`;
  const mounted = run('mount', '-t', 'tmpfs', '-o', room, 'tmpfs', path);
  if (mounted.status !== 0) {
    rmSync(path, { recursive: true });
    const why = mounted.error?.message ?? mounted.stderr.trim();
    if (mayMount()) throw new Error(`A disk of ${megabytes} MB was not mounted, though root may: ${why}`);
    return undefined;
  }
  // Unmounts when its input ends: when this process says so, or is dead.
  const undo = 'trap "" INT TERM HUP; cat >/dev/null; "$@" umount -l "$path"; rmdir "$path"';
  const keeper = spawn('sh', ['-c', `path="$1"; shift; ${undo}`, 'sh', path, ...asRoot], {
    stdio: ['pipe', 'ignore', 'inherit'],
    detached: true,
  });
  const file = join(path, 'ballast');
  return {
    path,
    leave(left) {
      const { bavail, bsize } = statfsSync(path);
      const size = Math.floor((bavail * bsize) / 1024 / 1024) - left;
      if (asRoot.length === 0) writeFileSync(file, Buffer.alloc(size * 1024 * 1024));
      else if (run('dd', 'if=/dev/zero', `of=${file}`, 'bs=1M', `count=${size}`).status !== 0) {
        throw new Error(`No ballast was written to ${file}.`);
      }
    },
    makeRoom() {
      if (run('rm', file).status !== 0) throw new Error(`The ballast was not removed from ${file}.`);
    },
    async remove() {
      keeper.stdin.end();
      const [code] = await once(keeper, 'exit');
      if (code !== 0) throw new Error(`The disk at ${path} was not unmounted.`);
    },
  };
}

/** Root on Linux, unless a container took the right to mount from it. */
function mayMount(): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/proc/self/status')) return false;
  const [, effective = '0'] = /^CapEff:\s*(\w+)/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  // CAP_SYS_ADMIN. man7.org, capabilities(7), read 2026-11-26
  return ((BigInt(`0x${effective}`) >> 21n) & 1n) === 1n;
}
