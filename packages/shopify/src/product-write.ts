import { chunk, CommerceError, type Clock, type ProductDraft, type ReadOptions } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { productVariantsBulkUpdate } from './documents/prices.ts';
import {
  productByHandle,
  productMake,
  productOperation,
  productUpdate,
  variantsCreate,
} from './documents/product-writes.ts';
import { raiseUserErrors } from './errors.ts';
import { skuOf } from './product-draft.ts';
import { handleOf, makeInput, otherHandlesOf } from './product-input.ts';
import type { ProductPlan } from './product-plan.ts';
import { productRef } from './product-read.ts';
import type { UserErrors } from './wire/user-error.ts';

interface WriteCall extends ReadOptions {
  readonly operation: string;
}

/** Is told of each write that Shopify took: nothing that fails behind it may say that there was none. */
export type OnWritten = () => void;

/** Variants in one call: input lists end at 250. shopify.dev, API limits, read 2026-11-23. */
const variantsPerCall = 250;
/** A product with more variants is made while we look at it now and then: a call that waits for it would time out. */
const mostWaitedFor = 100;
const looksAtOnce = 10;
const lookWaitsMs = [500, 1000, 2000, 4000, 8000, 8000, 15_000, 15_000, 30_000, 30_000, 60_000];

/** The writes of a product. Each may be repeated. */
export interface ProductWriter {
  /** Makes it, or gives the one that has its handle already, which then may be of another content. */
  make(draft: ProductDraft, collections: readonly string[], call: WriteCall, onWritten: OnWritten): Promise<string>;
  change(id: string, plan: ProductPlan, draft: ProductDraft, call: WriteCall, onWritten: OnWritten): Promise<void>;
}

export function productWriter(
  client: ShopifyClient,
  { system, clock }: { readonly system: string; readonly clock: Clock },
): ProductWriter {
  async function byHandle(handle: string, call: WriteCall): Promise<string | undefined> {
    const variables = { handle };
    const { productByIdentifier } = await client.run(productByHandle, { ...call, safety: 'read', variables });
    return productByIdentifier?.id;
  }

  async function byHandles(handles: readonly string[], call: WriteCall): Promise<string | undefined> {
    for (const some of chunk(handles, looksAtOnce)) {
      const found = await Promise.all(some.map((handle) => byHandle(handle, call)));
      const first = found.find((id) => id !== undefined);
      if (first !== undefined) return first;
    }
    return undefined;
  }

  /** Looks until it is made. What it takes longer is made all the same, and found by its handle the next time. */
  async function made(operationId: string, draft: ProductDraft, call: WriteCall) {
    for (const waitMs of lookWaitsMs) {
      const variables = { id: operationId };
      const { productOperation: seen } = await client.run(productOperation, { ...call, safety: 'read', variables });
      if (seen?.status === 'COMPLETE') return seen;
      await clock.sleep(waitMs, call.signal).catch(() => undefined);
    }
    throw new CommerceError({
      code: 'write.in-flight',
      system,
      operation: call.operation,
      message: `SKU "${skuOf(draft)}" may not be written in "${system}": Shopify is still at work on its ${draft.variants.length} variants. Replay later: a repeat changes nothing more.`,
    });
  }

  function raise(errors: UserErrors, draft: ProductDraft, { operation }: WriteCall, id?: string): void {
    const what = `SKU "${skuOf(draft)}" was not written in "${system}"`;
    raiseUserErrors(errors, { what, system, operation, refs: id === undefined ? [] : [productRef(system, id)] });
  }

  return {
    async make(draft, collections, call, onWritten) {
      const handle = await handleOf(draft);
      const before = await byHandles([handle, ...(await otherHandlesOf(draft))], call);
      if (before !== undefined) return before;
      const synchronous = draft.variants.length <= mostWaitedFor;
      const { productSet } = await client.run(productMake, {
        ...call,
        // A repeat is refused, because the first one has the handle.
        safety: 'repeatable',
        variables: { input: makeInput(draft, handle, collections), synchronous },
      });
      const { productSetOperation } = productSet;
      const answer =
        productSetOperation && productSet.userErrors.length === 0
          ? await made(productSetOperation.id, draft, call).catch((error: unknown) => {
              // Shopify makes it all the same.
              onWritten();
              throw error;
            })
          : productSet;
      if (answer.product && answer.userErrors.length === 0) {
        onWritten();
        return answer.product.id;
      }
      const isTaken = answer.userErrors.some(({ code }) => code === 'HANDLE_NOT_UNIQUE');
      const other = isTaken ? await byHandle(handle, call) : undefined;
      if (other !== undefined) return other;
      raise(answer.userErrors, draft, call);
      throw unanswered(draft, call);
    },

    async change(id, plan, draft, call, onWritten) {
      for (const variants of chunk(plan.changed, variantsPerCall)) {
        const variables = { product: id, variants };
        const { productVariantsBulkUpdate: payload } = await client.run(productVariantsBulkUpdate, {
          ...call,
          safety: 'repeatable',
          variables,
        });
        raise(payload.userErrors, draft, call, id);
        onWritten();
      }
      for (const variants of chunk(plan.missing, variantsPerCall)) {
        const variables = { product: id, variants };
        const { productVariantsBulkCreate } = await client.run(variantsCreate, {
          ...call,
          // A repeat is refused, because the first one has the options.
          safety: 'repeatable',
          variables,
        });
        const { userErrors } = productVariantsBulkCreate;
        const isThere =
          userErrors.length > 0 && userErrors.every(({ code }) => code?.startsWith('VARIANT_ALREADY_EXISTS'));
        if (isThere) throw overtaken(draft, call);
        raise(userErrors, draft, call, id);
        onWritten();
      }
      if (!plan.product) return;
      const { productUpdate: payload } = await client.run(productUpdate, {
        ...call,
        safety: 'repeatable',
        variables: { product: plan.product },
      });
      raise(payload.userErrors, draft, call, id);
      onWritten();
    },
  };

  function unanswered(draft: ProductDraft, { operation }: WriteCall): CommerceError {
    return new CommerceError({
      code: 'response.unexpected',
      system,
      operation,
      message: `SKU "${skuOf(draft)}" may be written in "${system}": Shopify answered with neither a product nor a reason. Look whether it is there, then replay.`,
    });
  }

  /** Somebody made them since the product was read, or the answer to our own call was lost. */
  function overtaken(draft: ProductDraft, { operation }: WriteCall): CommerceError {
    return new CommerceError({
      code: 'platform.conflict',
      system,
      operation,
      message: `SKU "${skuOf(draft)}" was not written in "${system}": its variants were made while it was compared. Try again.`,
    });
  }
}
