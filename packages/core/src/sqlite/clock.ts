/** The machine's time, for stores that were given no clock. */
export const systemNow = { now: () => Date.now() };
