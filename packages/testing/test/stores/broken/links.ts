import type { Ref, StoreSet } from '@crossdock/core';
import { but, type BrokenStores } from './but.ts';

const links = (part: (store: StoreSet['links']) => Partial<StoreSet['links']>) =>
  but((set) => ({ links: { ...set.links, ...part(set.links) } }));
const swap = (ref: Ref): Ref => ({ ...ref, kind: 'order' });

/** One store broken a law. */
export const brokenLinks: BrokenStores = {
  'links/found-from-both-sides': links((store) => ({
    find: (ref, system, kind) =>
      ref.system === 'erp' && ref.id === 'S1' ? Promise.resolve(undefined) : store.find(ref, system, kind),
  })),
  'links/unlinked-finds-nothing': links((store) => ({
    find: (ref, system, kind) => store.find(ref.kind === 'customer' ? swap(ref) : ref, system, kind),
  })),
  'links/repeated-is-already': links((store) => ({
    async link(one, other) {
      const answer = await store.link(one, other);
      return answer === 'already' ? 'linked' : answer;
    },
  })),
  'links/second-counterpart-conflicts': links((store) => ({
    async link(one, other) {
      const answer = await store.link(one, other);
      return answer === 'conflict' ? 'linked' : answer;
    },
  })),
  'links/parent-has-many-children': links((store) => ({
    children: async (parent, system, kind) => (await store.children(parent, system, kind)).toReversed(),
  })),
  'links/children-are-of-one-parent-and-kind': links((store) => ({
    children: async (parent, system, kind) => [
      ...(await store.children(parent, system, kind)),
      ...(await store.children({ ...parent, id: '2' }, system, kind)),
    ],
  })),
  'links/child-finds-its-parent': links((store) => ({
    find: (ref, system, kind) =>
      ref.kind === 'fulfillment' ? Promise.resolve(undefined) : store.find(ref, system, kind),
  })),
  'links/child-has-one-parent': links((store) => ({
    async attach(child, parent) {
      await store.attach(child, parent);
      return 'linked';
    },
  })),
};
