import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryStores } from '@crossdock/core/memory';
import { sqliteStores } from '@crossdock/core/sqlite';
import { describeStores } from '@crossdock/testing/conformance';
import { afterAll } from 'vitest';

const directory = mkdtempSync(join(tmpdir(), 'crossdock-'));
afterAll(() => rmSync(directory, { recursive: true }));
let files = 0;

describeStores('memory', (clock) => memoryStores({ clock }));
describeStores('sqlite', (clock) => sqliteStores({ clock, file: join(directory, `${files++}.db`) }));
