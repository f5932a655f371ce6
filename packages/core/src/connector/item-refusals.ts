import type { ErrorCode } from '../errors/codes.ts';
import { CommerceError } from '../errors/commerce-error.ts';

/** Refuses single items of a push, each in the same words about its SKU. */
export interface ItemRefusals {
  /** `seen` is what was seen of the SKU, `next` a whole sentence that says what to do. */
  readonly of: (code: ErrorCode, sku: string, seen: string, next: string) => CommerceError;
  /** The list has the SKU twice, and nobody knows which of the two is meant. */
  readonly twice: (sku: string) => CommerceError;
}

/** Makes the refusals of one operation. `failed` is what became of a SKU: "was not set". */
export function itemRefusals(about: {
  readonly system: string;
  readonly operation: string;
  readonly failed: string;
}): ItemRefusals {
  const { system, operation, failed } = about;
  const of = (code: ErrorCode, sku: string, seen: string, next: string) =>
    new CommerceError({
      code,
      system,
      operation,
      message: `SKU "${sku}" ${failed} in "${system}": ${seen}. ${next}`,
    });
  return {
    of,
    twice: (sku) => of('record.duplicate', sku, 'the list has it twice', 'Decide which of the two is meant.'),
  };
}
