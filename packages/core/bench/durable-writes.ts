import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
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
 */
export async function againstTheDisk(concurrency: number): Promise<number> {
  // Beside this file and not where temporary files go: that may be memory.
  const directory = mkdtempSync(join(import.meta.dirname, '.durable-writes-'));
  const stores = sqliteStores({ file: join(directory, 'bench.db') });
  const raw = openSync(join(directory, 'raw'), 'w');
  try {
    let key = 0;
    const claimAndComplete = async () => {
      const name = `place-order/shop/order/${String(key++).padStart(9, '0')}/order.placed/create`;
      const begun = await stores.idempotency.begin(name, 'request', 60_000);
      if (begun.state !== 'started') throw new Error(`The key "${name}" was not new.`);
      await stores.idempotency.finish(name, begun.lease, result);
      return 2;
    };
    const ratios: number[] = [];
    for (let round = 0; round < warmupRounds + rounds; round++) {
      const disk = await perSecond(1, async () => writeRaw(raw));
      const store = await perSecond(concurrency, claimAndComplete);
      if (round >= warmupRounds) ratios.push(store / disk);
    }
    return ratios.toSorted((one, other) => one - other)[Math.floor(rounds / 2)] ?? Number.NaN;
  } finally {
    closeSync(raw);
    await stores.close();
    rmSync(directory, { recursive: true });
  }
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
