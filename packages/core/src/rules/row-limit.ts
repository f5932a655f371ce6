/** A limit as every store counts it: whole rows, none below zero, and all of them where it has no end. */
export function rowLimit(limit: number): number {
  return Number.isNaN(limit) ? 0 : Math.min(Number.MAX_SAFE_INTEGER, Math.max(0, Math.floor(limit)));
}
