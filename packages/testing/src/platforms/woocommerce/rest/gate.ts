import type { WooKey } from '../options.ts';
import { Refused } from './refused.ts';

/** Which nonces each key has used, and when. */
type Nonces = Map<string, number>;

/** Who may speak to the shop, and what it has seen of signed requests. */
export interface Gate {
  readonly keys: readonly WooKey[];
  readonly https: boolean;
  readonly nonces: Nonces;
  readonly now: () => number;
  readonly home: string;
}

export function denied(message: string): Refused {
  return new Refused(401, 'woocommerce_rest_authentication_error', message);
}
