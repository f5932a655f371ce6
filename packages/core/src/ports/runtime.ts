import type { Clock, Random } from './clock.ts';

/** What a program gives a connector to run on. Every part has the platform's own as its default. */
export interface Runtime {
  /** Sends requests. Default `globalThis.fetch`; a fake platform's `fetch` goes here. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly clock?: Clock | undefined;
  readonly random?: Random | undefined;
}
