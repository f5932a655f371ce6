import {
  CommerceError,
  halfDone,
  isCommerceError,
  type Clock,
  type CustomerDraft,
  type ErrorCode,
  type Ref,
  type WriteOptions,
} from '@crossdock/core';
import * as z from 'zod';
import type { WooClient } from './client.ts';
import { customersByEmail, customersByLogin, looksLikeEmail } from './customer-find.ts';
import {
  customerMark,
  customerMarkMeta,
  kinshipOf,
  loginOf,
  type CustomerMark,
  type Kinship,
} from './customer-mark.ts';
import { customerRef, taxIdMeta } from './customer-record.ts';
import { isRefusal } from './errors.ts';
import { fromAddress, namesOf } from './order-draft-parties.ts';
import type { turnsByKey } from './turns.ts';
import type { WireCustomer } from './wire/customer.ts';

const operation = 'customers.create';

export interface CreateCustomerSettings {
  readonly system: string;
  readonly accountNumberMeta: string | undefined;
  readonly clock: Clock;
}

/** When it is looked again: WordPress makes an account first, and its fields of ours behind it. */
const looksMs = [0, 1000, 4000];

/**
 * Makes a customer, or takes the one that this very content was made of before. The name to log in with holds our key, so
 * that a repeat finds its account also when its buyer has another address by now. WordPress refuses a second account of an
 * address, but not where both are made at one moment: behind its own each call looks for an older one, and takes its own
 * away again. One that somebody else made is never changed.
 */
