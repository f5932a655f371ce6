import { withFence, type OperationName, type Page, type ReadOptions, type Since } from '@crossdock/core';
import { holds, outcomeOf, refusal } from '../holds.ts';
import type { Law, OpenTrial } from '../law.ts';
import { probesOf, type Probe } from '../probes.ts';
import { readAll } from '../read-all.ts';

type Pull = (since: Since, options?: ReadOptions) => AsyncIterable<Page<unknown>>;

/** Laws about callers that want to stop. */
export const signalLaws = [
  {
    id: 'signal/an-aborted-call-is-not-made',
    operations: [],
    async check(trial) {
      for (const probe of await probesOf(trial)) {
        const before = trial.platform.journal.all.length;
        const error = await refusal(
          () => probe.call({ signal: AbortSignal.abort() }),
          `${probe.operation}, aborted before it began,`,
        );
        holds(error.code === 'call.aborted', `${probe.operation} ended as "${error.code}" when it was aborted.`);
        const calls = trial.platform.journal.all.length - before;
        holds(calls === 0, `${probe.operation} made ${calls} calls although it was aborted before it began.`);
      }
    },
  },
  {
    id: 'signal/abort-stops-a-pull-between-two-pages',
    operations: [],
    async check(trial) {
      for (const [operation, pull] of await pullsOf(trial)) {
        const controller = new AbortController();
        let callsAtAbort = 0;
        const error = await refusal(async () => {
          for await (const page of pull({}, { signal: controller.signal })) {
            holds(typeof page.cursor === 'string', `${operation} gave a page without a cursor.`);
            callsAtAbort = trial.platform.journal.all.length;
            controller.abort();
          }
        }, `${operation}, aborted after its first page,`);
        holds(error.code === 'call.aborted', `${operation} ended as "${error.code}" when it was aborted.`);
        const calls = trial.platform.journal.all.length - callsAtAbort;
        holds(calls <= 1, `${operation} made ${calls} more calls after it was aborted.`);
      }
    },
  },
  {
    id: 'signal/abort-stops-a-wait',
    operations: [],
    async check(trial) {
      for (const probe of (await probesOf(trial)).filter(({ kind }) => kind === 'read')) {
        const controller = new AbortController();
        const stop = trial.platform.faults.always('*', { kind: 'slow', ms: hourMs });
        const before = trial.clock.now();
        const ended = refusal(
          () => probe.call({ signal: controller.signal }),
          `${probe.operation}, aborted on the way,`,
        );
        await trial.clock.sleep(1_000);
        controller.abort();
        const error = await ended;
        stop();
        holds(error.code === 'call.aborted', `${probe.operation} ended as "${error.code}" when it was aborted.`);
        const tookMs = trial.clock.now() - before;
        holds(tookMs < hourMs, `${probe.operation} went on for ${tookMs} ms after it was aborted.`);
      }
    },
  },
  {
    id: 'signal/a-write-whose-right-is-gone-is-not-sent',
    operations: [],
    async check(trial) {
      for (const probe of (await probesOf(trial)).filter(({ kind }) => kind === 'write')) {
        for (let allowed = 0; allowed < mostRequests; allowed += 1) {
          if (await endsWithin(allowed, probe, trial)) break;
        }
      }
    },
  },
] as const satisfies readonly Law[];

/** More requests than a write takes. */
const mostRequests = 30;

/**
 * Makes a write whose right is gone after so many requests, which only a check of its signal tells: no timer aborts it.
 * `true`: it went well with so many. What a connector asks for all of its callers, such as a token, has no signal of one of
 * them and may go out: it changes nothing.
 */
async function endsWithin(allowed: number, probe: Probe, { platform }: OpenTrial): Promise<boolean> {
  const before = { calls: platform.journal.all.length, seen: await shownBy(probe) };
  const controller = new AbortController();
  const sent = () => platform.journal.all.length - before.calls;
  const signal = withFence(controller.signal, () => {
    if (sent() >= allowed) controller.abort();
  });
  const ended = await outcomeOf(() => probe.call({ signal }));
  if (ended.ok && sent() <= allowed) return true;
  const isChanged = (await shownBy(probe)) !== before.seen;
  holds(
    sent() <= allowed || !isChanged,
    `${probe.operation} sent ${sent()} requests and changed something; its right to write was gone after ${allowed}.`,
  );
  return ended.ok;
}

/** What there is, in words. A scenery may refuse to count what is half done, and that is a state too. */
async function shownBy(probe: Probe): Promise<string> {
  const seen = await outcomeOf(() => probe.seen());
  return seen.ok ? JSON.stringify(seen.value) : String(seen.error);
}

const hourMs = 60 * 60_000;

/** Every pull that has more than one page to give. */
async function pullsOf({
  connector,
  platform,
  scenery,
}: OpenTrial): Promise<readonly (readonly [OperationName, Pull])[]> {
  const pulls: (readonly [OperationName, Pull])[] = [];
  const more = (operation: 'orders.pull' | 'products.pull' | 'shipments.pull') =>
    (connector.traits[operation]?.maxPage ?? 250) + 3;
  const scenes = {
    orders: scenery['orders.pull'],
    products: scenery['products.pull'],
    shipments: scenery['shipments.pull'],
  };
  if (connector.can('orders.pull') && scenes.orders) {
    await scenes.orders.seed(platform, more('orders.pull'));
    pulls.push(['orders.pull', (since, options) => connector.orders.pull(since, options)]);
  }
  if (connector.can('products.pull') && scenes.products) {
    await scenes.products.seed(platform, more('products.pull'));
    pulls.push(['products.pull', (since, options) => connector.products.pull(since, options)]);
  }
  if (connector.can('shipments.pull') && scenes.shipments) {
    await scenes.shipments.seed(platform, more('shipments.pull'));
    pulls.push(['shipments.pull', (since, options) => connector.shipments.pull(since, options)]);
  }
  const stock = scenery['inventory.pull'];
  if (connector.can('inventory.pull') && stock) {
    await stock.seed(platform, manySkus);
    const { cursors } = await readAll(connector.inventory.pull({}));
    // A page of stock may be as large as all of it.
    if (cursors.length > 1)
      pulls.push(['inventory.pull', (since, options) => connector.inventory.pull(since, options)]);
  }
  return pulls;
}

/** More than a page of any platform that has pages of stock. */
const manySkus = 253;
