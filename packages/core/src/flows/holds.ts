import type { AnyFlow } from './integration.ts';
import type { Task } from './task.ts';

/** What waits while a run of this flow is before a person. */
export function holdsOf({ holds, stale }: Pick<AnyFlow, 'holds' | 'stale'>): 'key' | 'run' {
  return holds ?? (stale === 'drop' ? 'run' : 'key');
}

/**
 * The same, where a write of the run may be in doubt. Whoever takes whole records over may pass a run that failed; but a write
 * in doubt may still arrive, or be sent again, and after one of a newer state it would bring the older state back. A flow
 * whose version is not here may build on anything.
 */
export function holdsKey(flow: AnyFlow | undefined): Task['holdsKey'] {
  if (flow === undefined || holdsOf(flow) === 'key') return 'always';
  return flow.stale === 'drop' ? 'doubt' : 'never';
}
