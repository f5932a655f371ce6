import { toHex } from '@crossdock/core';
import { pair } from '../moments.ts';
import type { WooCustomer } from '../records.ts';
import type { Site } from '../site.ts';
import { links, metaView, type View } from './format.ts';

/** A customer as `GET /customers/{id}` shows it. Waits for the hash that names its picture. */
export async function customerView(site: Site, customer: WooCustomer): Promise<View> {
  return {
    id: customer.id,
    ...pair('date_created', customer.createdAt, site.zone),
    ...pair('date_modified', customer.modifiedAt, site.zone),
    email: customer.email,
    first_name: customer.firstName,
    last_name: customer.lastName,
    role: customer.role,
    username: customer.username,
    billing: { ...customer.billing },
    shipping: { ...customer.shipping },
    is_paying_customer: false,
    avatar_url: `https://secure.gravatar.com/avatar/${await hashOf(customer.email)}?s=96&d=mm&r=g`,
    meta_data: metaView(customer.meta),
    _links: links(site, `customers/${customer.id}`, 'customers', {}, allowed(customer)),
  };
}

/** The owner of the key does not remove who runs the shop. */
function allowed({ role }: WooCustomer): readonly string[] {
  const methods = ['GET', 'POST', 'PUT', 'PATCH'];
  return role === 'administrator' ? methods : [...methods, 'DELETE'];
}

async function hashOf(email: string): Promise<string> {
  const bytes = new TextEncoder().encode(email.trim().toLowerCase());
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}
