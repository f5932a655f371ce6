import { CommerceError, type Address, type Party, type Ref } from '@crossdock/core';
import type { WireAddress, WireOrder } from './wire/order.ts';

/** Who bought, from what the order itself repeats: the customer's own record may be closed to the app. */
export function toBuyer(
  order: WireOrder,
  system: string,
  accountNumberAttribute: string | undefined,
): Party | undefined {
  const address = order.billingAddress ?? order.shippingAddress;
  const accountNumber =
    accountNumberAttribute === undefined
      ? undefined
      : order.customAttributes.find(({ key }) => key === accountNumberAttribute)?.value?.trim();
  const party: Party = {
    ...(order.customer === null ? {} : { ref: { system, kind: 'customer' as const, id: order.customer.id } }),
    ...textOf('name', address?.name),
    ...textOf('company', address?.company),
    ...textOf('email', order.email),
    ...textOf('phone', order.phone ?? address?.phone),
    ...textOf('accountNumber', accountNumber),
  };
  return Object.keys(party).length === 0 ? undefined : party;
}

/** `undefined` where Shopify has no country for it: such an address is of no use to anybody who writes letters. */
export function toAddress(wire: WireAddress | null): Address | undefined {
  if (wire === null || wire.countryCodeV2 === null) return undefined;
  return {
    ...textOf('name', wire.name),
    ...textOf('company', wire.company),
    lines: [wire.address1, wire.address2].filter((line) => line !== null && line.trim() !== '') as string[],
    ...textOf('city', wire.city),
    ...textOf('subdivision', wire.provinceCode ?? wire.province),
    ...textOf('postalCode', wire.zip),
    countryCode: wire.countryCodeV2,
    ...textOf('phone', wire.phone),
  };
}

/** Where the goods go. Unlike a bill's, an address without a country is refused: a parcel would be lost. */
export function toShippingAddress(order: WireOrder, ref: Ref<'order'>): Address | undefined {
  const address = toAddress(order.shippingAddress);
  if (address !== undefined || order.shippingAddress === null) return address;
  throw new CommerceError({
    code: 'address.invalid',
    system: ref.system,
    refs: [ref],
    message: `Order "${order.name}" of "${ref.system}" was not taken over: its shipping address has no country. Correct the address in Shopify, then replay.`,
  });
}

function textOf<K extends string>(key: K, value: string | null | undefined): { [P in K]?: string } {
  if (value === null || value === undefined || value.trim() === '') return {};
  // A computed key widens to string for the compiler; it is K.
  return { [key]: value } as { [P in K]?: string };
}
