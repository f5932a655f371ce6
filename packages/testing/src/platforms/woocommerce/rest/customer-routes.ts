import { emptyAddress, mergeAddress } from '../life/address.ts';
import { metaOf } from '../life/order-items.ts';
import type { WooCustomer } from '../records.ts';
import type { Site } from '../site.ts';
import { writeMeta } from '../store.ts';
import { customerView as view } from '../views/customer.ts';
import type { View } from '../views/format.ts';
import { batch } from './batch.ts';
import { booleanOf, integerOf, textOf, type Body } from './body.ts';
import { numberAt, route, type Answer, type Call, type Route } from './call.ts';
import { address, isEmail, oneOf, text, type Check } from './check.ts';
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
      GET: { deed: 'list', checks: { ...pageChecks, order: oneOf(['asc', 'desc']) }, answer: list },
      POST: {
        deed: 'create',
        checks,
        required: ['email'],
        async answer(call) {
          const customer = create(call, call.body);
          const location = `${call.site.home}/wp-json/wc/v3/customers/${customer.id}`;
          return { status: 201, body: await view(call.site, customer), headers: { location } };
        },
      },
    }),
    route('customers/batch', {
      EDIT: batch({
        create: (call, body) => view(call.site, create(call, body)),
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
  const email = textOf(params['email'])?.toLowerCase();
  const include = idsOf(params['include']);
  const found = [...site.store.customers.values()]
    .filter((customer) => role === 'all' || customer.role === role)
    .filter((customer) => email === undefined || customer.email.toLowerCase() === email)
    .filter(({ id }) => !include || include.includes(id));
  const asked: Call = { ...call, params: { orderby: 'name', order: 'asc', ...params } };
  const keys = {
    name: ({ username }: WooCustomer) => username,
    registered_date: ({ createdAt }: WooCustomer) => createdAt,
  };
  return page(call, sorted(asked, found, keys), { show: (customer) => view(site, customer) });
}

function create({ site }: Call, body: Body): WooCustomer {
  const email = textOf(body['email']) ?? '';
  if (!isEmail(email)) throw new Refused(400, 'customer_invalid_email', 'Invalid email address');
  checkEmail(site, email);
  const customer: WooCustomer = {
    id: site.store.nextId('user'),
    role: 'customer',
    username: textOf(body['username']) ?? email.split('@')[0] ?? email,
    email,
    firstName: '',
    lastName: '',
    billing: emptyAddress('billing'),
    shipping: emptyAddress('shipping'),
    meta: [],
    createdAt: site.now(),
    modifiedAt: site.now(),
  };
  write(site, customer, body);
  site.store.customers.set(customer.id, customer);
  site.tell({ resource: 'customer', event: 'created', id: customer.id });
  return customer;
}

async function update(call: Call, id: number, body: Body): Promise<View> {
  const customer = customerAt(call, id);
  const email = textOf(body['email']);
  if (email !== undefined && email.toLowerCase() !== customer.email.toLowerCase()) checkEmail(call.site, email);
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
function checkEmail(site: Site, email: string): void {
  const isTaken = [...site.store.customers.values()].some(
    (customer) => customer.email.toLowerCase() === email.toLowerCase(),
  );
  if (!isTaken) return;
  const message = `An account is already registered with ${email}. Please log in or use a different email address.`;
  throw new Refused(400, 'registration-error-email-exists', message);
}

/** Missing is 404 for reading and writing alike. */
function customerAt(call: Call, id: number): WooCustomer {
  const customer = call.site.store.customers.get(id);
  if (customer) return customer;
  throw new Refused(404, 'wc_user_invalid_id', 'Invalid resource ID.');
}
