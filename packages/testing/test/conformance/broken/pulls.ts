import type { Order, Page, Since, StockLevel } from '@crossdock/core';
import type { ToyConnector } from '../toy/connector.ts';
import { withPort, type Break, type Breaks } from './flaw.ts';

const kinds = [
  'orders',
  'products',
  'shipments',
  'inventory',
  'categories',
  'prices',
  'customers',
  'fulfillments',
  'returns',
  'refunds',
  'invoices',
  'payments',
  'purchases',
  'receipts',
] as const;
const kindsWithStatus = ['orders', 'shipments', 'fulfillments', 'returns', 'invoices', 'purchases'] as const;
type Kind = (typeof kinds)[number];
type Pull = (since: Since) => AsyncIterable<Page<never>>;

/** The connector with what comes out of one pull changed. */
function changed(kind: Kind, change: (pull: Pull) => Pull): (sound: ToyConnector) => ToyConnector {
  return (sound) => {
    // Pages go through unread, so their type does not matter.
    const pull = change(sound[kind].pull as unknown as Pull);
    return { ...sound, [kind]: { ...sound[kind], pull } };
  };
}

function stopsAfterItsFirstPage(kind: Kind): Break {
  return {
    says: /left out \d+ of \d+/,
    connector: changed(
      kind,
      (pull) =>
        async function* (since) {
          for await (const page of pull(since)) {
            yield page;
            return;
          }
        },
    ),
  };
}

function givesTheLastCursorFromTheBeginning(kind: Kind): Break {
  return {
    says: /from a saved cursor left out/,
    connector: changed(
      kind,
      (pull) =>
        async function* (since) {
          for await (const page of pull(since)) yield { ...page, cursor: '~' };
        },
    ),
  };
}

function isDoneOnceAndForAll(kind: Kind): Break {
  return {
    says: /changed since/,
    connector: changed(
      kind,
      (pull) =>
        async function* (since) {
          if (since.cursor !== undefined) yield { items: [], cursor: since.cursor };
          else yield* pull(since);
        },
    ),
  };
}

/** Turns pages by their number, in a list that is sorted by the last change. */
function countsItsPages(kind: Kind): Break {
  return {
    says: /lost|never brought/,
    connector: changed(
      kind,
      (pull) =>
        async function* (since) {
          const seen: Page<never>[] = [];
          for await (const page of pull(since)) seen.push(page);
          // The list as it was in the beginning, and as good as new behind it: what moved in between is in neither.
          for (const page of seen) yield { ...page, cursor: '~' };
        },
    ),
  };
}

/** Goes on exactly behind the last change that it saw. */
const looksNoFurtherBack: Break = { says: /whose change was seen 50 s after it was made/, runtime: { overlapMs: 0 } };

/** Takes a first pull since a moment for one that has nothing behind it. */
function beginsWithWhatComes(kind: Kind): Break {
  return {
    says: /since 20\S+ left out/,
    connector: changed(
      kind,
      (pull) =>
        async function* (since) {
          if (since.updatedAfter !== undefined) yield { items: [], cursor: '~' };
          else yield* pull(since);
        },
    ),
  };
}

function stopsAtAStrangeWord(kind: Kind): Break {
  return {
    says: /threw "status.unmapped"/,
    connector: changed(
      kind,
      (pull) =>
        async function* (since) {
          for await (const page of pull(since)) {
            const [problem] = page.problems ?? [];
            if (problem) throw problem.error;
            yield page;
          }
        },
    ),
  };
}

/** The connector whose orders, as they are pulled, have another status. */
function withStatus(sound: ToyConnector, statusOf: (order: Order) => Order['status']): ToyConnector {
  return withPort(sound, 'orders', {
    async *pull(...given) {
      for await (const page of sound.orders.pull(...given)) {
        yield { ...page, items: page.items.map((order) => ({ ...order, status: statusOf(order) })) };
      }
    },
  });
}

/** The connector whose levels, as they are pulled, have another figure. */
function withFigure(sound: ToyConnector, figureOf: (level: StockLevel) => number): ToyConnector {
  return withPort(sound, 'inventory', {
    async *pull(...given) {
      for await (const page of sound.inventory.pull(...given)) {
        yield { ...page, items: page.items.map((level) => ({ ...level, available: figureOf(level) })) };
      }
    },
  });
}

/** What was said of each record first, by the platform that it is on. */
function firstWords<T>(): (platform: object, id: string, word: T) => T {
  const platforms = new WeakMap<object, Map<string, T>>();
  return (platform, id, word) => {
    const words = platforms.get(platform) ?? new Map<string, T>();
    platforms.set(platform, words);
    if (!words.has(id)) words.set(id, word);
    return words.get(id) ?? word;
  };
}

const firstStatus = firstWords<Order['status']>();
const firstFigure = firstWords<number>();

export const pullBreaks: Breaks = {
  'orders.pull/an-order-that-waits-is-pending': {
    says: /calls "000001" confirmed/,
    connector: (sound) => withStatus(sound, ({ status }) => (status === 'pending' ? 'confirmed' : status)),
  },
  'orders.pull/an-accepted-order-is-placed': {
    says: /waits no more, and orders\.pull states order\.pending/,
    connector: (sound, platform) => withStatus(sound, ({ ref, status }) => firstStatus(platform, ref.id, status)),
  },
  'inventory.pull/brings-the-figure-after-a-change': {
    says: /after its change, as before/,
    connector: (sound, platform) => withFigure(sound, ({ sku, available }) => firstFigure(platform, sku, available)),
  },
  'inventory.pull/says-the-same-as-get': {
    says: /is at 1\/: 4\.1 by inventory\.pull, and at 1\/: 4 by/,
    connector: (sound) => withFigure(sound, ({ available }) => available + 0.1),
  },
  'inventory.pull/reports-what-it-cannot-read-and-goes-on': {
    says: /kept quiet about "MUDDLE"/,
    connector: (sound) =>
      withPort(sound, 'inventory', {
        async *pull(...given) {
          for await (const page of sound.inventory.pull(...given)) yield { ...page, problems: [] };
        },
      }),
  },
  ...Object.fromEntries(kinds.flatMap((kind) => Object.entries(breaksOf(kind)))),
  ...Object.fromEntries(
    kindsWithStatus.map((kind) => [`${kind}.pull/reports-an-unknown-status-and-goes-on`, stopsAtAStrangeWord(kind)]),
  ),
};

function breaksOf(kind: Kind): Breaks {
  return {
    [`${kind}.pull/reaches-every-page`]: stopsAfterItsFirstPage(kind),
    [`${kind}.pull/resumes-from-its-cursor`]: givesTheLastCursorFromTheBeginning(kind),
    [`${kind}.pull/brings-what-changed-since`]: isDoneOnceAndForAll(kind),
    [`${kind}.pull/keeps-what-changes-while-paging`]: countsItsPages(kind),
    [`${kind}.pull/finds-what-became-visible-late`]: looksNoFurtherBack,
    [`${kind}.pull/looks-back-to-a-moment`]: beginsWithWhatComes(kind),
  };
}
