import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { buildClientSchema, type GraphQLSchema, type IntrospectionQuery } from 'graphql';
import * as z from 'zod';

/** Shopify's own schema of one version. Its package is read for data only: none of its code runs. */
export function trueSchema(version: string): GraphQLSchema {
  const { data } = fileSchema.parse(fileOf(version));
  return buildClientSchema(data);
}

function fileOf(version: string): unknown {
  const manifest = findPackageJSON('@shopify/dev-mcp', import.meta.url);
  if (manifest === undefined) throw new Error('@shopify/dev-mcp is not installed: run the setup.');
  const file = new URL(`dist/data/admin_${version}.json.gz`, pathToFileURL(manifest));
  return JSON.parse(gunzipSync(readFileSync(file)).toString());
}

// Only that it is an introspection is asked here: graphql-js checks the rest as it builds the schema.
const fileSchema = z.object({
  data: z.custom<IntrospectionQuery>((data) => typeof data === 'object' && data !== null && '__schema' in data),
});

/** What Shopify says of access, by type and by field ("Order", "Order.customer"). */
export function trueAccess(version: string): ReadonlyMap<string, string> {
  const { types } = accessSchema.parse(fileOf(version)).data['__schema'];
  return new Map(
    types.flatMap(({ name, requiredAccess, fields }) => [
      ...said(name, requiredAccess),
      ...(fields ?? []).flatMap((field) => said(`${name}.${field.name}`, field.requiredAccess)),
    ]),
  );
}

function said(name: string, access: string | null | undefined): readonly (readonly [string, string])[] {
  return access ? [[name, access]] : [];
}

const named = z.object({ name: z.string(), requiredAccess: z.string().nullish() });
const accessSchema = z.object({
  data: z.object({
    __schema: z.object({ types: z.array(named.extend({ fields: z.array(named).nullish() })) }),
  }),
});
