import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { describeFencing } from './describe-fencing.ts';
import { describeKilledWrite } from './describe-killed-write.ts';

const directory = mkdtempSync(join(tmpdir(), 'crossdock-'));
afterAll(() => rmSync(directory, { recursive: true }));

let files = 0;
const newPlace = () => ({
  module: new URL('sqlite-place.ts', import.meta.url).href,
  where: join(directory, `hub-${files++}.db`),
});

describeFencing('SQLite', { newPlace });
describeKilledWrite('SQLite', { newPlace });
