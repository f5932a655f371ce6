import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sqliteStores } from '@crossdock/core/sqlite';
import { orderBook } from '../order-book.ts';

const fileOf = (place: string) => join(tmpdir(), `crossdock-test-${place}.sqlite`);

/** A sound flow on SQLite. */
export default orderBook({
  module: import.meta.url,
  stores: {
    sqlite: {
      live: 'at-place',
      open: (place, clock) => sqliteStores({ file: fileOf(place), clock }),
      remove(place) {
        for (const end of ['', '-wal', '-shm']) rmSync(`${fileOf(place)}${end}`, { force: true });
      },
    },
  },
});
