import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { buildClientSchema, type GraphQLSchema, type IntrospectionQuery } from 'graphql';
import * as z from 'zod';

/** Shopify's own schema of one version. Its package is read for data only: none of its code runs. */
export function trueSchema(version: string): GraphQLSchema {
  const manifest = findPackageJSON('@shopify/dev-mcp', import.meta.url);
  if (manifest === undefined) throw new Error('@shopify/dev-mcp is not installed: run the setup.');
  const file = new URL(`dist/data/admin_${version}.json.gz`, pathToFileURL(manifest));
  const { data } = fileSchema.parse(JSON.parse(gunzipSync(readFileSync(file)).toString()));
  return buildClientSchema(data);
}

// Only that it is an introspection is asked here: graphql-js checks the rest as it builds the schema.
const fileSchema = z.object({
  data: z.custom<IntrospectionQuery>((data) => typeof data === 'object' && data !== null && '__schema' in data),
});
