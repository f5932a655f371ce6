import { CommerceError, type Customer, type Ref } from '@crossdock/core';
import { accountNumberIn } from './customer-identity.ts';
import { toAddress } from './order-parties.ts';
import type { WireCustomer, WireCustomerAddress } from './wire/customer.ts';

export interface CustomerReading {
  readonly system: string;
  readonly operation: string;
  readonly accountNumberTag: string | undefined;
}

/**
 * A customer in canonical words. Shopify keeps one book of addresses: the default one is where bills go, the others are
 * where goods go. What it has no field for stands in metafields of ours.
 */
export function toCustomer(
  wire: WireCustomer,
  addresses: readonly WireCustomerAddress[],
  { system, operation, accountNumberTag }: CustomerReading,
): Customer {
  const ref: Ref<'customer'> = { system, kind: 'customer', id: wire.id };
  const email = wire.defaultEmailAddress?.emailAddress;
  const phone = wire.defaultPhoneNumber?.phoneNumber;
  const extra = new Map(wire.metafields.nodes.map(({ key, value }) => [key, value]));
  const company = extra.get('company') ?? filled(wire.defaultAddress?.company);
  const name = [wire.displayName, wire.defaultAddress?.name, company, email, phone].find((text) => filled(text));
  if (name == null) throw hidden(ref, operation);
  const accountNumber = accountNumberIn(wire.tags, accountNumberTag);
  const taxId = extra.get('tax_id');
  const billingAddress = toAddress(wire.defaultAddress);
  return {
    ref,
    name,
    ...(company !== undefined && { company }),
    ...(email !== undefined && { email }),
    ...(phone !== undefined && { phone }),
    ...(accountNumber !== undefined && { accountNumber }),
    ...(taxId !== undefined && { taxId }),
    ...(billingAddress && { billingAddress }),
    shippingAddresses: addresses
      .filter(({ id }) => id !== wire.defaultAddress?.id)
      .flatMap((address) => toAddress(address) ?? []),
    updatedAt: wire.updatedAt,
  };
}

function filled(text: string | null | undefined): string | undefined {
  return text === null || text === undefined || text.trim() === '' ? undefined : text;
}

/** Every customer has a name, an address or a number; fields that the app is not approved for come blank. shopify.dev, protected customer data, read 2026-11-23. */
function hidden(ref: Ref<'customer'>, operation: string): CommerceError {
  return new CommerceError({
    code: 'access.denied',
    system: ref.system,
    operation,
    refs: [ref],
    message: `Customer "${ref.id}" was not read from "${ref.system}": its name, e-mail address and telephone number all came blank. Have the app approved for these fields of protected customer data, or let it be: it may have been erased.`,
  });
}
