import type { StoreSet } from '@crossdock/core';
import type { TestClock } from '@crossdock/testing';
import { but, type BrokenStores } from './but.ts';

const exceptions = (part: (store: StoreSet['exceptions'], clock: TestClock) => Partial<StoreSet['exceptions']>) =>
  but((set, clock) => ({ exceptions: { ...set.exceptions, ...part(set.exceptions, clock) } }));

/** One store broken a law. */
export const brokenExceptions: BrokenStores = {
  'exceptions/comes-back-as-it-was-opened': exceptions((store) => ({
    open: ({ details: _details, ...record }) => store.open({ ...record, details: null }),
  })),
  'exceptions/found-by-its-run': exceptions((store) => ({
    ofRun: async (run) => (await store.ofRun(run)) ?? (await store.list({ limit: 1 }))[0],
  })),
  'exceptions/one-record-a-run': exceptions((store) => ({
    async open(record) {
      const before = await store.ofRun(record.run);
      return store.open(before && before.id !== record.id ? { ...record, run: record.id } : record);
    },
  })),
  'exceptions/keeps-when-it-first-opened': exceptions((store) => ({
    async get(id) {
      const record = await store.get(id);
      return record && record.occurrences > 1 ? { ...record, openedAt: record.changedAt } : record;
    },
  })),
  'exceptions/closed-opens-again': exceptions((store) => ({
    async open(record) {
      const before = await store.get(record.id);
      const answer = await store.open(record);
      if (before && before.state !== 'open') await store.move(record.id, 'open', before.state);
      return answer;
    },
  })),
  'exceptions/moves-from-its-state': exceptions((store) => ({ move: (id, from, to) => store.move(id, from, to) })),
  'exceptions/one-of-two-moves-wins': exceptions((store) => ({
    async move(id, from, to, note) {
      await store.move(id, from, to, note);
      return (await store.get(id)) !== undefined;
    },
  })),
  'exceptions/can-be-assigned': exceptions((store) => ({
    assign: (id, assignee) => (assignee === undefined ? Promise.resolve(true) : store.assign(id, assignee)),
  })),
  'exceptions/lists-by-what-is-asked': exceptions((store) => ({
    list: ({ kind: _kind, ...filter }) => store.list(filter),
  })),
  'exceptions/lists-by-assignee': exceptions((store) => ({
    list: ({ assignee: _assignee, ...filter }) => store.list(filter),
  })),
  'exceptions/lists-by-code': exceptions((store) => ({
    list: ({ code: _code, ...filter }) => store.list(filter),
  })),
  'exceptions/lists-by-flow': exceptions((store) => ({
    list: ({ flow, ...filter }) => store.list(filter.ref ? { ...filter, flow } : filter),
  })),
  'exceptions/lists-by-record': exceptions((store) => ({
    async list(filter) {
      const { ref } = filter;
      const found = await store.list(filter);
      return ref ? [...found, ...(await store.list({ ...filter, ref: { ...ref, kind: 'customer' } }))] : found;
    },
  })),
  'exceptions/reopened-is-about-its-new-records': exceptions((store) => ({
    async open(record) {
      const before = await store.ofRun(record.run);
      return store.open(before ? { ...record, refs: before.refs } : record);
    },
  })),
  'exceptions/lists-what-opened-before': exceptions((store) => ({
    list: ({ openedBefore, ...filter }) =>
      store.list({
        ...filter,
        openedBefore: openedBefore && new Date(Date.parse(openedBefore) + 1).toISOString(),
      }),
  })),
  'exceptions/pages-what-is-asked': exceptions((store) => ({
    list: ({ ref, ...filter }) => store.list(filter.after === undefined ? { ...filter, ref } : filter),
  })),
  'exceptions/pages-oldest-first': exceptions((store) => ({
    async list({ after, ...filter }) {
      const known = after !== undefined && (await store.get(after)) !== undefined;
      return store.list(known && filter.ref === undefined ? filter : { ...filter, after });
    },
  })),
  'exceptions/page-after-nobody-is-empty': exceptions((store) => ({
    async list({ after, ...filter }) {
      const known = after !== undefined && (await store.get(after)) !== undefined;
      return store.list(known ? { ...filter, after } : filter);
    },
  })),
  'exceptions/lists-without-a-limit': exceptions((store) => ({
    list: (filter) => store.list(Number.isFinite(filter.limit) ? filter : { ...filter, limit: 1 }),
  })),
  'exceptions/opens-with-words-that-are-no-text': exceptions((store) => ({
    async open(record) {
      if (!record.message.isWellFormed()) throw new Error('The message is no text.');
      return store.open(record);
    },
  })),
  'exceptions/counts-open-by-category': exceptions((store) => ({
    async counts() {
      const all = await store.list({ limit: 1000 });
      return Object.fromEntries(
        all.map(({ category }) => [category, all.filter((one) => one.category === category).length]),
      );
    },
  })),
};
