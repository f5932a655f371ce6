import type {
  Customer,
  CustomerDraft,
  CustomerIdentity,
  Page,
  ReadOptions,
  Ref,
  Since,
  WriteOptions,
} from '@crossdock/core';
import type { Domain } from './client.ts';
import type { Connection } from './connection.ts';
import { createCustomer } from './customer-create.ts';
import { normalizedEmail } from './customer-identity.ts';
import { pullCustomers } from './customer-pull.ts';
import { withAddresses } from './customer-record.ts';
import { seenThrough } from './half-done.ts';
import { partnerRow } from './wire/partner.ts';

/** Customers: partners that belong to no other partner. Their further addresses are partners below them. */
export function customersPort(connection: Connection) {
  return {
    pull: (since: Since, options?: ReadOptions): AsyncGenerator<Page<Customer>> =>
      pullCustomers(connection, since, options),

    /** An identity without any part is nobody's; a blank part is none, and would mean whoever has no such field. */
    async get(identity: CustomerIdentity, options?: ReadOptions): Promise<readonly Customer[]> {
      const email = identity.email?.trim();
      const accountNumber = identity.accountNumber?.trim();
      if (!email && !accountNumber) return [];
      // What is no mailbox is nobody's, and Odoo has none to compare it with.
      const mailbox = normalizedEmail(email);
      if (email && mailbox === undefined) return [];
      const domain: Domain = [
        ['parent_id', '=', false],
        ...(accountNumber ? [['ref', '=', accountNumber] as const] : []),
        ...(mailbox ? [['email_normalized', '=', mailbox] as const] : []),
      ];
      const { client } = connection;
      const customers = await client.searchRead('res.partner', partnerRow, { domain, order: 'id' }, options);
      return withAddresses(connection, customers, options);
    },

    create: (draft: CustomerDraft, options: WriteOptions): Promise<Ref<'customer'>> =>
      seenThrough(connection, { operation: 'customers.create', refs: [] }, (watched) =>
        createCustomer(watched, draft, options),
      ),
  };
}
