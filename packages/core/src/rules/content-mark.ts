import type { Json } from '../model/json.ts';
import { canonicalJson } from './fingerprint.ts';

/**
 * A short mark of a value's content, 16 hexadecimal digits: FNV-1a with 64 bits over its canonical JSON. It tells two
 * states of one record apart. No security feature: whoever wants to can find another value with the same mark.
 */
export function contentMark(value: Json): string {
  // The 64 bits in two halves, because BigInt takes ten times as long. Offset and prime: RFC 9923, section 5.
  let high = 0xcbf29ce4;
  let low = 0x84222325;
  for (const byte of new TextEncoder().encode(canonicalJson(value))) {
    low = (low ^ byte) >>> 0;
    // Times 2^40 + 0x1b3: the first part is a shift into the high half, the second fits a double.
    const product = low * 0x1b3;
    high = (Math.imul(high, 0x1b3) + Math.floor(product / 2 ** 32) + (low << 8)) >>> 0;
    low = product >>> 0;
  }
  return hex(high) + hex(low);
}

function hex(half: number): string {
  return half.toString(16).padStart(8, '0');
}
