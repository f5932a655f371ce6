import { tillDelivery } from '../till/connector.ts';
import type { TillDocument } from '../till/document.ts';
import type { Progress } from '../report/progress.ts';
import { buy, type Purchase } from './buyer.ts';
import type { World } from './world.ts';

const hour = 3_600_000;
const minute = 60_000;
/** The document after whose arrival the worker is killed in the middle of its work. */
const killAt = 256;

/** What really happened: the documents as they came in, and how much buyers wanted that no channel showed. */
export type Played = { readonly documents: readonly TillDocument[]; readonly turnedAway: number };

/** Lets the five days happen: every document at its minute, a sweep every hour, a killing in the middle. */
export async function play(world: World, documents: readonly TillDocument[], progress: Progress): Promise<Played> {
  const { clock, worker } = world;
  const played: TillDocument[] = [];
  let turnedAway = 0;
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

  progress.say('The first sweep counts the stock in Odoo and fills the shelves of the three channels.');
  await worker.sweep();
  await worker.settle();
  await goOnTo(clock.now() + 90 * minute);
  for (const [index, document] of documents.entries()) {
    await goOnTo(Math.max(clock.now(), Date.parse(document.writtenAt)));
    const { bought, turnedAway: missed } = await arrive(world, document);
    turnedAway += missed;
    if (bought) played.push(bought);
    // What the shop tells of it is delivered before anything else happens.
    await clock.advance(0);
    if (index === killAt) await killInTheMiddle(world, progress);
    await worker.settle();
    progress.show(index + 1, documents.length, momentOf(clock.now()), () => countsOf(world));
  }
  progress.say('The last invoice is written. The warehouse ships what it has, and the last sweeps find what was lost.');
  await goOnTo(clock.now() + 30 * hour);
  return { documents: played, turnedAway };
}

/** A sale is an order at a channel. What else the till writes goes to the worker directly. */
async function arrive(world: World, document: TillDocument): Promise<Purchase> {
  if (document.kind === 'sale') return buy(world.checkouts, document);
  const answer = await fetch(await tillDelivery(`${world.worker.url}/webhooks/till`, world.tillSecret, document));
  if (!answer.ok)
    throw new Error(`The worker refused document "${document.number}" of the till with ${answer.status}.`);
  return { bought: document, turnedAway: 0 };
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

function countsOf({ shopify, woocommerce, amazon, odoo, shipbob }: World): string {
  const { orders, shipped } = shipbob.state.counts;
  const captured = shopify.state.orders.length + woocommerce.state.orders.length + amazon.state.orders.length;
  return `${captured} captured  ${odoo.state.saleOrders.length} created  ${orders} released  ${shipped} shipped`;
}

function momentOf(now: number): string {
  return new Date(now).toISOString().slice(5, 16).replace('T', ' ');
}
