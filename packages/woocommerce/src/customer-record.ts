import { CommerceError, type Customer, type Ref } from '@crossdock/core';
import { isEmpty, nameOf, textOf, toAddress } from './order-parties.ts';
import { customerSchema, type WireCustomer } from './wire/customer.ts';
import { rowHeadSchema } from './wire/rows.ts';

export interface CustomerReading {
  readonly system: string;
  readonly operation: string;
  readonly accountNumberMeta: string | undefined;
}

/** Where the tax number of a customer stands: WooCommerce itself has no field for it. */
export const taxIdMeta = 'crossdock_tax_id';

/** A customer of a row. Throws `response.unexpected`, which names it. */
export function toCustomer(row: unknown, reading: CustomerReading): Customer {
  return customerOf(parseCustomer(row, reading), reading);
}

/** A customer that was parsed. */
export function customerOf(wire: WireCustomer, reading: Omit<CustomerReading, 'operation'>): Customer {
  const { billing, shipping, email } = wire;
  const ref = customerRef(reading.system, wire.id);
  const billingAddress = isEmpty(billing) ? undefined : toAddress(billing);
  const shippingAddress = isEmpty({ ...shipping, phone: '' }) ? undefined : toAddress(shipping);
  // An account always has a name to log in with.
  const names = [nameOf(wire), nameOf(billing), billing.company, email, wire.username, ref.id];
  return {
    ref,
    name: names.map((name) => name.trim()).find((name) => name !== '') ?? ref.id,
    ...textOf('company', billing.company),
    ...textOf('email', email),
    ...textOf('phone', billing.phone),
    ...textOf('accountNumber', metaText(wire, reading.accountNumberMeta)),
    ...textOf('taxId', metaText(wire, taxIdMeta)),
    ...(billingAddress && { billingAddress }),
    shippingAddresses: shippingAddress ? [shippingAddress] : [],
    updatedAt: wire.date_modified_gmt ?? wire.date_created_gmt ?? epoch,
  };
}

/** What WooCommerce has no moment of changed before every other. */
const epoch = '1970-01-01T00:00:00Z';

export function customerRef(system: string, id: number): Ref<'customer'> {
  return { system, kind: 'customer', id: String(id) };
}

/** A customer as the shop's routes hand it out. Throws `response.unexpected`, which names it. */
export function parseCustomer(
  row: unknown,
  { system, operation }: Pick<CustomerReading, 'system' | 'operation'>,
): WireCustomer {
  const parsed = customerSchema.safeParse(row);
  if (parsed.success) return parsed.data;
  const id = rowHeadSchema.safeParse(row).data?.id;
  const places = parsed.error.issues.slice(0, 5).map(({ path, code }) => `"${path.join('.')}" (${code})`);
  throw new CommerceError({
    code: 'response.unexpected',
    system,
    operation,
    refs: id === undefined ? [] : [customerRef(system, id)],
    message: `Customer "${id ?? 'without a number'}" of "${system}" was not read: it does not fit at ${places.join(', ')}. Look for a plugin that changes it, or report it.`,
  });
}

/** What a customer's meta says, as text. */
export function metaText({ meta_data }: Pick<WireCustomer, 'meta_data'>, key: string | undefined): string | undefined {
  const value = key === undefined ? undefined : meta_data.find((meta) => meta.key === key)?.value;
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : undefined;
}
