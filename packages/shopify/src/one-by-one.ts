/** Runs works that have the same name one after the other, in the order of their calls; others at the same time. */
export interface OneByOne {
  <T>(name: string, work: () => Promise<T>): Promise<T>;
}

/** Within this process. What one of them throws is its own: the next one begins all the same. */
export function oneByOne(): OneByOne {
  const last = new Map<string, Promise<unknown>>();
  return async (name, work) => {
    const before = last.get(name) ?? Promise.resolve();
    const own = before.then(work, work);
    last.set(name, own);
    try {
      return await own;
    } finally {
      if (last.get(name) === own) last.delete(name);
    }
  };
}
