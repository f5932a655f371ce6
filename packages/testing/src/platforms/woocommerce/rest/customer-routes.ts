import { checkNewCustomer, createCustomer, removeCustomer, updateCustomer } from '../life/customers.ts';
import type { WooCustomer } from '../records.ts';
import { customerView as view } from '../views/customer.ts';
import { url, type View } from '../views/format.ts';
import { batch } from './batch.ts';
import { booleanOf, integerOf, textOf, type Body } from './body.ts';
import { numberAt, pause, route, type Answer, type Call, type Route } from './call.ts';
import { address, email, oneOf, text, type Check } from './check.ts';
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
  const customers = [...site.store.customers.values()]
    .filter((customer) => role === 'all' || customer.role === role)
    .filter((customer) => wanted === undefined || customer.email.toLowerCase() === wanted)
    .filter(({ id }) => (!include || include.includes(id)) && !exclude.includes(id))
    .filter((customer) => search === '' || searchable(customer).some((part) => part.toLowerCase().includes(search)));
  const asked: Call = { ...call, params: { orderby: 'name', order: 'asc', ...params } };
  const keys = {
    name: ({ username }: WooCustomer) => username,
    registered_date: ({ createdAt }: WooCustomer) => createdAt,
  };
  return page(call, sorted(asked, customers, keys), { show: (customer) => view(site, customer) });
}

/** What a search of customers looks into. WordPress source, read 2026-11-23. */
function searchable({ id, username, email: own, firstName, lastName }: WooCustomer): readonly string[] {
  return [String(id), username, own, firstName, lastName];
}

async function create(call: Call, body: Body): Promise<WooCustomer> {
  const wanted = checkNewCustomer(call.site, body);
  await pause(call, 'customer create');
  return createCustomer(call.site, wanted, body);
}

async function update(call: Call, id: number, body: Body): Promise<View> {
  const customer = customerAt(call, id, 'Invalid user ID.');
  await pause(call, 'other');
  updateCustomer(call.site, customer, body);
  return view(call.site, customer);
}

async function remove(call: Call, id: number): Promise<View> {
  const customer = customerAt(call, id);
  const shown = await view(call.site, customer);
  removeCustomer(call.site, customer);
  return shown;
}

/** Missing is 404 for reading and writing alike. */
function customerAt(call: Call, id: number, message = 'Invalid resource ID.'): WooCustomer {
  const customer = call.site.store.customers.get(id);
  if (customer) return customer;
  throw new Refused(404, 'wc_user_invalid_id', message);
}
