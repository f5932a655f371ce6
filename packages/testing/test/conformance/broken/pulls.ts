import type { Page, Since } from '@crossdock/core';
import type { ToyConnector } from '../toy/connector.ts';
import type { Break, Breaks } from './flaw.ts';

type Kind = 'orders' | 'products' | 'shipments';
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
    says: /left out 3 of 6/,
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
          let cursor = '';
          for await (const page of pull(since)) ({ cursor } = page);
          for await (const page of pull(since)) yield { ...page, cursor };
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

export const pullBreaks: Breaks = {
  'orders.pull/reaches-every-page': stopsAfterItsFirstPage('orders'),
  'products.pull/reaches-every-page': stopsAfterItsFirstPage('products'),
  'shipments.pull/reaches-every-page': stopsAfterItsFirstPage('shipments'),
  'orders.pull/resumes-from-its-cursor': givesTheLastCursorFromTheBeginning('orders'),
  'products.pull/resumes-from-its-cursor': givesTheLastCursorFromTheBeginning('products'),
  'shipments.pull/resumes-from-its-cursor': givesTheLastCursorFromTheBeginning('shipments'),
  'orders.pull/brings-what-changed-since': isDoneOnceAndForAll('orders'),
  'products.pull/brings-what-changed-since': isDoneOnceAndForAll('products'),
  'shipments.pull/brings-what-changed-since': isDoneOnceAndForAll('shipments'),
  'orders.pull/keeps-what-changes-while-paging': countsItsPages('orders'),
  'products.pull/keeps-what-changes-while-paging': countsItsPages('products'),
  'shipments.pull/keeps-what-changes-while-paging': countsItsPages('shipments'),
  'orders.pull/reports-an-unknown-status-and-goes-on': stopsAtAStrangeWord('orders'),
  'shipments.pull/reports-an-unknown-status-and-goes-on': stopsAtAStrangeWord('shipments'),
};
