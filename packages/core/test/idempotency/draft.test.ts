import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryStores } from '@crossdock/core/memory';
import { sqliteStores } from '@crossdock/core/sqlite';
import { afterAll } from 'vitest';
import { describeDraft } from './describe-draft.ts';

const directory = mkdtempSync(join(tmpdir(), 'crossdock-'));
afterAll(() => rmSync(directory, { recursive: true }));

let files = 0;
describeDraft('stores in memory', (clock) => memoryStores({ clock }));
describeDraft('stores in SQLite', (clock) => sqliteStores({ file: join(directory, `${files++}.db`), clock }));
