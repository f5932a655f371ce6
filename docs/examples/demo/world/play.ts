import { tillDelivery } from '../till/connector.ts';
import type { TillDocument } from '../till/document.ts';
import type { Progress } from '../report/progress.ts';
import { toShopOrder } from './shop-orders.ts';
import type { World } from './world.ts';

const hour = 3_600_000;
/** The document after whose arrival the worker is killed in the middle of its work. */
const killAt = 256;

/** Lets the five days happen: every document at its minute, a sweep every hour, a killing in the middle. */
export async function play(world: World, documents: readonly TillDocument[], progress: Progress): Promise<void> {
  const { clock, worker } = world;
  let sweepAt = clock.now() + hour;

  /** Time goes on to `moment`; whatever is due on the way happens in order. */
  async function goOnTo(moment: number): Promise<void> {
    for (;;) {
      const next = Math.min(clock.nextWakeAt ?? Infinity, sweepAt, moment);
      await clock.advance(Math.max(0, next - clock.now()));
      if (next === sweepAt) {
        sweepAt += hour;
        await worker.sweep();
      } else {
        await worker.settle();
      }
      if (next === moment) return;
    }
  }

  for (const [index, document] of documents.entries()) {
    await goOnTo(Math.max(clock.now(), Date.parse(document.writtenAt)));
    await arrive(world, document);
    // What the shop tells of it is delivered before anything else happens.
    await clock.advance(0);
    if (index === killAt) await killInTheMiddle(world, progress);
    await worker.settle();
    progress.show(index + 1, documents.length, momentOf(clock.now()), () => countsOf(world));
  }
  progress.say('The last invoice is written. The warehouse ships what it has, and the last sweeps find what was lost.');
  await goOnTo(clock.now() + 30 * hour);
}

/** A sale is an order in the shop. What else the till writes goes to the worker directly. */
async function arrive(world: World, document: TillDocument): Promise<void> {
  if (document.kind === 'sale') {
    world.shopify.state.placeOrder(toShopOrder(document));
    return;
  }
  const answer = await fetch(await tillDelivery(`${world.worker.url}/webhooks/till`, world.tillSecret, document));
  if (!answer.ok)
    throw new Error(`The worker refused document "${document.number}" of the till with ${answer.status}.`);
}

/** Kills the worker once it has begun to speak to Odoo, and starts it again on the same file. */
async function killInTheMiddle({ worker, odoo }: World, progress: Progress): Promise<void> {
  const before = odoo.journal.all.length;
  worker.begin();
  for (let waited = 0; odoo.journal.all.length < before + 3 && waited < 2_000; waited++) {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await worker.kill();
  progress.say(
    `SIGKILL: the worker died after ${odoo.journal.all.length - before} calls to Odoo for one order. Starting it again.`,
  );
  await worker.start();
}

function countsOf({ shopify, odoo, shipbob }: World): string {
  const { orders, shipped } = shipbob.state.counts;
  return `${shopify.state.orders.length} captured  ${odoo.state.saleOrders.length} created  ${orders} released  ${shipped} shipped`;
}

function momentOf(now: number): string {
  return new Date(now).toISOString().slice(5, 16).replace('T', ' ');
}
