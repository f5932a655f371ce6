import type { InvoiceDraft, Money, PaymentDraft, Ref, RefundDraft } from '@crossdock/core';
import type { FakePlatform } from '../fake/platform.ts';
import type { Awaitable, CreateScenery, FinalScenery, ChangeScenery, GetScenery, PullScenery } from './scenes.ts';

/**
 * How far an order is on its way to its bill, in a shop that bills what was shipped. `draft` is not confirmed, `shipped`
 * is all shipped and not billed, `billed` is all on a bill.
 */
export type BillingStage = 'draft' | 'unshipped' | 'shipped' | 'billed' | 'canceled';

/** Scenes of what is owed, paid and given back. */
export interface AccountingScenery<S> {
  'invoices.pull': PullScenery<S, 'invoice'>;
  'invoices.get': GetScenery<S, 'invoice'>;
  'invoices.readiness': GetScenery<S, 'order'> & {
    /** Adds an order that is so far. */
    readonly at: (platform: FakePlatform<S>, stage: BillingStage) => Awaitable<Ref<'order'>>;
  };
  'invoices.create': Omit<CreateScenery<S, InvoiceDraft>, 'draft'> & {
    /** The bill of an order that is shipped and not billed, without `expectedTotal`; another `number` is one of another order. */
    readonly draft: (platform: FakePlatform<S>, number: number) => Awaitable<InvoiceDraft>;
    /** What this bill comes to, tax included. */
    readonly total: (platform: FakePlatform<S>, draft: InvoiceDraft) => Awaitable<Money>;
    /** Whether the bill with this id is a draft, of which nothing is due. */
    readonly isDraft: (platform: FakePlatform<S>, id: string) => Awaitable<boolean>;
  };
  'invoices.confirm': {
    /** Adds a bill that is a draft; another `number` is another one. */
    readonly waiting: (platform: FakePlatform<S>, number: number) => Awaitable<Ref<'invoice'>>;
    /** Its number, when it is final. */
    readonly number: (platform: FakePlatform<S>, ref: Ref<'invoice'>) => Awaitable<string | undefined>;
  };
  'payments.pull': ChangeScenery<S, 'payment'>;
  'payments.create': Omit<CreateScenery<S, PaymentDraft>, 'draft'> & {
    /** All that is due for a final bill, at least 2.00 of its currency; another `number` is another bill and another `reference`. */
    readonly draft: (platform: FakePlatform<S>, number: number) => Awaitable<PaymentDraft>;
    /** What is still due for the bill. */
    readonly due: (platform: FakePlatform<S>, invoice: Ref<'invoice'>) => Awaitable<Money>;
  };
  'refunds.pull': FinalScenery<S, 'refund'>;
  'refunds.create': CreateScenery<S, RefundDraft>;
}
