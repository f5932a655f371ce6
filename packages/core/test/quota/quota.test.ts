import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { describeQuota } from './describe-quota.ts';

const directory = mkdtempSync(join(tmpdir(), 'crossdock-'));
afterAll(() => rmSync(directory, { recursive: true }));

const module = new URL('../fencing/sqlite-place.ts', import.meta.url).href;
describeQuota('SQLite', { newPlace: () => ({ module, where: join(directory, 'hub.db') }) });
