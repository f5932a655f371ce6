import { globSync, readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import ajvFormats from 'ajv-formats';
import { expect } from 'vitest';

interface Model {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<Record<string, { readonly responses: Readonly<Record<string, { readonly schema?: object }>> }>>
    >
  >;
  readonly definitions: Readonly<Record<string, object>>;
}

const folder = new URL('samples/', import.meta.url);

/** A sample as JSON. */
export function sample(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
}

const models = globSync('models/*.json', { cwd: folder.pathname }).map((name) => ({
  name,
  model: sample(name) as Model, // Amazon's own files, in Swagger's form.
}));

/** Amazon's objects name their properties, but let others pass; ours may have no others. */
function closed(schema: unknown, definitions: Readonly<Record<string, object>> = {}): unknown {
  if (Array.isArray(schema)) return schema.map((part) => closed(part, definitions));
  if (typeof schema !== 'object' || schema === null) return schema;
  const copy = Object.fromEntries(
    Object.entries(merged(schema, definitions))
      // Ids of parts stand in the way of reading them as one schema.
      .filter(([key, value]) => !(key === '$id' && typeof value === 'string'))
      .map(([key, value]) => [key, closed(value, definitions)]),
  );
  const isObject = copy['type'] === 'object' && typeof copy['properties'] === 'object';
  return isObject && copy['additionalProperties'] === undefined ? { ...copy, additionalProperties: false } : copy;
}

/** Parts that only together are an object become one, else each of them would refuse the others. */
function merged(schema: object, definitions: Readonly<Record<string, object>>): object {
  if (!('allOf' in schema) || !Array.isArray(schema.allOf)) return schema;
  const { allOf, ...own } = schema;
  const parts = [own, ...allOf].map((part: { $ref?: string; properties?: object; required?: string[] }) =>
    part.$ref === undefined ? part : merged(definitions[part.$ref.replace('#/definitions/', '')] ?? {}, definitions),
  ) as { properties?: object; required?: string[] }[]; // Schemas of objects, as those in Amazon's models are.
  return {
    ...own,
    type: 'object',
    properties: Object.assign({}, ...parts.map(({ properties }) => properties ?? {})) as object,
    required: parts.flatMap(({ required }) => required ?? []),
  };
}

const ajv = new Ajv({ strict: false, allErrors: true });
ajvFormats.default(ajv);
for (const { name, model } of models)
  ajv.addSchema(closed({ definitions: model.definitions }, model.definitions) as object, name);

const found = new Map<string, ValidateFunction>();

function validatorOf(method: string, path: string, status: number): ValidateFunction | undefined {
  for (const { name, model } of models) {
    for (const [pattern, operations] of Object.entries(model.paths)) {
      if (!new RegExp(`^${pattern.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path)) continue;
      const operation = operations[method.toLowerCase()];
      if (!operation) continue;
      const response = operation.responses[status];
      if (!response) throw new Error(`${method} ${pattern} declares no answer ${status}.`);
      if (!response.schema) return undefined;
      const key = `${method} ${pattern} ${status}`;
      const text = JSON.stringify(closed(response.schema)).replaceAll('"#/definitions/', `"${name}#/definitions/`);
      const validate = found.get(key) ?? ajv.compile(JSON.parse(text) as object);
      found.set(key, validate);
      return validate;
    }
  }
  return undefined;
}

/** Holds an answer against Amazon's model of that operation and that status. Pages of a gateway are no answers of it. */
export function expectModel(
  method: string,
  path: string,
  answer: { readonly status: number; readonly headers: Headers; readonly body: unknown; readonly text: string },
): void {
  if (answer.headers.get('content-type')?.startsWith('text/html')) return;
  expectKnown(`${method} ${path} ${answer.status}`, validatorOf(method, path, answer.status), answer.body);
}

/** Holds a document against a schema among the samples. */
export function expectSchema(name: string, document: unknown): void {
  const key = `schema ${name}`;
  const validate = found.get(key) ?? ajv.compile(closed(sample(name)) as object);
  found.set(key, validate);
  expectKnown(name, validate, document);
}

function expectKnown(what: string, validate: ValidateFunction | undefined, document: unknown): void {
  if (!validate) return;
  validate(document);
  const problems = (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
  );
  expect({ what, problems }).toEqual({ what, problems: [] });
}
