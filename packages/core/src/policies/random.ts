import type { Random } from '../ports/clock.ts';

/** The runtime's own chance. Good enough to spread waits; nothing secret is made of it. */
export const systemRandom: Random = () => Math.random();
