import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { buildClientSchema, type GraphQLSchema, type IntrospectionQuery } from 'graphql';
import * as z from 'zod';

/** The versions that the connector is tested against; the first is the oldest. */
export const versions = ['2026-04', '2026-07', '2026-10'] as const;

/** What Shopify itself says of one version. Its package is read for data only: none of its code runs. */
export interface TrueSchema {
  readonly version: string;
  readonly schema: GraphQLSchema;
  /** The access that a type (`Order`) or a field (`Mutation.orderCancel`) takes, in Shopify's words. */
  readonly access: ReadonlyMap<string, string>;
  /** Mutations whose description asks for `@idempotent`. */
  readonly idempotent: ReadonlySet<string>;
}

const loaded = new Map<string, TrueSchema>();

export function trueSchema(version: string): TrueSchema {
  const known = loaded.get(version);
  if (known) return known;
  const data: unknown = JSON.parse(gunzipSync(readFileSync(dataFile(version))).toString());
  const { data: introspection } = fileSchema.parse(data);
  // True because the file is what an introspection answers; graphql-js checks it as it builds the schema.
  const schema = buildClientSchema(introspection as unknown as IntrospectionQuery);
  const access = new Map<string, string>();
  const idempotent = new Set<string>();
  for (const type of introspection['__schema'].types) {
    if (type.requiredAccess) access.set(type.name, type.requiredAccess);
    for (const field of type.fields ?? []) {
      if (field.requiredAccess) access.set(`${type.name}.${field.name}`, field.requiredAccess);
      if (type.name === 'Mutation' && field.description?.includes('@idempotent')) idempotent.add(field.name);
    }
  }
  const read = { version, schema, access, idempotent };
  loaded.set(version, read);
  return read;
}

function dataFile(version: string): URL {
  const manifest = findPackageJSON('@shopify/dev-mcp', import.meta.url);
  if (manifest === undefined) throw new Error('@shopify/dev-mcp is not installed: run the setup.');
  return new URL(`dist/data/admin_${version}.json.gz`, pathToFileURL(manifest));
}

const fieldSchema = z.looseObject({
  name: z.string(),
  description: z.string().nullish(),
  requiredAccess: z.string().nullish(),
});
const fileSchema = z.object({
  data: z.looseObject({
    __schema: z.looseObject({
      types: z.array(
        z.looseObject({
          name: z.string(),
          requiredAccess: z.string().nullish(),
          fields: z.array(fieldSchema).nullish(),
        }),
      ),
    }),
  }),
});
