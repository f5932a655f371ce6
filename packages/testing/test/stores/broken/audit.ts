import type { StoreSet } from '@crossdock/core';
import { but, type BrokenStores } from './but.ts';

const audit = (part: (store: StoreSet['audit']) => Partial<StoreSet['audit']>) =>
  but((set) => ({ audit: { ...set.audit, ...part(set.audit) } }));

/** One store broken a law. */
export const brokenAudit: BrokenStores = {
  'audit/comes-back-as-it-was-written': audit((store) => ({
    append: (entry) => store.append({ ...entry, details: null }),
  })),
  'audit/found-by-every-record': audit((store) => ({
    list: async (ref, limit) => (await store.list(ref, limit)).filter(({ refs }) => refs[0]?.id === ref.id),
  })),
  'audit/of-one-record': audit((store) => ({
    list: (ref, limit) => store.list({ ...ref, kind: 'order' }, limit),
  })),
  'audit/newest-first': audit((store) => ({
    list: async (ref, limit) => (await store.list(ref, 1000)).toReversed().slice(0, limit),
  })),
};
