import type { TillDocument } from './document.ts';

// The team's own facts, beside the ones that Crossdock knows.
declare module '@crossdock/core' {
  interface EventCatalogue {
    'till.cancellation': TillDocument;
    'till.correction': TillDocument;
  }
}
export {};
