import {
  CommerceError,
  halfDone,
  type CustomerDraft,
  type ErrorCode,
  type Ref,
  type WriteOptions,
} from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import type { CustomerCall, CustomerFinder } from './customer-find.ts';
import { accountNumberOf, mailboxOf, phoneOf } from './customer-identity.ts';
import { customerExtra, customerInput } from './customer-input.ts';
import { customerMark, kinshipOf, markTag, type CustomerMark } from './customer-mark.ts';
import { customerRef, type CustomerReader } from './customer-read.ts';
import { customerFieldsSet, customerSet } from './documents/customers.ts';
import { raiseUserErrors } from './errors.ts';

const operation = 'customers.create';
/** Tags of customers end there. Schema of API 2026-07, read 2026-11-26. */
const longestTag = 255;

/**
 * Makes the customer, or takes the one that this very content was made of before. Shopify lets one customer have an e-mail
 * address or a telephone number, whoever asks at the same moment: what it refuses for that is looked up. One that is there
 * is never changed: an upsert would write over what its merchant or its buyer keeps there.
 */
export function customerCreation(
  client: ShopifyClient,
  finder: CustomerFinder,
  reader: CustomerReader,
  { system, accountNumberTag }: { readonly system: string; readonly accountNumberTag: string | undefined },
) {
  return async function create(draft: CustomerDraft, options: WriteOptions): Promise<Ref<'customer'>> {
    const call = { operation, lane: options.lane, signal: options.signal };
    demandIdentity(draft);
    const mark = await customerMark(options.idempotencyKey, draft);
    const before = (await found(draft, call)) ?? (await madeBefore(mark, call));
    if (before !== undefined) return taken(before, draft, mark, call);
    const { customerSet: payload } = await client.run(customerSet, {
      ...call,
      // A repeat is refused, because the first one has the address or the number.
      safety: 'repeatable',
      variables: { input: customerInput(draft, accountNumberTag, mark) },
    });
    if (payload.customer && payload.userErrors.length === 0) {
      await complete(payload.customer.id, customerExtra(draft), call);
      return customerRef(system, payload.customer.id);
    }
    const isTaken = payload.userErrors.some(({ code, message }) => code === 'TAKEN' || /taken/i.test(message));
    const other = isTaken ? await found(draft, call) : undefined;
    if (other !== undefined) return taken(other, draft, mark, call);
    raiseUserErrors(payload.userErrors, {
      what: `The customer was not created in "${system}"`,
      system,
      operation,
      refs: [],
    });
    const next = 'Look whether it is there, then replay.';
    throw refused('response.unexpected', 'Shopify answered with neither a customer nor a reason', next);
  };

  /** Writes what is still missing of the fields that Shopify does not have. */
  async function complete(id: string, extra: ReadonlyMap<string, string>, call: CustomerCall): Promise<void> {
    if (extra.size === 0) return;
    const metafields = [...extra].map(([key, value]) => ({
      ownerId: id,
      namespace: 'crossdock',
      key,
      type: 'single_line_text_field',
      value,
    }));
    const what = `Customer "${id}" was created in "${system}" without its ${[...extra.keys()].join(' and ')}`;
    const about = { what, system, operation, refs: [customerRef(system, id)] };
    try {
      const { metafieldsSet } = await client.run(customerFieldsSet, {
        ...call,
        safety: 'repeatable',
        variables: { metafields },
      });
      raiseUserErrors(metafieldsSet.userErrors, about);
    } catch (error) {
      throw halfDone(error, { ...about, next: 'Repeat it with its key: only what is missing is written.' });
    }
  }

  /** The customer that has the account number, else the mailbox, else the telephone number. */
  async function found(draft: CustomerDraft, call: CustomerCall) {
    const account = accountNumberOf(draft);
    const [byAccount, second] = account === undefined ? [] : await finder.byAccount(account, call);
    if (second !== undefined) throw ambiguous([byAccount ?? '', second]);
    if (byAccount !== undefined) return byAccount;
    const mailbox = mailboxOf(draft.email);
    const byMailbox = mailbox === undefined ? undefined : await finder.byMailbox(mailbox, call);
    if (byMailbox !== undefined) return byMailbox;
    const phone = phoneOf(draft.phone);
    return phone === undefined ? undefined : finder.byPhone(phone, call);
  }

  /** The one that this key made of this content, whatever mailbox its buyer has by now. */
  async function madeBefore(mark: CustomerMark, call: CustomerCall): Promise<string | undefined> {
    const [id] = await finder.byTag(markTag(mark), call);
    return id;
  }

  async function taken(
    id: string,
    draft: CustomerDraft,
    mark: CustomerMark,
    call: CustomerCall,
  ): Promise<Ref<'customer'>> {
    const customer = await reader.one(id, call);
    const refs = [customerRef(system, id)];
    if (!customer)
      throw refused('platform.conflict', `customer "${id}" went away while it was read`, 'Try again.', refs);
    const kinship = kinshipOf(customer, mark);
    if (kinship === 'own' || kinship === 'twin') {
      const there = new Set(customer.metafields.nodes.map(({ key }) => key));
      const missing = [...customerExtra(draft)].filter(([key]) => !there.has(key));
      await complete(id, new Map(missing), call);
      return customerRef(system, id);
    }
    if (kinship === 'edited') {
      const next = 'Use a key of its own for each customer; the one there stays as it is.';
      throw refused('key.reused', `its key made customer "${id}" there, of another content`, next, refs);
    }
    const seen = `customer "${id}" has its account number, e-mail address or telephone number already`;
    throw refused('record.duplicate', seen, 'Link it, or correct which of the two they belong to, then replay.', refs);
  }

  /** What Shopify cannot be asked, in words before it is. */
  function demandIdentity(draft: CustomerDraft): void {
    const account = accountNumberOf(draft);
    if (draft.email?.trim() && mailboxOf(draft.email) === undefined) {
      throw refused('record.invalid', 'its e-mail address is none', 'Correct it or leave it out, then replay.');
    }
    if (mailboxOf(draft.email) === undefined && phoneOf(draft.phone) === undefined) {
      const next = 'Give one of the two, then replay.';
      throw refused(
        'record.invalid',
        'it has neither an e-mail address nor a telephone number with its country, and Shopify knows nobody again by anything else',
        next,
      );
    }
    if (
      draft.phone?.trim() &&
      phoneOf(draft.phone) === undefined &&
      !draft.billingAddress &&
      draft.shippingAddresses.length === 0
    ) {
      throw refused(
        'record.invalid',
        'its telephone number names no country',
        'Write it as "+49…", or give an address that it may stand on, then replay.',
      );
    }
    if (account?.includes(',') === true) {
      throw refused(
        'record.invalid',
        'its account number has a comma, which ends a tag in Shopify',
        'Give it another number, then replay.',
      );
    }
    if (account !== undefined && `${accountNumberTag ?? ''}${account}`.length > longestTag) {
      throw refused(
        'record.invalid',
        `its account number makes a tag of more than ${longestTag} characters, and Shopify takes no longer one`,
        'Give it a shorter number, then replay.',
      );
    }
    if (account !== undefined && accountNumberTag === undefined) {
      throw refused(
        'options.invalid',
        'it has an account number, and shopify() was not told where those stand',
        'Pass accountNumberTag, such as "account:".',
      );
    }
  }

  function ambiguous(ids: readonly string[]): CommerceError {
    const named = ids.map((id) => `"${id}"`).join(' and ');
    const refs = ids.map((id) => customerRef(system, id));
    return refused(
      'customer.ambiguous',
      `customers ${named} there have its account number`,
      'Merge them in Shopify or correct their tags, then replay.',
      refs,
    );
  }

  function refused(code: ErrorCode, seen: string, next: string, refs: readonly Ref[] = []): CommerceError {
    return new CommerceError({
      code,
      system,
      operation,
      refs,
      message: `The customer was not created in "${system}": ${seen}. ${next}`,
    });
  }
}
