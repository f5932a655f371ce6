import { gid } from '../gid.ts';
import type { Context } from '../graphql/context.ts';
import { changeEmail, customerByEmail, customerByPhone, dropCustomer, makeCustomer } from '../life/customers.ts';
import { tagsOf } from '../life/make-product.ts';
import { touch, type Shop } from '../life/shop.ts';
import type { CustomId } from '../queries/catalogue-queries.ts';
import { identifiedCustomer } from '../queries/customer-queries.ts';
import { numberOf } from '../queries/lookup.ts';
import type { Address, CustomerRecord } from '../records.ts';
import type { Store } from '../store.ts';
import { shopView } from '../views/shop.ts';
import type { View } from '../views/views.ts';
import { metafieldAsked, writeMetafields, type MetafieldWish } from './metafield-input.ts';
import { tagsIn, tagTrouble } from './tag-limits.ts';
import { userError, type UserError } from './user-error.ts';

type Input = {
  readonly id?: string | null;
  readonly email?: string | null;
  readonly phone?: string | null;
  readonly firstName?: string | null;
  readonly lastName?: string | null;
  readonly note?: string | null;
  readonly locale?: string | null;
  readonly tags?: readonly string[] | null;
  readonly taxExempt?: boolean | null;
  readonly addresses?: readonly { readonly [K in keyof Address | 'id']?: string | null }[] | null;
  readonly metafields?: readonly MetafieldWish[] | null;
};
type Identifiers = {
  readonly id?: string | null;
  readonly email?: string | null;
  readonly phone?: string | null;
  readonly customId?: CustomId | null;
};

// Codes of customerSet, and their descriptions as messages, from the schema of API 2026-10, read 2026-11-26; the other
// messages, and that the older mutations have the same without codes, are ours.

/** Makes a customer, changes one, or either, by what is unique of it. A list that is given replaces the one there was. */
export function customerSet(
  args: { readonly identifier?: Identifiers | null; readonly input: Input },
  { shop, views }: Context,
): View {
  const meant = meantCustomer(shop, args.identifier, args.input);
  const problems = meant.problem
    ? [meant.problem]
    : problemsOf(shop.store, args.input, meant.customer, (field, message, code) => userError(field, message, code));
  if (problems.length > 0) return { customer: null, userErrors: problems };
  return { customer: views.customer(written(shop, args.input, meant.customer)), userErrors: [] };
}

/** Makes a customer. */
export function customerCreate({ input }: { readonly input: Input }, { shop, views }: Context): View {
  const problems = problemsOf(shop.store, input, undefined, plain);
  if (input.id != null) problems.push(userError(['id'], 'ID must be blank'));
  if (problems.length > 0) return { customer: null, userErrors: problems };
  return { customer: views.customer(written(shop, input, undefined)), userErrors: [] };
}

/** Changes a customer. */
export function customerUpdate({ input }: { readonly input: Input }, { shop, views }: Context): View {
  const known = input.id == null ? undefined : shop.store.customers.get(numberOf(input.id, 'Customer'));
  if (!known) return { customer: null, userErrors: [userError(['id'], 'Customer does not exist')] };
  const problems = problemsOf(shop.store, input, known, plain);
  if (problems.length > 0) return { customer: views.customer(known), userErrors: problems };
  return { customer: views.customer(written(shop, input, known)), userErrors: [] };
}

/** Takes a customer away who never ordered. */
export function customerDelete(
  { input }: { readonly input: { readonly id: string } },
  { shop, views, plan }: Context,
): View {
  const { store } = shop;
  const customer = store.customers.get(numberOf(input.id, 'Customer'));
  const view = { shop: shopView(views, plan) };
  if (!customer)
    return { ...view, deletedCustomerId: null, userErrors: [userError(['id'], "Customer can't be found")] };
  if ([...store.orders.values()].some(({ customerId }) => customerId === customer.id)) {
    const message = 'Customer can’t be deleted because they have associated orders';
    return { ...view, deletedCustomerId: null, userErrors: [userError(['id'], message)] };
  }
  dropCustomer(shop, customer);
  return { ...view, deletedCustomerId: input.id, userErrors: [] };
}

type Say = (field: readonly string[], message: string, code: string) => UserError;

/** Plain user errors have no code, and their fields begin within the input. */
const plain: Say = (field, message) => userError(field.slice(1), message);

