import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryStores } from '@crossdock/core/memory';
import { sqliteStores } from '@crossdock/core/sqlite';
import { crowdFindings, crowdOfClaimers, type CrowdReport } from '@crossdock/testing/conformance';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let directory = '';
let file = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'crossdock-'));
  file = join(directory, 'hub.db');
});
afterEach(() => rmSync(directory, { recursive: true }));

describe('a hundred claimers of a thousand keys', () => {
  it('carry out a thousand writes in memory', async () => {
    const stores = memoryStores();
    const report = await crowdOfClaimers({ stores });
    expect(crowdFindings([report])).toEqual([]);
    expect(report.inFlight).toBeGreaterThan(0);
  }, 60_000);

  it('carry out a thousand writes on SQLite', async () => {
    const stores = sqliteStores({ file });
    const report = await crowdOfClaimers({ stores });
    await stores.close();
    expect(crowdFindings([report])).toEqual([]);
    expect(report.inFlight).toBeGreaterThan(0);
  }, 60_000);

  it('carry out a thousand writes from four processes on one file', async () => {
    const reports = await Promise.all(['a', 'b', 'c', 'd'].map(claimersIn));
    expect(crowdFindings(reports)).toEqual([]);
    // No process did all of it, or they were not at it at the same time.
    for (const { executed } of reports) expect(Object.keys(executed).length).toBeLessThan(1_000);
  }, 120_000);
});

it('tells a write that was carried out twice, one that was not, and results that differ', () => {
  const good: CrowdReport = { executed: { 'write/0': 1 }, results: { 'write/0': ['a'] }, given: 1, inFlight: 0 };
  const options = { claimers: 2, keys: 1 };
  expect(crowdFindings([{ ...good, given: 2 }], options)).toEqual([]);
  expect(crowdFindings([good, good], options)).toEqual(['"write/0" was carried out 2 times.']);
  expect(crowdFindings([good, { ...good, executed: {}, results: { 'write/0': ['b'] } }], options)).toEqual([
    '"write/0" gave 2 different results.',
  ]);
  expect(crowdFindings([{ ...good, executed: {} }], options)).toEqual([
    '1 of 2 results were given.',
    '"write/0" was carried out 0 times.',
  ]);
});

/** Twenty-five claimers in a process of their own. */
function claimersIn(name: string): Promise<CrowdReport> {
  const script = new URL('claimers-process.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, ['--conditions=@crossdock/source', '--no-warnings', script, file, name], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  return new Promise((resolve, reject) => {
    child.on('close', (code) => {
      // What the process printed is its report, and nothing else.
      if (code === 0) resolve(JSON.parse(out) as CrowdReport);
      else reject(new Error(`The claimers "${name}" ended with ${code}.`));
    });
  });
}
