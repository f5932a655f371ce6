import type { LinkStore, Stores, StoreSet } from '../ports/stores.ts';
import type { JobLease } from './job-lease.ts';
import type { Steps } from './steps.ts';

/**
 * The links as a flow sees them: it writes them only while its job is ours, because another worker may have gone on, and
 * only when the ends of the writes are stored that they may be about.
 */
export function fencedLinks(
  stores: Stores,
  lease: Pick<JobLease, 'fence' | 'asking' | 'renewed'>,
  { landed }: Pick<Steps, 'landed'>,
): LinkStore {
  const fenced = async <T>(write: (inside: StoreSet) => Promise<T>): Promise<T> => {
    // Outside of the unit of work, which must not wait for what is stored beside it.
    await landed();
    const asked = lease.asking();
    const answer = await stores.atomically(async (inside) => {
      await lease.fence(inside);
      return write(inside);
    });
    lease.renewed(asked);
    return answer;
  };
  return {
    link: (one, other) => fenced((inside) => inside.links.link(one, other)),
    attach: (child, parent) => fenced((inside) => inside.links.attach(child, parent)),
    find: (ref, system, kind) => stores.links.find(ref, system, kind),
    children: (parent, system, kind) => stores.links.children(parent, system, kind),
  };
}