export function customerCreate(
  client: WooClient,
  turns: ReturnType<typeof turnsByKey>,
  { system, accountNumberMeta, clock }: CreateCustomerSettings,
) {
  return async function create(draft: CustomerDraft, options: WriteOptions): Promise<Ref<'customer'>> {
    const email = demandFit(draft);
    const work = { email, mark: await customerMark(options.idempotencyKey, draft), options };
    return turns.take(email.toLowerCase(), { ...options, operation }, async () => {
      const before = await lookUp(work);
      if (before.length > 0) return taken(before, work);
      const made = await make(draft, work);
      const isRefused = isCommerceError(made) && made.code !== 'write.uncertain';
      try {
        return await (isCommerceError(made) ? settle(made, work) : confirm(made, work));
      } catch (error) {
        throw isRefused ? error : denyingNothing(error);
      }
    });
  };

  /** Trouble behind an account that is made, or may be. What is said of the customer itself stays as it is. */
  function denyingNothing(error: unknown): unknown {
    if (isCommerceError(error) && error.kind === 'business') return error;
    const what = `A customer may be there in "${system}", and whether it is to stay was not seen`;
    const next = 'Repeat it with its key: it is looked for first.';
    return halfDone(error, { what, next, system, operation, refs: [] });
  }

  interface Work {
    readonly email: string;
    readonly mark: CustomerMark;
    readonly options: WriteOptions;
  }

  /** The number of the account, or why there is none, or may be one. Throws what ended it for good. */
  async function make(draft: CustomerDraft, { email, mark, options }: Work): Promise<number | CommerceError> {
    try {
      const made = await client.post('wc/v3/customers', {
        operation,
        json: fromDraft(draft, email, mark),
        safety: 'once',
        answer: z.object({ id: z.int().positive() }),
        options,
      });
      return made.id;
    } catch (error) {
      if (!isCommerceError(error)) throw error;
      const isTaken = isRefusal(error, (word) => takenWords.has(word));
      const isOpen = error.code === 'write.uncertain' && options.signal?.aborted !== true;
      if (isTaken || isOpen) return error;
      throw error;
    }
  }

  /** The account is there or not: an answer was lost, or somebody has the address or the name. */
  async function settle(error: CommerceError, work: Work): Promise<Ref<'customer'>> {
    for (const waitMs of looksMs) {
      await clock.sleep(waitMs);
      const found = await looked(work);
      if (found.length > 0) return taken(found, work);
    }
    throw error;
  }

  /** What was sent is in doubt still, whatever the look came to. */
  async function looked(work: Work): Promise<readonly WireCustomer[]> {
    try {
      return await lookUp(work);
    } catch (error) {
      if (isCommerceError(error)) return [];
      throw error;
    }
  }

  /** What was made counts, unless an older account has the address. */
  async function confirm(made: number, work: Work): Promise<Ref<'customer'>> {
    const found = await lookUp(work);
    const [oldest] = found.filter(({ email }) => email.toLowerCase() === work.email.toLowerCase());
    if (!oldest || oldest.id >= made) return customerRef(system, made);
    await client
      .delete(`wc/v3/customers/${made}`, {
        operation,
        search: { force: true },
        safety: 'repeatable',
        answer: z.unknown(),
        options: work.options,
      })
      .catch((error: unknown) => {
        if (!isCommerceError(error, 'record.missing')) throw error;
      });
    const others = found.filter(({ id }) => id !== made);
    return taken(others, work);
  }

  /** The accounts of this key and of the address, oldest first. */
  async function lookUp({ email, mark, options }: Work): Promise<readonly WireCustomer[]> {
    const call = { operation, options };
    const byKey = await customersByLogin(client, mark.ending, call, system);
    const byEmail = await customersByEmail(client, email, call, system);
    const found = new Map([...byKey, ...byEmail].map((customer) => [customer.id, customer]));
    return [...found.values()].toSorted((one, other) => one.id - other.id);
  }

  async function taken(found: readonly WireCustomer[], work: Work): Promise<Ref<'customer'>> {
    const { mark } = work;
    for (const waitMs of [...looksMs, undefined]) {
      const all = waitMs === looksMs[0] ? found : await lookUp(work);
      const own = all.find((customer) => ours.has(kinshipOf(customer, mark)));
      const edited = all.find((customer) => kinshipOf(customer, mark) === 'edited');
      if (edited) {
        const next = 'Use a key of its own for each customer; the one there stays as it is.';
        throw refused('key.reused', `its key made customer "${edited.id}" there, of another content`, next, [edited]);
      }
      const [oldest] = all;
      if (own && oldest && own.id !== oldest.id && isSameAddress(own, oldest)) {
        const seen = `customers "${oldest.id}" and "${own.id}" there were made at one moment`;
        throw refused('record.duplicate', seen, 'Delete one of them there, then replay.', [oldest, own]);
      }
      if (own) return customerRef(system, own.id);
      // Somebody may be making it at this moment: what tells whose it is comes last.
      const mayBecome = all.some((one) => kinshipOf(one, mark) === 'open' || isNew(one, clock.now()));
      if (!mayBecome || waitMs === undefined) return notOurs(all, work);
      await clock.sleep(waitMs);
    }
    return notOurs(found, work);
  }

  function notOurs(all: readonly WireCustomer[], { mark }: Work): never {
    const open = all.find((customer) => kinshipOf(customer, mark) === 'open');
    if (open) {
      const next = 'Compare it with what was to be made, complete it there, and link it.';
      throw refused('write.uncertain', `customer "${open.id}" of its key is there without all of it`, next, [open]);
    }
    const [other] = all;
    const next = 'Link it, or correct which of the two the address belongs to, then replay.';
    throw refused('record.duplicate', `customer "${other?.id}" has its e-mail address already`, next, all);
  }

  /** What WooCommerce has no place for, in words before it is asked. Gives the address. */
  function demandFit({ email = '', accountNumber = '', shippingAddresses, name }: CustomerDraft): string {
    const address = email.trim();
    if (!looksLikeEmail(address)) {
      const next = 'Give it one, then replay.';
      throw refused('record.invalid', 'it has no e-mail address, by which alone WooCommerce knows customers', next);
    }
    if (name.trim() === '') throw refused('record.invalid', 'its name is blank', 'Give it one, then replay.');
    if (shippingAddresses.length > 1) {
      const seen = `it has ${shippingAddresses.length} shipping addresses, and WooCommerce keeps one`;
      throw refused('record.invalid', seen, 'Choose one of them, then replay.');
    }
    if (accountNumber.trim() !== '' && accountNumberMeta === undefined) {
      const seen = 'it has an account number, and woocommerce() was not told where those stand';
      throw refused('options.invalid', seen, 'Pass accountNumberMeta, such as "account_number".');
    }
    if (accountNumber.trim() !== '' && accountNumberMeta?.startsWith('_') === true) {
      const seen = `WooCommerce drops fields of a customer that begin with "_", and accountNumberMeta is "${accountNumberMeta}"`;
      throw refused('options.invalid', seen, 'Pass another one, such as "account_number".');
    }
    return address;
  }

  function fromDraft(draft: CustomerDraft, email: string, mark: CustomerMark): object {
    const { name, company, phone, accountNumber = '', taxId = '', billingAddress, shippingAddresses } = draft;
    const metas = [
      { key: customerMarkMeta, value: mark.content },
      ...(accountNumber.trim() === '' ? [] : [{ key: accountNumberMeta, value: accountNumber.trim() }]),
      ...(taxId.trim() === '' ? [] : [{ key: taxIdMeta, value: taxId.trim() }]),
    ];
    const shipping = fromAddress(shippingAddresses[0]);
    return {
      email,
      username: loginOf(email, mark),
      ...namesOf(name),
      billing: { ...fromAddress(billingAddress, { name, company, phone }), email },
      ...(Object.keys(shipping).length > 0 && { shipping }),
      meta_data: metas,
    };
  }

  function refused(code: ErrorCode, seen: string, next: string, about: readonly WireCustomer[] = []) {
    return new CommerceError({
      code,
      system,
      operation,
      refs: about.map(({ id }) => customerRef(system, id)),
      message: `The customer was not created in "${system}": ${seen}. ${next}`,
    });
  }
}

/** How WordPress says that an account has the address or the name; the last two where both ask at about one moment. recorded on 10.0.2, 2026-11-23 */
const takenWords: ReadonlySet<string> = new Set([
  'registration-error-email-exists',
  'registration-error-username-exists',
  'existing_user_login',
  'existing_user_email',
]);

/** So long PHP may work on an account. */
const newMs = 60_000;

function isNew({ date_created_gmt }: WireCustomer, now: number): boolean {
  return !!date_created_gmt && now - Date.parse(date_created_gmt) < newMs;
}

const ours: ReadonlySet<Kinship> = new Set<Kinship>(['own', 'twin']);

function isSameAddress(one: WireCustomer, other: WireCustomer): boolean {
  return one.email.toLowerCase() === other.email.toLowerCase();
}
