import type * as Fs from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Stores } from '@crossdock/core';
import { sqliteStores } from '@crossdock/core/sqlite';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

// What another process does between two looks of this one, at the one moment that a race hits now and then.
const meanwhile = vi.hoisted(() => ({ look: (_place: string): void => {} }));
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof Fs>();
  const looks = { accessSync: fs.accessSync, existsSync: fs.existsSync, statSync: fs.statSync };
  const looked = Object.entries(looks).map(([name, look]) => [
    name,
    (place: string, ...rest: readonly unknown[]): unknown => {
      meanwhile.look(place);
      return Reflect.apply(look, undefined, [place, ...rest]);
    },
  ]);
  return { ...fs, ...Object.fromEntries(looked) };
});

let directory = '';
let file = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'crossdock-'));
  file = join(directory, 'hub.db');
});
afterEach(() => {
  stopLooking();
  rmSync(directory, { recursive: true });
});

function stopLooking(): void {
  vi.restoreAllMocks();
  meanwhile.look = () => {};
}

/** Tells of every look at the file and at what is beside it. */
function onLook(looked: () => void): void {
  meanwhile.look = (place) => {
    if (place.startsWith(file)) looked();
  };
}

/** Tells of every statement outside a transaction: within one nobody else makes anything. */
function onStatement(looked: () => void): void {
  const prepare = Object.getOwnPropertyDescriptor(DatabaseSync.prototype, 'prepare')?.value as (text: string) => never;
  vi.spyOn(DatabaseSync.prototype, 'prepare').mockImplementation(function (this: DatabaseSync, text) {
    if (!this.isTransaction) looked();
    return Reflect.apply(prepare, this, [text]);
  });
}

/** Opens stores again and again, and does `what` before their first look, their second, and so on. Gives how many there are. */
async function beforeEachLook(
  on: (looked: () => void) => void,
  what: (stores?: Stores) => void | Promise<void>,
  begin = () => {},
): Promise<number> {
  for (let number = 1; ; number++) {
    begin();
    let looks = 0;
    on(() => {
      if (++looks !== number) return;
      stopLooking();
      void what();
    });
    let stores: Stores;
    try {
      stores = sqliteStores({ file });
    } catch (error) {
      throw new Error(`It was refused when that came before look ${number}.`, { cause: error });
    } finally {
      stopLooking();
    }
    if (looks >= number) await what(stores);
    await stores.close();
    if (looks < number) return looks;
  }
}

let files = 0;
const anotherFile = () => {
  file = join(directory, `hub-${++files}.db`);
};
/** Opens them as another process does; after these stores opened as well, both find what the other stored. */
function opener() {
  let other: Stores | undefined;
  return async (stores?: Stores) => {
    if (stores === undefined) {
      other = sqliteStores({ file });
      return;
    }
    expect(await other?.cursors.advance('c', undefined, 'a')).toBe(true);
    expect(await stores.cursors.read('c')).toBe('a');
    await other?.close();
  };
}

it('opens a new file, whichever look another process opens it before', async () => {
  expect(await beforeEachLook(onLook, opener(), anotherFile)).toBeGreaterThan(10);
});

it('takes a new file for no other program’s, whichever statement another process makes it before', async () => {
  expect(await beforeEachLook(onStatement, opener(), anotherFile)).toBeGreaterThan(3);
});

it('opens a file, whichever look the process before it closes it before', async () => {
  await sqliteStores({ file }).close();
  let other = new DatabaseSync(file);
  const count = await beforeEachLook(
    onLook,
    () => {
      if (other.isOpen) other.close();
    },
    () => {
      other = new DatabaseSync(file);
      // From here on it has log and memory, which it takes away with it.
      other.exec("update schema_version set applied_at = applied_at || ''");
    },
  );
  expect(count).toBeGreaterThan(10);
  other.close();
});
