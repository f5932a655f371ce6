import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sqliteStores } from '@crossdock/core/sqlite';

const roundMs = 400;
const rounds = 11;
const warmupRounds = 2;
// The size of what a platform answers to a write, as it was recorded.
const result = { ref: { system: 'erp', kind: 'order', id: 'S1042' }, note: 'x'.repeat(200) };

/**
 * How many durable steps a second the store makes, over how many times a second this disk takes 4 KiB and says that it
 * has them. A step is a claim of a key or its completion, each of which is committed before it is acknowledged. Rounds of
 * both take turns on the same file system, so that whatever else the machine does hits both; the median round counts.
 * `bare` is the same for one who gives SQLite the two statements with nothing round them: what is left to save.
 */
export async function againstTheDisk(concurrency: number): Promise<{ readonly ours: number; readonly bare: number }> {
  // Beside this file and not where temporary files go: that may be memory.
  const directory = mkdtempSync(join(import.meta.dirname, '.durable-writes-'));
  const stores = sqliteStores({ file: join(directory, 'bench.db') });
  const raw = openSync(join(directory, 'raw'), 'w');
  const bare = bareSqlite(join(directory, 'bare.db'));
  try {
    const claimAndComplete = async () => {
      const name = nextKey();
      const begun = await stores.idempotency.begin(name, 'request', 60_000);
      if (begun.state !== 'started') throw new Error(`The key "${name}" was not new.`);
      await stores.idempotency.finish(name, begun.lease, result);
      return 2;
    };
    const ratios: number[] = [];
    const bareRatios: number[] = [];
    for (let round = 0; round < warmupRounds + rounds; round++) {
      const disk = await perSecond(1, async () => writeRaw(raw));
      const store = await perSecond(concurrency, claimAndComplete);
      const alone = await perSecond(1, async () => bare.claimAndComplete());
      if (round < warmupRounds) continue;
      ratios.push(store / disk);
      bareRatios.push(alone / disk);
    }
    return { ours: median(ratios), bare: median(bareRatios) };
  } finally {
    closeSync(raw);
    bare.close();
    await stores.close();
    rmSync(directory, { recursive: true });
  }
}

let keys = 0;
function nextKey(): string {
  return `place-order/shop/order/${String(keys++).padStart(9, '0')}/order.placed/create`;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** A table like ours and the two statements of a claim and its completion, each in a transaction of its own. */
function bareSqlite(file: string) {
  const database = new DatabaseSync(file);
  database.exec(`pragma journal_mode = wal; pragma synchronous = full;
    create table claims (key text primary key, fingerprint text not null, state text not null, lease text not null,
      until_ms integer not null, since_ms integer not null, result text) strict, without rowid`);
  const claim = database.prepare(
    "insert into claims (key, fingerprint, state, lease, until_ms, since_ms) values (?, ?, 'running', ?, ?, ?) on conflict (key) do nothing",
  );
  const complete = database.prepare("update claims set state = 'done', result = ? where key = ? and lease = ?");
  return {
    claimAndComplete() {
      const name = nextKey();
      const lease = crypto.randomUUID();
      const now = Date.now();
      claim.run(name, 'request', lease, now + 60_000, now);
      complete.run(JSON.stringify(result), name, lease);
      return 2;
    },
    close: () => database.close(),
  };
}

const block = Buffer.alloc(4096, 1);
let place = 0;
/** Stays within a megabyte, so that the file does not grow and the disk has only the data to write. */
function writeRaw(file: number): number {
  place = (place + 1) % 256;
  writeSync(file, block, 0, block.length, place * block.length);
  fdatasyncSync(file);
  return 1;
}

async function perSecond(concurrency: number, act: () => Promise<number>): Promise<number> {
  const began = performance.now();
  let steps = 0;
  const worker = async () => {
    while (performance.now() - began < roundMs) {
      const made = await act();
      steps += made;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return steps / ((performance.now() - began) / 1000);
}
