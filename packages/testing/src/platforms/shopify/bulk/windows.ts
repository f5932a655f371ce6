/**
 * A part of a connection's rows. The rows are taken and sorted once and kept, so that a long list can be shown part by part
 * without being looked through each time.
 */
export type Window = {
  rows: readonly unknown[] | undefined;
  from: number;
  readonly size: number;
};

/** The parts that a bulk query is at, by the place of each outermost connection. */
export interface Windows {
  /** The window of a connection at a place; the whole of one below another. */
  readonly at: (place: readonly (string | number)[], isNested: boolean) => Window;
  /** Goes on to the next part; false when every connection is at its end. */
  readonly next: () => boolean;
}

/** Makes windows of so many rows. */
export function rowWindows(size: number): Windows {
  const known = new Map<string, Window>();
  return {
    at(place, isNested) {
      if (isNested) return { rows: undefined, from: 0, size: Number.POSITIVE_INFINITY };
      const key = place.join('.');
      const window = known.get(key) ?? { rows: undefined, from: 0, size };
      known.set(key, window);
      return window;
    },
    next() {
      for (const window of known.values()) window.from += size;
      return [...known.values()].some(({ rows, from }) => from < (rows?.length ?? 0));
    },
  };
}
