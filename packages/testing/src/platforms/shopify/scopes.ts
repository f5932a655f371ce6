import { getNamedType, type GraphQLError, type GraphQLOutputType } from 'graphql';
import { apiError } from './api-error.ts';
import { partsOf } from './gid.ts';
import { scopesOfFields, scopesOfTypes } from './scope-table.ts';

// What the schema does not say: that cancelling a parcel takes what making it takes is ours.
const unsaid: Readonly<Record<string, string>> = {
  'Mutation.fulfillmentCancel':
    'write_assigned_fulfillment_orders write_merchant_managed_fulfillment_orders write_third_party_fulfillment_orders',
};

/** The error for a field that the token may not read or write; undefined when it may. */
export function denied(
  scopes: ReadonlySet<string>,
  parent: string,
  field: string,
  type: GraphQLOutputType,
): GraphQLError | undefined {
  const key = `${parent}.${field}`;
  const named = getNamedType(type).name.replace(/Connection$/, '');
  const needed = scopesOfFields[key] ?? unsaid[key] ?? (parent === 'Mutation' ? undefined : scopesOfTypes[named]);
  return needed === undefined ? undefined : missing(scopes, field, needed);
}

// Who may write on a record may write what stands on it. Mutation in the schema of API 2026-10, read 2026-11-26.
const writersOf: Readonly<Record<string, string>> = {
  Order: 'write_orders',
  Customer: 'write_customers',
  Product: 'write_products',
  ProductVariant: 'write_products',
  Collection: 'write_products',
  Location: 'write_locations',
};

/** Throws when the token may not write on a record, which a field takes by its global id. */
export function mayWriteOn(scopes: ReadonlySet<string> | undefined, field: string, id: string): void {
  const needed = writersOf[partsOf(id)?.type ?? ''];
  const refusal = scopes && needed !== undefined ? missing(scopes, field, needed) : undefined;
  if (refusal) throw refusal;
}

function missing(scopes: ReadonlySet<string>, field: string, needed: string): GraphQLError | undefined {
  // Whoever may write may read.
  const has = (scope: string) => scopes.has(scope) || scopes.has(scope.replace(/^read_/, 'write_'));
  const groups = needed.split(' & ').map((group) => group.split(' '));
  if (groups.every((group) => group.some(has))) return undefined;
  const required = `${groups.map(worded).join(' and ')}.`;
  return apiError('ACCESS_DENIED', `Access denied for ${field} field. Required access: ${required}`, {
    documentation: 'https://shopify.dev/api/usage/access-scopes',
    requiredAccess: required,
  });
}

function worded(group: readonly string[]): string {
  const words = group.map((scope) => `\`${scope}\` access scope`);
  return `${words.length > 1 ? `${words.slice(0, -1).join(', ')} or ` : ''}${words.at(-1)}`;
}
