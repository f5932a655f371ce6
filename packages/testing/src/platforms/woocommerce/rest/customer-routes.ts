import { emptyAddress, mergeAddress } from '../life/address.ts';
import { metaOf } from '../life/order-items.ts';
import type { WooCustomer } from '../records.ts';
import type { Site } from '../site.ts';
import { writeMeta } from '../store.ts';
import { customerView as view } from '../views/customer.ts';
import { url, type View } from '../views/format.ts';
import { batch } from './batch.ts';
import { booleanOf, integerOf, textOf, type Body } from './body.ts';
import { numberAt, pause, route, type Answer, type Call, type Route } from './call.ts';
import { address, email, isEmail, oneOf, text, type Check } from './check.ts';
import { idsOf, page, pageChecks, sorted } from './lists.ts';
import { Refused } from './refused.ts';

const checks: Readonly<Record<string, Check>> = {
  email: text,
  first_name: text,
  last_name: text,
  username: text,
  billing: address,
  shipping: address,
};

/** `/customers`. There is no `modified_after` here: it is ignored. Recorded on WooCommerce 10.0.2, 2026-11-23. */
export function customerRoutes(): readonly Route[] {
  return [
    route('customers', {
      GET: {
        deed: 'list',
        checks: {
          ...pageChecks,
          order: oneOf(['asc', 'desc']),
          orderby: oneOf(['id', 'include', 'name', 'registered_date']),
          email,
          role: oneOf([
            'all',
            'administrator',
            'editor',
            'author',
            'contributor',
            'subscriber',
            'customer',
            'shop_manager',
          ]),
        },
        answer: list,
      },
      POST: {
        deed: 'create',
        checks,
        required: ['email'],
        async answer(call) {
          const customer = await create(call, call.body);
          const location = url(call.site, `customers/${customer.id}`);
          return { status: 201, body: await view(call.site, customer), headers: { location } };
        },
      },
    }),
    route('customers/batch', {
      EDIT: batch({
        create: async (call, body) => view(call.site, await create(call, body)),
        update: (call, body) => update(call, integerOf(body['id']) ?? 0, body),
        remove: (call, id) => remove(call, integerOf(id) ?? 0),
      }),
    }),
    route('customers/:id', {
      GET: {
        deed: 'view',
        answer: async (call) => ({ body: await view(call.site, customerAt(call, numberAt(call, 'id'))) }),
      },
      EDIT: {
        deed: 'edit',
        checks,
        answer: async (call) => ({ body: await update(call, numberAt(call, 'id'), call.body) }),
      },
      DELETE: {
        deed: 'delete',
        async answer(call) {
          if (booleanOf(call.params['force']) !== true) {
            throw new Refused(501, 'woocommerce_rest_trash_not_supported', 'Customers do not support trashing.');
          }
          return { body: await remove(call, numberAt(call, 'id')) };
        },
      },
    }),
  ];
}

function list(call: Call): Promise<Answer> {
  const { site, params } = call;
  const role = textOf(params['role']) ?? 'customer';
  const wanted = textOf(params['email'])?.toLowerCase();
  const include = idsOf(params['include']);
  const exclude = idsOf(params['exclude']) ?? [];
  const search = textOf(params['search'])?.toLowerCase() ?? '';
  const found = [...site.store.customers.values()]
    .filter((customer) => role === 'all' || customer.role === role)
    .filter((customer) => wanted === undefined || customer.email.toLowerCase() === wanted)
    .filter(({ id }) => (!include || include.includes(id)) && !exclude.includes(id))
    .filter((customer) => search === '' || searchable(customer).some((part) => part.toLowerCase().includes(search)));
  const asked: Call = { ...call, params: { orderby: 'name', order: 'asc', ...params } };
  const keys = {
    name: ({ username }: WooCustomer) => username,
    registered_date: ({ createdAt }: WooCustomer) => createdAt,
  };
  return page(call, sorted(asked, found, keys), { show: (customer) => view(site, customer) });
}

