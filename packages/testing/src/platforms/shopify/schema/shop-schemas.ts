import type { DocumentNode, GraphQLSchema } from 'graphql';
import { readDocument, validationErrors, type WireError } from '../graphql/validate-document.ts';
import { buildShopSchema } from './build-schema.ts';

/**
 * What every shop has in common, and what takes most of the time of a new one: the schemas by version, and what was found
 * when a document was checked against one.
 */
export interface ShopSchemas {
  of(version: string): GraphQLSchema;
  /** The document, or what is wrong with it. */
  read(schema: GraphQLSchema, query: string): DocumentNode | readonly WireError[];
}

/** Makes the schemas of one shop, or of many: hand the same ones to every shop of a test that opens hundreds. */
export function shopSchemas(): ShopSchemas {
  const schemas = new Map<string, GraphQLSchema>();
  const documents = new Map<GraphQLSchema, Map<string, DocumentNode | readonly WireError[]>>();
  return {
    of(version) {
      const schema = schemas.get(version) ?? buildShopSchema(version);
      schemas.set(version, schema);
      return schema;
    },
    read(schema, query) {
      const known = documents.get(schema) ?? new Map<string, DocumentNode | readonly WireError[]>();
      documents.set(schema, known);
      const found = known.get(query) ?? checked(schema, query);
      known.set(query, found);
      return found;
    },
  };
}

function checked(schema: GraphQLSchema, query: string): DocumentNode | readonly WireError[] {
  const read = readDocument(query);
  if (!('kind' in read)) return read;
  const invalid = validationErrors(schema, read);
  return invalid.length > 0 ? invalid : read;
}
