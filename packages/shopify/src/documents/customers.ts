import {
  customerAddressesSchema,
  customerByIdentifierSchema,
  customerFieldsSetSchema,
  customerIdsSchema,
  customersByIdSchema,
  customersByTagSchema,
  customerSetSchema,
} from '../wire/customer.ts';
import { defineDocument } from './document.ts';

const address = 'id name company address1 address2 city province provinceCode countryCodeV2 zip phone';

/** Ids of changed customers: 13 points a page. */
export const customerIds = defineDocument(
  'CustomerIds',
  `query CustomerIds($filter: String, $after: String) {
  customers(first: 250, query: $filter, sortKey: UPDATED_AT, after: $after) {
    nodes { id updatedAt }
    pageInfo { hasNextPage endCursor }
  }
}`,
  customerIdsSchema,
);

/** Customers that are known by id: a list costs what one entry does. */
export const customersById = defineDocument(
  'CustomersById',
  `query CustomersById($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on Customer {
      id displayName updatedAt tags
      defaultEmailAddress { emailAddress }
      defaultPhoneNumber { phoneNumber }
      defaultAddress { ${address} }
      addressesV2(first: 50) { nodes { ${address} } pageInfo { hasNextPage endCursor } }
      metafields(first: 10, namespace: "crossdock") { nodes { key value } }
    }
  }
}`,
  customersByIdSchema,
);

export const customerAddresses = defineDocument(
  'CustomerAddresses',
  `query CustomerAddresses($id: ID!, $after: String) {
  customer(id: $id) {
    updatedAt
    page: addressesV2(first: 250, after: $after) { nodes { ${address} } pageInfo { hasNextPage endCursor } }
  }
}`,
  customerAddressesSchema,
);

/** Customers with a tag that is like the one asked for. */
export const customersByTag = defineDocument(
  'CustomersByTag',
  `query CustomersByTag($filter: String!, $after: String) {
  customers(first: 250, query: $filter, after: $after) {
    nodes { id tags }
    pageInfo { hasNextPage endCursor }
  }
}`,
  customersByTagSchema,
);

/** The one customer with an e-mail address or a telephone number, looked up and not searched for. */
export const customerByIdentifier = defineDocument(
  'CustomerByIdentifier',
  'query CustomerByIdentifier($identifier: CustomerIdentifierInput!) { customerByIdentifier(identifier: $identifier) { id } }',
  customerByIdentifierSchema,
);

/**
 * Makes a customer, because it names none to change: refused where another one has the e-mail address or the telephone
 * number. shopify.dev, customerSet, API 2026-07.
 */
export const customerSet = defineDocument(
  'CustomerSet',
  `mutation CustomerSet($input: CustomerSetInput!) {
  customerSet(input: $input) {
    customer { id }
    userErrors { field message code }
  }
}`,
  customerSetSchema,
);

/** Writes what Shopify has no field for; the same value again changes nothing. */
export const customerFieldsSet = defineDocument(
  'CustomerFieldsSet',
  `mutation CustomerFieldsSet($metafields: [MetafieldsSetInput!]!) {
  metafieldsSet(metafields: $metafields) {
    userErrors { field message code }
  }
}`,
  customerFieldsSetSchema,
);