/** What a search of customers looks into. WordPress source, read 2026-11-23. */
function searchable({ id, username, email: own, firstName, lastName }: WooCustomer): readonly string[] {
  return [String(id), username, own, firstName, lastName];
}

async function create(call: Call, body: Body): Promise<WooCustomer> {
  const { site } = call;
  const sent = textOf(body['email']) ?? '';
  if (sent === '') throw new Refused(400, 'registration-error-invalid-email', 'Please provide a valid email address.');
  if (!isEmail(sent)) throw new Refused(400, 'customer_invalid_email', 'Invalid email address');
  checkEmail(site, sent);
  const username = loginOf(site, sent, textOf(body['username']) ?? '');
  await pause(call, 'customer create');
  // Of two at the same time the second one ends here. Recorded on WooCommerce 10.0.2, 2026-11-23.
  if (hasLogin(site, username)) throw new Refused(400, 'existing_user_login', 'Sorry, that username already exists!');
  const customer: WooCustomer = {
    id: site.store.nextId('user'),
    role: 'customer',
    username,
    email: sent,
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
  write(site, customer, body);
  site.store.customers.set(customer.id, customer);
  site.tell({ resource: 'customer', event: 'created', id: customer.id });
  return customer;
}

/** The name to log in with: the one that was sent, else the e-mail's own part, with a number where that is taken. */
function loginOf(site: Site, mail: string, wanted: string): string {
  if (wanted !== '') {
    const message = 'An account is already registered with that username. Please choose another.';
    if (hasLogin(site, wanted)) throw new Refused(400, 'registration-error-username-exists', message);
    return wanted;
  }
  const own = (mail.split('@')[0] ?? mail).toLowerCase();
  let login = own;
  while (hasLogin(site, login)) login = `${own}-${String(Math.floor(site.random() * 10_000)).padStart(4, '0')}`;
  return login;
}

function hasLogin(site: Site, username: string): boolean {
  return [...site.store.customers.values()].some((customer) => customer.username === username);
}

async function update(call: Call, id: number, body: Body): Promise<View> {
  const customer = customerAt(call, id, 'Invalid user ID.');
  await pause(call, 'other');
  const mail = textOf(body['email']);
  if (mail !== undefined && mail.toLowerCase() !== customer.email.toLowerCase() && isTaken(call.site, mail)) {
    throw new Refused(400, 'woocommerce_rest_customer_invalid_email', 'Email address is invalid.');
  }
  write(call.site, customer, body);
  customer.modifiedAt = call.site.now();
  call.site.tell({ resource: 'customer', event: 'updated', id });
  return view(call.site, customer);
}

async function remove(call: Call, id: number): Promise<View> {
  const customer = customerAt(call, id);
  const shown = await view(call.site, customer);
  call.site.store.customers.delete(id);
  call.site.tell({ resource: 'customer', event: 'deleted', id });
  return shown;
}

function write(site: Site, customer: WooCustomer, body: Body): void {
  customer.email = textOf(body['email']) ?? customer.email;
  customer.firstName = textOf(body['first_name']) ?? customer.firstName;
  customer.lastName = textOf(body['last_name']) ?? customer.lastName;
  mergeAddress(customer.billing, body['billing']);
  mergeAddress(customer.shipping, body['shipping']);
  writeMeta(customer.meta, metaOf(body['meta_data']), () => site.store.nextId('meta'));
}

/** Upper and lower case are the same address, and the refusal has no id to go on with. */
function checkEmail(site: Site, mail: string): void {
  if (!isTaken(site, mail)) return;
  const message = `An account is already registered with ${mail}. Please log in or use a different email address.`;
  throw new Refused(400, 'registration-error-email-exists', message);
}

function isTaken(site: Site, mail: string): boolean {
  return [...site.store.customers.values()].some((customer) => customer.email.toLowerCase() === mail.toLowerCase());
}

/** Missing is 404 for reading and writing alike. */
function customerAt(call: Call, id: number, message = 'Invalid resource ID.'): WooCustomer {
  const customer = call.site.store.customers.get(id);
  if (customer) return customer;
  throw new Refused(404, 'wc_user_invalid_id', message);
}
