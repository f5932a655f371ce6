import { isoOf } from '../store.ts';

/** A moment with the shop's offset instead of Z, as the older form writes it. */
export function offsetOf(at: number): string {
  return isoOf(at).replace('Z', '+00:00');
}
