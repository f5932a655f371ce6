import type { Customer, CustomerIdentity, ReadOptions } from '@crossdock/core';
import type { CustomerFinder } from './customer-find.ts';
import { mailboxOf } from './customer-identity.ts';
import type { CustomerReader } from './customer-read.ts';

const operation = 'customers.get';

/** An identity without any part is nobody's, and so is what is no mailbox. */
export function customerGet(finder: CustomerFinder, reader: CustomerReader) {
  return async function get(
    identity: CustomerIdentity,
    { lane, signal }: ReadOptions = {},
  ): Promise<readonly Customer[]> {
    const call = { operation, lane, signal };
    const email = identity.email?.trim();
    const account = identity.accountNumber?.trim();
    const mailbox = mailboxOf(email);
    if ((!email && !account) || (email && mailbox === undefined)) return [];
    const byMailbox = mailbox === undefined ? undefined : await finder.byMailbox(mailbox, call);
    if (mailbox !== undefined && byMailbox === undefined) return [];
    const found = byMailbox === undefined ? await finder.byAccount(account ?? '', call) : [byMailbox];
    const { items, problems } = await reader.read(found, call);
    const [problem] = problems;
    if (problem) throw problem.error;
    // Those with the account number have it in a tag, which need not be the first one.
    if (mailbox === undefined) return items;
    // Every given part has to match, as the record itself has it.
    const own = items.filter((customer) => mailboxOf(customer.email) === mailbox);
    if (!account || own.every((customer) => customer.accountNumber === account)) return own;
    const withNumber = new Set(await finder.byAccount(account, call));
    return own.filter(({ ref, accountNumber }) => accountNumber === account || withNumber.has(ref.id));
  };
}
