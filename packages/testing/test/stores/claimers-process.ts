// A quarter of the claimers, in a process of its own. Prints its report.
import { writeSync } from 'node:fs';
import { sqliteStores } from '@crossdock/core/sqlite';
import { crowdOfClaimers } from '@crossdock/testing/conformance';

const [file = '', name = ''] = process.argv.slice(2);
const stores = sqliteStores({ file, busyTimeoutMs: 60_000 });
const report = await crowdOfClaimers({ stores, name, claimers: 25 });
await stores.close();
writeSync(1, JSON.stringify(report));
