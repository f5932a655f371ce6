import type { WooCustomer } from '../records.ts';
import { textOf, type Body } from '../rest/body.ts';
import { isEmail } from '../rest/check.ts';
import { Refused } from '../rest/refused.ts';
import type { Site } from '../site.ts';
import { writeMeta } from '../store.ts';
import { emptyAddress, mergeAddress } from './address.ts';
import { metaOf } from './order-items.ts';

/** A new account as it was checked: who makes it then may still come second. */
export interface NewCustomer {
  readonly email: string;
  readonly username: string;
}

/** Refuses an e-mail address or a name that has an account already. Who comes at the same time passes too. */
export function checkNewCustomer(site: Site, body: Body): NewCustomer {
  const email = textOf(body['email']) ?? '';
  if (email === '') throw new Refused(400, 'registration-error-invalid-email', 'Please provide a valid email address.');
  if (!isEmail(email)) throw new Refused(400, 'customer_invalid_email', 'Invalid email address');
  if (customerByEmail(site, email)) {
    // Upper and lower case are the same address, and the refusal has no id to go on with.
    const message = `An account is already registered with ${email}. Please log in or use a different email address.`;
    throw new Refused(400, 'registration-error-email-exists', message);
  }
  return { email, username: loginOf(site, email, textOf(body['username']) ?? '') };
}

/** Makes an account. Of two at the same time the second one ends here. Recorded on WooCommerce 10.0.2, 2026-11-23. */
export function createCustomer(
  site: Site,
  { email, username }: NewCustomer,
  body: Body,
  role = 'customer',
): WooCustomer {
  if (hasLogin(site, username)) throw new Refused(400, 'existing_user_login', 'Sorry, that username already exists!');
  const customer: WooCustomer = {
    id: site.store.nextId('user'),
    role,
    username,
    email,
    firstName: '',
    lastName: '',
    billing: emptyAddress('billing'),
    shipping: emptyAddress('shipping'),
    // Who got a password of the shop's making is told to change it. Compared with WooCommerce 10.5.0, 2026-11-26.
    meta:
      body['password'] === undefined
        ? [{ id: site.store.nextId('meta'), key: 'default_password_nag', value: '1' }]
        : [],
    createdAt: site.now(),
    modifiedAt: site.now(),
  };
  writeCustomer(site, customer, body);
  site.store.customers.set(customer.id, customer);
  site.store.emails.set(email.toLowerCase(), customer.id);
  site.store.logins.add(username);
  site.tell({ resource: 'customer', event: 'created', id: customer.id });
  return customer;
}

/** Writes what was sent and leaves the rest. */
export function updateCustomer(site: Site, customer: WooCustomer, body: Body): void {
  const email = textOf(body['email']);
  if (email !== undefined && (customerByEmail(site, email)?.id ?? customer.id) !== customer.id) {
    throw new Refused(400, 'woocommerce_rest_customer_invalid_email', 'Email address is invalid.');
  }
  site.store.emails.delete(customer.email.toLowerCase());
  writeCustomer(site, customer, body);
  site.store.emails.set(customer.email.toLowerCase(), customer.id);
  customer.modifiedAt = site.now();
  site.tell({ resource: 'customer', event: 'updated', id: customer.id });
}

/** Away for good: there is no trash for accounts, and webhooks are told. Recorded on WooCommerce 10.0.2, 2026-11-23. */
export function removeCustomer(site: Site, customer: WooCustomer): void {
  site.store.customers.delete(customer.id);
  site.store.emails.delete(customer.email.toLowerCase());
  site.store.logins.delete(customer.username);
  site.tell({ resource: 'customer', event: 'deleted', id: customer.id });
}

export function customerByEmail({ store }: Site, email: string): WooCustomer | undefined {
  return store.customers.get(store.emails.get(email.toLowerCase()) ?? 0);
}

/** The name to log in with: the one that was sent, else the e-mail's own part, with a number where that is taken. */
function loginOf(site: Site, email: string, wanted: string): string {
  if (wanted !== '') {
    const message = 'An account is already registered with that username. Please choose another.';
    if (hasLogin(site, wanted)) throw new Refused(400, 'registration-error-username-exists', message);
    return wanted;
  }
  const own = (email.split('@')[0] ?? email).toLowerCase();
  let login = own;
  while (hasLogin(site, login)) login = `${own}-${String(Math.floor(site.random() * 10_000)).padStart(4, '0')}`;
  return login;
}

function hasLogin({ store }: Site, username: string): boolean {
  return store.logins.has(username);
}

function writeCustomer(site: Site, customer: WooCustomer, body: Body): void {
  customer.email = textOf(body['email']) ?? customer.email;
  customer.firstName = textOf(body['first_name']) ?? customer.firstName;
  customer.lastName = textOf(body['last_name']) ?? customer.lastName;
  mergeAddress(customer.billing, body['billing']);
  mergeAddress(customer.shipping, body['shipping']);
  writeMeta(customer.meta, metaOf(body['meta_data']), () => site.store.nextId('meta'));
}
