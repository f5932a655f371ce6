import { readFile } from 'node:fs/promises';
import { sqliteStores } from '@crossdock/core/sqlite';
import { strikeBalance } from './report/balance.ts';
import { countCalls } from './report/calls.ts';
import { takeCensus } from './report/census.ts';
import { readHeld } from './report/held.ts';
import { complaints } from './report/outcome.ts';
import { progress } from './report/progress.ts';
import { balanceStock } from './report/stock-balance.ts';
import { summary } from './report/summary.ts';
import { lookInto } from './report/systems.ts';
import { readTill } from './till/read-till.ts';
import { play } from './world/play.ts';
import { openWorld } from './world/world.ts';

// Five trading days of a wholesaler, from three channels through Odoo and the warehouse back to them. See README.md.
const json = process.argv.includes('--json');
const startedAt = performance.now();
const till = readTill(await readFile(new URL('data/online-retail-2010-12.csv', import.meta.url), 'utf8'));
const display = progress(json ? process.stderr : process.stdout);
display.say(
  `${till.documents.length} invoices of a London wholesaler, 1 to 5 December 2010, are bought at Shopify, WooCommerce and Amazon, and go through Odoo and the warehouse.`,
);

const world = await openWorld(till.documents);
process.once('SIGINT', () => void world.close().finally(() => process.exit(130)));
try {
  const openedAt = world.clock.now();
  await world.worker.start();
  world.subscribe();
  const { documents, turnedAway } = await play(world, till.documents, display);
  const stores = sqliteStores({ file: world.file, clock: world.clock });
  const held = await readHeld(stores);
  (await import('node:fs')).copyFileSync(world.file, '/tmp/demo.sqlite');
  if ((await import('node:fs')).existsSync(world.file + '-wal'))
    (await import('node:fs')).copyFileSync(world.file + '-wal', '/tmp/demo.sqlite-wal');
  await stores.close();
  const systems = lookInto(world);
  const census = takeCensus(systems, documents);
  const booked = new Set([...census.traces.values()].flatMap(({ created, document }) => (created ? [document] : [])));
  const seeded = new Map(world.catalogue.map(({ sku, onHand }) => [sku, onHand]));
  const stock = balanceStock(systems, seeded, census.givenBack, booked);
  const input = { lines: till.lines, invoices: till.documents.length, documents, turnedAway };
  const { outcome, missing, doubled } = strikeBalance(input, stock, census, held, {
    restarts: world.worker.restarts,
    seconds: Math.round((performance.now() - startedAt) / 100) / 10,
  });
  const virtualHours = Math.round((world.clock.now() - openedAt) / 3_600_000);
  const background = {
    held,
    missing,
    doubled,
    wrongShelves: stock.wrongShelves,
    calls: countCalls(world, virtualHours),
    virtualHours,
    weather: world.weather(),
  };
  display.say(summary(outcome, background));
  const wrong = complaints(outcome, background);
  for (const complaint of wrong) display.say(`NOT RIGHT: ${complaint}`);
  if (json) console.log(JSON.stringify(outcome));
  process.exitCode = wrong.length === 0 ? 0 : 1;
} catch (error) {
  display.say(`The demo broke off: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  process.exitCode = 1;
} finally {
  await world.close();
}
