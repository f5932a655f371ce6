/** Who has to act: a policy, a person in operations, or the developer who wired it. */
export type ErrorKind = 'technical' | 'business' | 'configuration';

/** The queues that people work through. The first five are technical, the rest belong to the business. */
export const exceptionCategories = [
  'connectivity',
  'throttling',
  'credentials',
  'contract',
  'defect',
  'address',
  'sku',
  'stock',
  'payment',
  'carrier',
  'tax',
  'mapping',
  'ownership',
  'duplicate',
  'uncertain',
  'customer',
  'totals',
  'data',
] as const;
/** One of `exceptionCategories`: the queue in which a person finds an exception. */
export type ExceptionCategory = (typeof exceptionCategories)[number];

type ErrorRule = {
  readonly kind: ErrorKind;
  readonly retryable: boolean;
  readonly category: ExceptionCategory;
  /** Whether a write that ended so may have happened all the same. After `no` its key is free for another attempt. */
  readonly wrote: 'no' | 'maybe';
};

/** The whole taxonomy in one table: what a code means is looked up, never decided at the throw site. */
export const errorRules = {
  'network.unreachable': { kind: 'technical', retryable: true, category: 'connectivity', wrote: 'no' },
  'network.timeout': { kind: 'technical', retryable: true, category: 'connectivity', wrote: 'maybe' },
  'platform.unavailable': { kind: 'technical', retryable: true, category: 'connectivity', wrote: 'maybe' },
  'platform.conflict': { kind: 'technical', retryable: true, category: 'connectivity', wrote: 'no' },
  'platform.throttled': { kind: 'technical', retryable: true, category: 'throttling', wrote: 'no' },
  'allowance.unknown': { kind: 'technical', retryable: true, category: 'connectivity', wrote: 'no' },
  'circuit.open': { kind: 'technical', retryable: true, category: 'connectivity', wrote: 'no' },
  'lease.lost': { kind: 'technical', retryable: true, category: 'connectivity', wrote: 'maybe' },
  'write.in-flight': { kind: 'technical', retryable: true, category: 'uncertain', wrote: 'maybe' },
  'write.uncertain': { kind: 'technical', retryable: false, category: 'uncertain', wrote: 'maybe' },
  'store.unavailable': { kind: 'technical', retryable: true, category: 'connectivity', wrote: 'maybe' },
  'store.corrupt': { kind: 'configuration', retryable: false, category: 'contract', wrote: 'maybe' },
  'call.aborted': { kind: 'technical', retryable: false, category: 'connectivity', wrote: 'no' },
  'response.unexpected': { kind: 'technical', retryable: false, category: 'contract', wrote: 'maybe' },
  'request.rejected': { kind: 'technical', retryable: false, category: 'contract', wrote: 'no' },
  'flow.defect': { kind: 'technical', retryable: false, category: 'defect', wrote: 'maybe' },
  'flow.version-missing': { kind: 'configuration', retryable: false, category: 'defect', wrote: 'no' },
  'auth.rejected': { kind: 'configuration', retryable: false, category: 'credentials', wrote: 'no' },
  'auth.expired': { kind: 'configuration', retryable: false, category: 'credentials', wrote: 'no' },
  'access.denied': { kind: 'configuration', retryable: false, category: 'credentials', wrote: 'no' },
  'options.invalid': { kind: 'configuration', retryable: false, category: 'credentials', wrote: 'no' },
  'wiring.invalid': { kind: 'configuration', retryable: false, category: 'credentials', wrote: 'no' },
  'webhook.unknown': { kind: 'configuration', retryable: false, category: 'contract', wrote: 'no' },
  'webhook.malformed': { kind: 'technical', retryable: false, category: 'contract', wrote: 'no' },
  'status.unmapped': { kind: 'business', retryable: false, category: 'mapping', wrote: 'no' },
  'link.missing': { kind: 'business', retryable: false, category: 'mapping', wrote: 'no' },
  'link.conflict': { kind: 'business', retryable: false, category: 'mapping', wrote: 'no' },
  'record.missing': { kind: 'business', retryable: false, category: 'mapping', wrote: 'no' },
  'sku.unknown': { kind: 'business', retryable: false, category: 'sku', wrote: 'no' },
  'sku.missing': { kind: 'business', retryable: false, category: 'sku', wrote: 'no' },
  'stock.insufficient': { kind: 'business', retryable: false, category: 'stock', wrote: 'no' },
  'stock.unconfirmed': { kind: 'business', retryable: false, category: 'stock', wrote: 'no' },
  'stock.stale': { kind: 'business', retryable: false, category: 'stock', wrote: 'no' },
  'address.invalid': { kind: 'business', retryable: false, category: 'address', wrote: 'no' },
  'payment.missing': { kind: 'business', retryable: false, category: 'payment', wrote: 'no' },
  'payment.failed': { kind: 'business', retryable: false, category: 'payment', wrote: 'no' },
  'payment.test': { kind: 'business', retryable: false, category: 'payment', wrote: 'no' },
  'risk.open': { kind: 'business', retryable: false, category: 'payment', wrote: 'no' },
  'risk.refused': { kind: 'business', retryable: false, category: 'payment', wrote: 'no' },
  'carrier.rejected': { kind: 'business', retryable: false, category: 'carrier', wrote: 'no' },
  'tax.mismatch': { kind: 'business', retryable: false, category: 'tax', wrote: 'no' },
  'totals.mismatch': { kind: 'business', retryable: false, category: 'totals', wrote: 'no' },
  'price.missing': { kind: 'business', retryable: false, category: 'totals', wrote: 'no' },
  'money.invalid': { kind: 'business', retryable: false, category: 'totals', wrote: 'no' },
  'customer.missing': { kind: 'business', retryable: false, category: 'customer', wrote: 'no' },
  'customer.ambiguous': { kind: 'business', retryable: false, category: 'customer', wrote: 'no' },
  'cancel.refused': { kind: 'business', retryable: false, category: 'carrier', wrote: 'no' },
  'record.rejected': { kind: 'business', retryable: false, category: 'data', wrote: 'no' },
  'record.invalid': { kind: 'business', retryable: false, category: 'data', wrote: 'no' },
  'record.duplicate': { kind: 'business', retryable: false, category: 'duplicate', wrote: 'no' },
  'key.reused': { kind: 'business', retryable: false, category: 'duplicate', wrote: 'no' },
  'field.not-owned': { kind: 'business', retryable: false, category: 'ownership', wrote: 'no' },
} as const satisfies Record<string, ErrorRule>;
/** What went wrong, as `subject.problem`: `sku.unknown`. `errorRules` says what each one means. */
export type ErrorCode = keyof typeof errorRules;
