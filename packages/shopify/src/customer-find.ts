import { CommerceError, type ReadOptions } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { accountNumbersIn } from './customer-identity.ts';
import { customerByIdentifier, customersByTag } from './documents/customers.ts';
import { allRows, quoted } from './sku-search.ts';

export interface CustomerCall extends ReadOptions {
  readonly operation: string;
}

/** Finds the ids of customers. Mailboxes and numbers as `mailboxOf` and `phoneOf` give them. */
export interface CustomerFinder {
  byMailbox(mailbox: string, call: CustomerCall): Promise<string | undefined>;
  byPhone(phone: string, call: CustomerCall): Promise<string | undefined>;
  byAccount(accountNumber: string, call: CustomerCall): Promise<readonly string[]>;
  /** Those that have this tag, whatever its case. */
  byTag(tag: string, call: CustomerCall): Promise<readonly string[]>;
}

export function customerFinder(
  client: ShopifyClient,
  { system, accountNumberTag }: { readonly system: string; readonly accountNumberTag: string | undefined },
): CustomerFinder {
  async function lookUp(
    identifier: { readonly emailAddress: string } | { readonly phoneNumber: string },
    call: CustomerCall,
  ): Promise<string | undefined> {
    const variables = { identifier };
    const { customerByIdentifier: found } = await client.run(customerByIdentifier, {
      ...call,
      safety: 'read',
      variables,
    });
    return found?.id;
  }

  /** The search goes by words and without case, so that all that it finds is compared. */
  async function tagged(tag: string, isIt: (tags: readonly string[]) => boolean, call: CustomerCall) {
    const rows = await allRows(`tag:${quoted(tag)}`, async (query, after) => {
      const variables = { filter: query, after };
      const { customers } = await client.run(customersByTag, { ...call, safety: 'read', variables });
      return customers;
    });
    return [...new Set(rows.filter(({ tags }) => isIt(tags)).map(({ id }) => id))];
  }

  return {
    byMailbox: (emailAddress, call) => lookUp({ emailAddress }, call),
    byPhone: (phoneNumber, call) => lookUp({ phoneNumber }, call),

    async byAccount(accountNumber, call) {
      if (accountNumberTag === undefined) throw untagged(system, call.operation);
      const isIt = (tags: readonly string[]) => accountNumbersIn(tags, accountNumberTag).includes(accountNumber);
      return tagged(`${accountNumberTag}${accountNumber}`, isIt, call);
    },

    byTag: (tag, call) => tagged(tag, (tags) => tags.some((each) => each.toLowerCase() === tag.toLowerCase()), call),
  };
}

function untagged(system: string, operation: string): CommerceError {
  return new CommerceError({
    code: 'options.invalid',
    system,
    operation,
    message: `\`${operation}\` was not done in "${system}": it is about an account number, and shopify() was not told where those stand. Pass accountNumberTag, such as "account:".`,
  });
}
