import {
  buildASTSchema,
  GraphQLEnumType,
  GraphQLError,
  GraphQLScalarType,
  Kind,
  parse,
  visit,
  type DirectiveNode,
  type GraphQLSchema,
} from 'graphql';
import { bulkTypes } from './bulk.ts';
import { catalogueTypes } from './catalogue.ts';
import { connectionTypes } from './connections.ts';
import { fulfillmentChangeTypes } from './fulfillment-changes.ts';
import { customerTypes } from './customers.ts';
import { fulfillmentTypes } from './fulfillment.ts';
import { inputTypes } from './inputs.ts';
import { lineTypes } from './lines.ts';
import { metafieldTypes } from './metafields.ts';
import { orderTypes } from './order.ts';
import { payloadTypes } from './payloads.ts';
import { paymentChangeTypes } from './payment-changes.ts';
import { paymentTypes } from './payments.ts';
import { productChangeTypes } from './product-changes.ts';
import { productTypes } from './products.ts';
import { returnChangeTypes } from './return-changes.ts';
import { returnTypes } from './returns.ts';
import { rootTypes } from './roots.ts';
import { shopTypes } from './shop.ts';

const scalars = /^(Money|Decimal|DateTime|Date|URL|HTML|JSON|UnsignedInt64|CurrencyCode|CountryCode)$/;
const scalarTypes = `
schema { query: QueryRoot mutation: Mutation }
scalar Money
scalar Decimal
scalar DateTime
scalar URL
scalar HTML
scalar JSON
scalar UnsignedInt64
scalar CurrencyCode
scalar CountryCode
`;
// The directive came with 2026-01. Schemas of the Admin API, read 2026-11-23.
const idempotentSince = '2026-01';

/** The part of the Admin API's schema that the fake knows, as it is at one version. */
export function buildShopSchema(version: string): GraphQLSchema {
  const text = [
    scalarTypes,
    version >= idempotentSince ? 'directive @idempotent(key: String!) on FIELD' : '',
    rootTypes,
    orderTypes,
    lineTypes,
    paymentTypes,
    fulfillmentTypes,
    fulfillmentChangeTypes,
    paymentChangeTypes,
    returnTypes,
    returnChangeTypes,
    catalogueTypes,
    productTypes,
    customerTypes,
    bulkTypes,
    metafieldTypes,
    productChangeTypes,
    shopTypes,
    payloadTypes,
    inputTypes,
    connectionTypes,
  ].join('\n');
  const here = { enter: (node: { readonly directives?: readonly DirectiveNode[] }) => atVersion(node, version) };
  const document = visit(parse(text, { noLocation: true }), {
    FieldDefinition: here,
    InputValueDefinition: here,
    EnumValueDefinition: here,
    ObjectTypeDefinition: here,
    ObjectTypeExtension: here,
    InputObjectTypeDefinition: here,
    EnumTypeDefinition: here,
    InterfaceTypeDefinition: here,
  });
  const schema = buildASTSchema(document, { assumeValidSDL: true });
  for (const type of Object.values(schema.getTypeMap())) {
    if (type instanceof GraphQLScalarType && scalars.test(type.name)) teach(type);
    // A word of a newer version comes out as it is: that is how a client meets it.
    if (type instanceof GraphQLEnumType && !type.name.startsWith('__'))
      type.serialize = (value: unknown) => String(value);
  }
  return schema;
}

/** `null` takes the node out; else it stays, without the marks that are only ours. */
function atVersion<N extends { readonly directives?: readonly DirectiveNode[] }>(node: N, version: string): N | null {
  const directives = node.directives ?? [];
  const since = versionIn(directives, 'since');
  const until = versionIn(directives, 'until');
  if ((since && version < since) || (until && version > until)) return null;
  if (!since && !until) return node;
  return { ...node, directives: directives.filter(({ name }) => name.value !== 'since' && name.value !== 'until') };
}

function versionIn(directives: readonly DirectiveNode[], name: string): string | undefined {
  const value = directives.find((directive) => directive.name.value === name)?.arguments?.[0]?.value;
  return value?.kind === Kind.STRING ? value.value : undefined;
}

const accepts: Readonly<Record<string, RegExp>> = {
  Money: /^-?\d+(\.\d+)?$/,
  Decimal: /^-?\d+(\.\d+)?$/,
  DateTime: /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/,
  URL: /^[a-z][a-z0-9+.-]*:/i,
  UnsignedInt64: /^\d+$/,
  CurrencyCode: /^([A-Z]{3}|USDC)$/,
  CountryCode: /^[A-Z]{2}$/,
};

// Enums of hundreds of words there: a document writes them without quotes. Schema of the Admin API, read 2026-11-26.
const enumerated = new Set(['CurrencyCode', 'CountryCode']);

/** All of these travel as strings in JSON, and a client may send a number for an amount. */
function teach(type: GraphQLScalarType): void {
  const read = (value: unknown) => {
    const text = typeof value === 'number' ? String(value) : value;
    const pattern = accepts[type.name];
    if (pattern && (typeof text !== 'string' || !pattern.test(text))) {
      throw new GraphQLError(`Could not coerce value ${JSON.stringify(value)} to ${type.name}`);
    }
    return text;
  };
  type.parseValue = read;
  const isText = !enumerated.has(type.name);
  type.parseLiteral = (node) => {
    if (node.kind === Kind.ENUM && !isText) return read(node.value);
    if ((node.kind === Kind.STRING || node.kind === Kind.INT || node.kind === Kind.FLOAT) && isText) {
      return read(node.value);
    }
    throw new GraphQLError(`Could not coerce value to ${type.name}`);
  };
}
