/** How many items the next call holds. */
export interface BatchSize {
  next(): number;
  /** What the last batch took. One that the server did not answer counts as far too long. */
  took(items: number, ms: number): void;
  failed(): void;
}

/**
 * Grows and shrinks batches so that one takes about `targetMs`: a server has a limit for each call, and what exceeds it is
 * lost with all of its work. It doubles or halves at most, and a batch smaller than asked for says nothing of a bigger one.
 */
export function batchSize(options: {
  readonly first: number;
  readonly most: number;
  readonly targetMs: number;
}): BatchSize {
  const { most, targetMs } = options;
  let size = Math.min(options.first, most);
  return {
    next: () => size,
    took(items, ms) {
      const fitting = ms <= 0 ? 2 * items : Math.round((items * targetMs) / ms);
      if (items < size && fitting >= size) return;
      size = Math.max(1, Math.min(most, 2 * size, Math.max(Math.floor(size / 2), fitting)));
    },
    failed() {
      size = Math.max(1, Math.floor(size / 2));
    },
  };
}
