import { chunk, CommerceError, isCommerceError, type Customer, type PageProblem, type Ref } from '@crossdock/core';
import * as z from 'zod';
import type { ShopifyClient } from './client.ts';
import type { CustomerCall } from './customer-find.ts';
import { toCustomer } from './customer-record.ts';
import { customerAddresses, customersById } from './documents/customers.ts';
import { wireCustomerSchema, type WireCustomer, type WireCustomerAddress } from './wire/customer.ts';

/** Customers by id. One that cannot be read is a problem; one that is gone is left out. */
export interface CustomerReader {
  read(
    ids: readonly string[],
    call: CustomerCall,
  ): Promise<{ readonly items: readonly Customer[]; readonly problems: readonly PageProblem[] }>;
  /** As Shopify has it. */
  one(id: string, call: CustomerCall): Promise<WireCustomer | undefined>;
}

/** Customers in one call: their address books are long. */
const perCall = 100;

export function customerReader(
  client: ShopifyClient,
  { system, accountNumberTag }: { readonly system: string; readonly accountNumberTag: string | undefined },
): CustomerReader {
  async function nodesOf(ids: readonly string[], call: CustomerCall): Promise<readonly unknown[]> {
    const variables = { ids };
    const { nodes } = await client.run(customersById, { ...call, safety: 'read', variables });
    return nodes;
  }

  function parsed(node: unknown, id: string, { operation }: CustomerCall): WireCustomer {
    const fits = wireCustomerSchema.safeParse(node);
    if (fits.success) return fits.data;
    const places = fits.error.issues.slice(0, 5).map(({ path, code }) => `"${path.join('.')}" (${code})`);
    throw new CommerceError({
      code: 'response.unexpected',
      system,
      operation,
      refs: [customerRef(system, id)],
      message: `Customer "${id}" of "${system}" was not read: it does not fit at ${places.join(', ')}. Compare it with the API version this connector is written for.`,
    });
  }

  /** A book that changes between its pages comes again with its customer, whose moment moves with it. */
  async function bookOf(customer: WireCustomer, call: CustomerCall): Promise<readonly WireCustomerAddress[]> {
    const book = [...customer.addressesV2.nodes];
    let { pageInfo } = customer.addressesV2;
    while (pageInfo.hasNextPage) {
      const variables = { id: customer.id, after: pageInfo.endCursor };
      const { customer: rest } = await client.run(customerAddresses, { ...call, safety: 'read', variables });
      if (!rest) return book;
      book.push(...rest.page.nodes);
      ({ pageInfo } = rest.page);
    }
    return book;
  }

  return {
    async read(ids, call) {
      const items: Customer[] = [];
      const problems: PageProblem[] = [];
      for (const part of chunk(ids, perCall)) {
        const nodes = await nodesOf(part, call);
        for (const [index, id] of part.entries()) {
          const node = nodes[index];
          if (isGone(node)) continue;
          const ref = customerRef(system, id);
          try {
            const customer = parsed(node, id, call);
            const reading = { system, operation: call.operation, accountNumberTag };
            items.push(toCustomer(customer, await bookOf(customer, call), reading));
          } catch (error) {
            if (!isCommerceError(error) || !error.refs.some((one) => one.id === id)) throw error;
            problems.push({ ref, error, version: versionOf(node) });
          }
        }
      }
      return { items, problems };
    },

    async one(id, call) {
      const [node] = await nodesOf([id], call);
      return isGone(node) ? undefined : parsed(node, id, call);
    },
  };
}

export function customerRef(system: string, id: string): Ref<'customer'> {
  return { system, kind: 'customer', id };
}

/** Whether it was deleted or merged since its id was read. */
function isGone(node: unknown): boolean {
  return node == null || (typeof node === 'object' && Object.keys(node).length === 0);
}

function versionOf(node: unknown): string | undefined {
  return z.object({ updatedAt: z.string() }).safeParse(node).data?.updatedAt;
}
