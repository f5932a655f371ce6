export { fakeOdoo, type FakeOdooOptions } from './fake-odoo.ts';
export { committedThenDropped, proxyFault } from './faults.ts';
export type {
  FakeKit,
  FakeOrderLine,
  FakePartner,
  FakePicking,
  FakeProduct,
  FakeSaleOrder,
  FakeStock,
  FakeWebhook,
  OdooState,
} from './state.ts';
export { odooFacts, type OdooEvidence, type OdooFact } from './facts.ts';
export type { OdooModule, OdooVersion } from './versions.ts';
