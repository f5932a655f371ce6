import type { Json } from '../model/json.ts';
import type { Ref } from '../model/ref.ts';
import { errorRules, type ErrorCode } from './codes.ts';

/** What a throw site says. `code` decides everything else. */
export interface CommerceErrorInit<C extends ErrorCode = ErrorCode> {
  readonly code: C;
  /** What did not happen, to which record; what was seen; what to do next. No secret, no personal data, no full URL. */
  readonly message: string;
  readonly system?: string | undefined;
  readonly operation?: string | undefined;
  readonly refs?: readonly Ref[] | undefined;
  /** Earliest moment a further attempt makes sense, when the platform said so; milliseconds from now. */
  readonly retryAfterMs?: number | undefined;
  /** Facts for the person who handles it. Redacted before they are stored. */
  readonly details?: Json | undefined;
  readonly cause?: unknown;
}

const mark = Symbol.for('@crossdock/core/commerce-error');

/**
 * The one error that Crossdock throws. `kind`, `retryable` and `category` are looked up by `code` in `errorRules`, so a
 * throw site cannot contradict the table.
 */
export class CommerceError<C extends ErrorCode = ErrorCode> extends Error {
  readonly code: C;
  readonly kind: (typeof errorRules)[C]['kind'];
  readonly retryable: (typeof errorRules)[C]['retryable'];
  readonly category: (typeof errorRules)[C]['category'];
  readonly system: string | undefined;
  readonly operation: string | undefined;
  readonly refs: readonly Ref[];
  readonly retryAfterMs: number | undefined;
  readonly details: Json;

  constructor(init: CommerceErrorInit<C>) {
    super(init.message, init.cause === undefined ? undefined : { cause: init.cause });
    this.name = 'CommerceError';
    const rule = errorRules[init.code];
    this.code = init.code;
    this.kind = rule.kind;
    this.retryable = rule.retryable;
    this.category = rule.category;
    this.system = init.system;
    this.operation = init.operation;
    this.refs = init.refs ?? [];
    this.retryAfterMs = init.retryAfterMs;
    this.details = init.details ?? null;
    Object.defineProperty(this, mark, { value: true });
  }
}

/** Whether a value is a CommerceError, of one code if asked. Works across two installed copies of core. */
export function isCommerceError<C extends ErrorCode = ErrorCode>(error: unknown, code?: C): error is CommerceError<C> {
  if (!(error instanceof Error) || !(mark in error) || !('code' in error)) return false;
  return code === undefined || error.code === code;
}
