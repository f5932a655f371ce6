import { chunk, type Customer, type PageProblem, type Ref } from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import type { CustomerCall } from './customer-find.ts';
import { toCustomer } from './customer-record.ts';
import { customerAddresses, customersById } from './documents/customers.ts';
import { eachNode, fitting, isGone } from './each-node.ts';
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
        const found = await eachNode(part, nodes, {
          system,
          operation: call.operation,
          kind: 'customer',
          schema: wireCustomerSchema,
          to: async (wire) =>
            toCustomer(wire, await bookOf(wire, call), { system, operation: call.operation, accountNumberTag }),
        });
        items.push(...found.items);
        problems.push(...(found.problems ?? []));
      }
      return { items, problems };
    },

    async one(id, call) {
      const [node] = await nodesOf([id], call);
      if (isGone(node)) return undefined;
      const { operation } = call;
      return fitting({ system, operation, schema: wireCustomerSchema }, customerRef(system, id), node);
    },
  };
}

export function customerRef(system: string, id: string): Ref<'customer'> {
  return { system, kind: 'customer', id };
}
