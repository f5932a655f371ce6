import { getNamedType, type GraphQLOutputType } from 'graphql';
import { apiError } from './api-error.ts';
import type { ProtectedField } from './state-customers.ts';

/** What of buyers the app is not approved for. */
export interface Privacy {
  /** Refuses these records, and shows null for these fields, until the returned function is called. */
  readonly protect: (objects: readonly string[], hidden: readonly ProtectedField[]) => () => void;
  /** Throws for a field whose records are refused; true for one that shows null. */
  readonly hides: (parent: string, field: string, type: GraphQLOutputType) => boolean;
}

// Which fields belong to which approval. shopify.dev, protected customer data, read 2026-11-26; that the rest of an address
// stays visible is ours.
const fieldsOf: Readonly<Record<ProtectedField, readonly string[]>> = {
  name: [
    'Customer.firstName',
    'Customer.lastName',
    'MailingAddress.firstName',
    'MailingAddress.lastName',
    'MailingAddress.name',
  ],
  email: ['Customer.email', 'Customer.defaultEmailAddress', 'Order.email'],
  phone: ['Customer.phone', 'Customer.defaultPhoneNumber', 'Order.phone', 'MailingAddress.phone'],
  address: ['MailingAddress.address1', 'MailingAddress.address2'],
};
/** A text that may not be null is empty instead. */
const displayNames = new Set(['Customer.displayName']);

/** Makes the watch over what of buyers one app may see. At first that is everything. */
export function privacyWatch(): Privacy {
  let refused: ReadonlySet<string> = new Set();
  let hidden: ReadonlySet<string> = new Set();
  return {
    protect(objects, fields) {
      const before = { refused, hidden };
      refused = new Set(objects);
      hidden = new Set(fields.flatMap((each) => fieldsOf[each]));
      return () => {
        ({ refused, hidden } = before);
      };
    },
    hides(parent, field, type) {
      if (refused.size === 0 && hidden.size === 0) return false;
      const name = getNamedType(type).name.replace(/Connection$/, '');
      if (refused.has(name)) {
        const message = `This app is not approved to access the ${name} object. See https://partners.shopify.com/1/apps/1/customer_data for more details.`;
        throw apiError('ACCESS_DENIED', message, {
          documentation: 'https://shopify.dev/docs/apps/launch/protected-customer-data',
        });
      }
      const key = `${parent}.${field}`;
      return hidden.has(key) || (hidden.has('Customer.firstName') && displayNames.has(key));
    },
  };
}

/** What a hidden field shows: nothing, or an empty text where there has to be one. */
export function hiddenValue(parent: string, field: string): '' | null {
  return displayNames.has(`${parent}.${field}`) ? '' : null;
}
