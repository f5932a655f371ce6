import type { Clock, Random } from './clock.ts';
import type { SharedStore } from './stores.ts';

/** What a program gives a connector to run on. Every part has the platform's own as its default. */
export interface Runtime {
  /** Sends requests. Default `globalThis.fetch`; a fake platform's `fetch` goes here. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly clock?: Clock | undefined;
  readonly random?: Random | undefined;
  /**
   * Where several processes keep together how much of a platform's allowance is left and whether its circuit is open:
   * `stores.shared`. Every process has to be given the same, and the same name for the system. While it cannot be asked,
   * calls that draw from an allowance are not sent and end as `allowance.unknown`. Left out, each process reckons for
   * itself, as if it were the only one.
   */
  readonly shared?: SharedStore | undefined;
}
