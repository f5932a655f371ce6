import type { LinkStore, Stores, StoreSet } from '../ports/stores.ts';
import type { JobLease } from './job-lease.ts';

/** The links as a flow sees them: it writes them only while its job is ours, because another worker may have gone on. */
export function fencedLinks(stores: Stores, lease: Pick<JobLease, 'fence'>): LinkStore {
  const fenced = <T>(write: (inside: StoreSet) => Promise<T>) =>
    stores.atomically(async (inside) => {
      await lease.fence(inside);
      return write(inside);
    });
  return {
    link: (one, other) => fenced((inside) => inside.links.link(one, other)),
    attach: (child, parent) => fenced((inside) => inside.links.attach(child, parent)),
    find: (ref, system, kind) => stores.links.find(ref, system, kind),
    children: (parent, system, kind) => stores.links.children(parent, system, kind),
  };
}
