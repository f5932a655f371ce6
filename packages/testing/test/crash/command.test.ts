import { crashCommand, crashEverywhere, type CrashPlatforms, type CrashWorld } from '@crossdock/testing/crash';
import { afterEach, expect, it, vi } from 'vitest';
import { book } from './ledger.ts';
import { orderBook } from './order-book.ts';

afterEach(() => vi.restoreAllMocks());

/** Runs the command and gives what it wrote and how it ended. */
async function command<P extends CrashPlatforms>(world: CrashWorld<P>, args: readonly string[]) {
  const written = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      written[stream] += String(text);
      return true;
    });
  }
  const status = await crashCommand(world, args);
  vi.restoreAllMocks();
  return { status, ...written };
}

const repeating = () =>
  orderBook({
    booking: (fetch, number, key) =>
      book(fetch, number, `${key}/first`).catch(() => book(fetch, number, `${key}/second`)),
  });

it('ends with one line of JSON, and with status 0 when every crash was survived', { timeout: 60_000 }, async () => {
  const { status, stdout } = await command(orderBook(), ['--json', '--no-pairs']);
  expect(status).toBe(0);
  expect(stdout).toMatch(
    /^\{"points":\d+,"kinds":3,"stores":\["memory"\],"runs":\d+,"duplicates":0,"losses":0,"stuck":0,"seconds":[\d.]+\}\n$/,
  );
});

it('prints with each failure the command that repeats it alone', { timeout: 60_000 }, async () => {
  const all = await command(repeating(), ['--no-pairs']);
  expect(all.status).toBe(1);
  const again = /again: npm run crash -- (--store memory --kind lost) --point '([^']+)'/.exec(all.stdout);
  const alone = await command(repeating(), [...(again?.[1] ?? '').split(' '), '--point', again?.[2] ?? '']);
  expect(alone.status).toBe(1);
  expect(alone.stdout).toContain('1 runs in');
  expect(alone.stdout).toContain('duplicates 1, losses 0, stuck 0');
});

it('says before its line why nothing is proved', { timeout: 60_000 }, async () => {
  const never = { 'it rains': () => 'it does not' };
  const crash = ['--json', '--kind', 'kill', '--point', 'after send 1: POST ledger /strict'];
  const doubtful = orderBook({ booking: (fetch, number, key) => book(fetch, number, key, 'strict') });
  const { status, stdout } = await command(doubtful, crash);
  expect(status).toBe(1);
  expect(stdout).toMatch(/^Not proved:\n {2}1 writes wait for a person .*\n\{"points".*\}\n$/);
  const refused = await command(orderBook({ invariants: never }), ['--json']);
  expect(refused).toMatchObject({ status: 1, stdout: '' });
  expect(refused.stderr).toContain('it rains: it does not');
});

it('takes every kind after every kind where it is asked for all pairs', { timeout: 60_000 }, async () => {
  const world = orderBook({ story: orderBook().story.slice(0, 1) });
  const all = await crashEverywhere(world, { pairs: 'all', kinds: ['throw', 'lost'] });
  const some = await crashEverywhere(world, { pairs: 'only', kinds: ['throw', 'lost'] });
  expect(all.failures).toEqual([]);
  expect(some.runs).toBeGreaterThan(0);
  expect(all.runs).toBeGreaterThan(10 * some.runs);
});

it.each([
  [['--kind', 'shrug'], 'There is no kind "shrug"'],
  [['--point', 'somewhere'], '"somewhere" names no point'],
  [['--parallel', '0'], '--parallel wants a whole number'],
  [['--nonsense'], '--nonsense'],
  [['--store', 'nosuch'], 'has no stores "nosuch". Take one of: memory'],
  [['--second', 'after send 1: GET x /'], '--second wants a --point'],
])('refuses %j in words', async (args, words) => {
  const { status, stderr } = await command(orderBook(), args);
  expect(status).toBe(1);
  expect(stderr).toContain(words);
});
