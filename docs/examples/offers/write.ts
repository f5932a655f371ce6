import { readFile, writeFile } from 'node:fs/promises';
import { connectors } from './connectors.ts';
import { withOffers } from './readme.ts';
import { offersTable } from './table.ts';

// Writes the table of what each connector offers into the README: node --conditions=@crossdock/source docs/examples/offers/write.ts
const readme = new URL('../../../README.md', import.meta.url);
await writeFile(readme, withOffers(await readFile(readme, 'utf8'), offersTable(connectors)));
