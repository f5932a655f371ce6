/** What a request does between reading and writing, as far as it takes time. */
export type Work =
  | 'order create'
  | 'order update'
  | 'order status'
  | 'refund'
  | 'product create'
  | 'product update'
  | 'customer create'
  | 'other';

/**
 * Milliseconds of a processor that WordPress needs before it looks at a request. Measured on WooCommerce 10.0.2 (two shared
 * cores, four PHP workers, opcache, no plugins), 2026-11-23. Shops with plugins need several times that.
 */
export const bootMs = 38;

/** Milliseconds of a processor by kind of work: of a request of its own, and of one item of a batch. Measured as above. */
const writing: Readonly<Record<Work, readonly [alone: number, batched: number]>> = {
  'order create': [132, 119],
  'order update': [60, 40],
  'order status': [128, 65],
  refund: [90, 90],
  'product create': [131, 77],
  'product update': [21, 17],
  'customer create': [60, 40],
  other: [20, 15],
};

/** What one write costs. */
export function writingMs(work: Work, isBatched: boolean): number {
  return writing[work][isBatched ? 1 : 0];
}

/** What it costs to show one record of a list, in full or only some fields of it. Measured as above. */
export function readingMs(path: string, hasFields: boolean): number {
  if (path.startsWith('orders')) return hasFields ? 1 : 4.5;
  if (path.startsWith('products')) return hasFields ? 1.4 : 3.2;
  return hasFields ? 0.5 : 1.5;
}