function meantCustomer(
  { store }: Shop,
  identifier: Identifiers | null | undefined,
  input: Input,
): { readonly customer?: CustomerRecord | undefined; readonly problem?: UserError } {
  if (identifier == null && input.id == null) return {};
  if (identifier != null && input.id != null) {
    const message = 'The id field is not allowed if identifier is provided.';
    return { problem: userError(['input', 'id'], message, 'ID_NOT_ALLOWED') };
  }
  const missing = userError(['identifier'], 'Resource matching the identifier was not found.', 'NOT_FOUND');
  const id = identifier?.id ?? input.id;
  if (id != null) {
    const customer = store.customers.get(numberOf(id, 'Customer'));
    return customer ? { customer } : { problem: missing };
  }
  for (const name of ['email', 'phone'] as const) {
    const value = identifier?.[name];
    if (value == null) continue;
    if (input[name] == null) {
      const message = 'The input field corresponding to the identifier is required.';
      return { problem: userError(['input', name], message, 'MISSING_FIELD_REQUIRED') };
    }
    if (input[name] !== value) {
      const message = 'The identifier value does not match the value of the corresponding field in the input.';
      return { problem: userError(['input', name], message, 'INPUT_MISMATCH') };
    }
    return { customer: name === 'email' ? customerByEmail(store, value) : customerByPhone(store, value) };
  }
  const { customId } = identifier ?? {};
  const customer = customId == null ? undefined : identifiedCustomer(store, { customId });
  // Its input holds no metafields, so nobody can be made with one.
  return customer ? { customer } : { problem: missing };
}

function problemsOf(store: Store, input: Input, self: CustomerRecord | undefined, say: Say): UserError[] {
  const problems: UserError[] = [];
  const add = (field: readonly string[], message: string, code: string) =>
    void problems.push(say(['input', ...field], message, code));
  const after = (name: 'email' | 'phone' | 'firstName' | 'lastName') =>
    input[name] === undefined ? self?.[name] : (input[name] ?? undefined);
  if (!['email', 'phone', 'firstName', 'lastName'].some((name) => after(name as 'email')))
    problems.push({ ...say([], 'A name, phone number, or email address must be present', 'BLANK'), field: null });
  const { email, phone } = input;
  if (email != null && email !== '') {
    const other = customerByEmail(store, email);
    if (!/^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(email)) add(['email'], 'Email is invalid', 'INVALID');
    else if (other && other !== self) add(['email'], 'Email has already been taken', 'TAKEN');
  }
  if (phone != null && phone !== '') {
    const other = customerByPhone(store, phone);
    if (!/^\+[1-9]\d{6,14}$/.test(phone)) add(['phone'], 'Phone is invalid', 'INVALID');
    else if (other && other !== self) add(['phone'], 'Phone has already been taken', 'TAKEN');
  }
  for (const [name, words] of [
    ['firstName', 'First name'],
    ['lastName', 'Last name'],
  ] as const) {
    if ((input[name] ?? '').length > 255) add([name], `${words} is too long (maximum is 255 characters)`, 'TOO_LONG');
  }
  if ((input.note ?? '').length > 5000) add(['note'], 'Note is too long (maximum is 5000 characters)', 'TOO_LONG');
  const tags = tagTrouble('Customer', tagsIn(input.tags ?? []));
  if (tags !== undefined) add(['tags'], tags, 'TOO_LONG');
  for (const [index, wish] of (input.metafields ?? []).entries()) {
    const { problem } = metafieldAsked(store, self ? gid('Customer', self.id) : '', wish);
    if (problem) add(['metafields', String(index), problem.at], problem.message, 'INVALID');
  }
  return problems;
}

function written(shop: Shop, input: Input, self: CustomerRecord | undefined): CustomerRecord {
  const { store } = shop;
  const customer = self ?? makeCustomer(store, {});
  if (input.email !== undefined) changeEmail(store, customer, input.email || undefined);
  customer.phone = text(input.phone, customer.phone);
  customer.firstName = text(input.firstName, customer.firstName);
  customer.lastName = text(input.lastName, customer.lastName);
  customer.note = text(input.note, customer.note);
  if (input.locale != null) customer.locale = input.locale;
  if (input.taxExempt != null) customer.taxExempt = input.taxExempt;
  if (input.tags != null) customer.tags = tagsOf(tagsIn(input.tags));
  if (input.addresses != null) {
    customer.addresses = input.addresses.map(({ id: _id, ...address }) => ({
      id: store.nextId(),
      address: Object.fromEntries(
        Object.entries(address).flatMap(([name, value]) => (value == null ? [] : [[name, value]])),
      ),
    }));
  }
  const ownerId = gid('Customer', customer.id);
  const texts = (input.metafields ?? []).flatMap((wish) => {
    const asked = metafieldAsked(store, ownerId, wish);
    return asked.problem ? [] : [asked.text];
  });
  writeMetafields(shop, ownerId, texts);
  touch(shop, customer);
  shop.tell([{ topic: self ? 'customers/update' : 'customers/create', customer }]);
  return customer;
}

/** What is left out stays; an empty text is none. */
function text(value: string | null | undefined, before: string | undefined): string | undefined {
  return value === undefined ? before : value || undefined;
}
