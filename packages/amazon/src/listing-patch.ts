import { isCommerceError } from '@crossdock/core';
import { atOnce } from './at-once.ts';
import { encoded, type AmazonClient } from './client.ts';
import {
  bodyOf,
  type ChangeAnswer,
  type ChangeContext,
  type ListingChange,
  type ListingWrite,
} from './listing-change.ts';
import type { AmazonSettings } from './options.ts';
import { submissionSchema } from './wire/listing.ts';

/** Writes every change as a call of its own. */
export function listingPatch(client: AmazonClient, { sellerId, marketplaceId }: AmazonSettings): ListingWrite {
  return async (changes, context) => {
    const answers = new Map<number, ChangeAnswer>();
    await atOnce(changes, async (change, index) => {
      answers.set(index, await patch(change, context));
    });
    return changes.map(({ sku }, index) => answers.get(index) ?? context.refusal.uncertain(sku, 'it was not answered'));
  };

  async function patch(
    change: ListingChange,
    { operation, lane, signal, refusal }: ChangeContext,
  ): Promise<ChangeAnswer> {
    const { sku } = change;
    try {
      const { status, issues } = await client.send({
        api: 'patchListingsItem',
        operation,
        method: 'PATCH',
        path: `listings/2021-08-01/items/${encoded(sellerId)}/${encoded(sku)}?marketplaceIds=${encoded(marketplaceId)}`,
        json: bodyOf(change),
        // The value is absolute: a repeat sets it again.
        safety: 'repeatable',
        answer: submissionSchema,
        lane,
        signal,
      });
      return status === 'INVALID' ? refusal.rejected(sku, issues ?? []) : 'ok';
    } catch (error) {
      if (isCommerceError(error, 'record.missing')) return refusal.unknown(sku);
      if (isCommerceError(error)) return error;
      throw error;
    }
  }
}
