import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sqliteStores } from '@crossdock/core/sqlite';
import { afterAll, describe } from 'vitest';
import { itSurvivesStorms } from './storm-tests.ts';

const folder = mkdtempSync(join(tmpdir(), 'crossdock-storms-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('storms on SQLite', () => {
  let files = 0;
  itSurvivesStorms((clock) => sqliteStores({ file: join(folder, `${++files}.db`), clock }), 10_000);
});
