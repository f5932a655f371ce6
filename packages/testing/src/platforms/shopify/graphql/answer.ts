import {
  defaultFieldResolver,
  execute,
  getOperationAST,
  GraphQLError,
  Kind,
  visit,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { Bucket, ThrottleStatus } from '../bucket.ts';
import { apiError } from '../api-error.ts';
import { hiddenValue } from '../privacy.ts';
import { denied } from '../scopes.ts';
import { unsupported } from '../unsupported.ts';
import { actualCost } from './actual-cost.ts';
import type { Context } from './context.ts';
import { requestedCost, type CostInput } from './cost.ts';
import { readDocument, type WireError } from './validate-document.ts';
import { variableErrors } from './variables.ts';

/** What was asked. */
export type Asked = {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | undefined;
};

/** What answers. */
export type Answering = {
  readonly schema: GraphQLSchema;
  /** Reads a document and checks it against the schema. */
  readonly read: (schema: GraphQLSchema, query: string) => DocumentNode | readonly WireError[];
  readonly rootValue: unknown;
  readonly context: Context;
  readonly bucket: Bucket;
  /** Wraps the error of a resolver that broke, so that it reads as the platform's. */
  readonly requestId: string;
};

// One query may cost 1000 points, whatever is in the bucket; an input list may have 250 entries. shopify.dev, API limits.
const dearestQuery = 1000;
const longestInput = 250;

/** Answers one request, through the platform's layers: text, schema, variables, sizes, cost, allowance, execution. */
export async function answer(asked: Asked, answering: Answering): Promise<Readonly<Record<string, unknown>>> {
  const { schema, bucket, context, rootValue } = answering;
  const read = answering.read(schema, asked.query);
  if (!isDocument(read)) return { errors: read };
  const operation = getOperationAST(read, asked.operationName);
  if (!operation)
    return { errors: [{ message: 'An operation name is required', extensions: { code: 'BAD_REQUEST' } }] };
  const coercion = variableErrors(schema, operation, asked.variables);
  if (coercion.length > 0) return { errors: coercion.map(wireError) };
  const long = longestList(operation, asked.variables);
  if (long > longestFor(operation)) return { errors: [tooLong(long, longestFor(operation))] };
  const input = costInput(schema, read, operation, asked.variables);
  const requested = requestedCost(input);
  if (requested > dearestQuery) return tooDear(requested, bucket.status);
  if (!bucket.take(requested)) return throttledAnswer(requested, bucket.status);
  const result = await execute({
    schema,
    document: read,
    rootValue,
    contextValue: context,
    variableValues: asked.variables,
    operationName: asked.operationName,
    fieldResolver: guardedBy(defaultFieldResolver),
  });
  const actual = actualCost(input, result.data);
  bucket.giveBack(requested - actual);
  return {
    ...(result.data === undefined ? {} : { data: result.data }),
    ...(result.errors ? { errors: result.errors.map((error) => wireError(own(error, answering.requestId))) } : {}),
    extensions: {
      cost: { requestedQueryCost: requested, actualQueryCost: actual, throttleStatus: bucket.status },
      ...(context.searches.length > 0 ? { search: context.searches } : {}),
    },
  };
}

/** What a request asks to be charged; 0 when it would not come so far. */
export function costOf(asked: Asked, schema: GraphQLSchema): number {
  const read = readDocument(asked.query);
  const operation = isDocument(read) ? getOperationAST(read, asked.operationName) : undefined;
  return isDocument(read) && operation ? requestedCost(costInput(schema, read, operation, asked.variables)) : 0;
}

/** "Throttled": nothing was executed. shopify.dev, API limits; no such answer is in the recordings. */
export function throttledAnswer(requested: number, throttleStatus: ThrottleStatus): Readonly<Record<string, unknown>> {
  return {
    errors: [
      {
        message: 'Throttled',
        extensions: { code: 'THROTTLED', documentation: 'https://shopify.dev/api/usage/rate-limits' },
      },
    ],
    extensions: { cost: { requestedQueryCost: requested, actualQueryCost: null, throttleStatus } },
  };
}

function tooDear(requested: number, throttleStatus: ThrottleStatus): Readonly<Record<string, unknown>> {
  const cost = { requestedQueryCost: requested, actualQueryCost: null, throttleStatus };
  return {
    errors: [
      {
        message: `Query cost is ${requested}, which exceeds the single query max cost limit (${dearestQuery}). See https://shopify.dev/api/usage/rate-limits.`,
        extensions: { code: 'MAX_COST_EXCEEDED', cost: requested, maxCost: dearestQuery },
      },
    ],
    extensions: { cost },
  };
}

function tooLong(size: number, most: number): WireError {
  return {
    message: `The input array size of ${size} is greater than the maximum allowed of ${most}.`,
    extensions: { code: 'MAX_INPUT_SIZE_EXCEEDED' },
  };
}

/** Refuses what the token may not do, then resolves in that way. */
export function guardedBy(resolve: GraphQLFieldResolver<unknown, Context>): GraphQLFieldResolver<unknown, Context> {
  return (source, args, context, info) => {
    const { name } = info.parentType;
    const refusal = context.scopes && denied(context.scopes, name, info.fieldName, info.returnType);
    if (refusal) throw refusal;
    const code = context.refusedFields.get(`${name}.${info.fieldName}`);
    if (code !== undefined) throw apiError(code, `The field ${info.fieldName} is refused (${code}).`);
    if (context.privacy.hides(name, info.fieldName, info.returnType)) return hiddenValue(name, info.fieldName);
    // Nothing of ours stands behind the field: better said than shown as null.
    if (typeof source !== 'object' || source === null || !(info.fieldName in source))
      throw unsupported(`${name}.${info.fieldName}`);
    return resolve(source, args, context, info);
  };
}

// Those that make variants take as many as a product may have; 1499 in one call are recorded on API 2026-04.
const longestInputs = new Map([
  ['productSet', 2048],
  ['productVariantsBulkCreate', 2048],
]);

function longestFor({ selectionSet }: OperationDefinitionNode): number {
  const fields = selectionSet.selections.map((each) => (each.kind === Kind.FIELD ? each.name.value : ''));
  return Math.max(longestInput, ...fields.map((name) => longestInputs.get(name) ?? 0));
}

function costInput(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  given: Readonly<Record<string, unknown>>,
): CostInput {
  const fragments = document.definitions.filter(
    (each): each is FragmentDefinitionNode => each.kind === Kind.FRAGMENT_DEFINITION,
  );
  const defaults = (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
    defaultValue?.kind === Kind.INT ? [[variable.name.value, Number(defaultValue.value)] as const] : [],
  );
  return {
    schema,
    operation,
    fragments: Object.fromEntries(fragments.map((fragment) => [fragment.name.value, fragment])),
    variables: { ...Object.fromEntries(defaults), ...given },
  };
}

function longestList(operation: OperationDefinitionNode, variables: unknown): number {
  let longest = 0;
  visit(operation, {
    ListValue(node) {
      longest = Math.max(longest, node.values.length);
    },
  });
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) longest = Math.max(longest, value.length);
    if (typeof value === 'object' && value !== null) for (const each of Object.values(value)) walk(each);
  };
  walk(variables);
  return longest;
}

function isDocument(read: DocumentNode | readonly WireError[]): read is DocumentNode {
  return 'kind' in read;
}

/** An error that is not ours to name is the fake's own fault, and reads as an internal one of the platform. */
function own(error: GraphQLError, requestId: string): GraphQLError {
  if (error.extensions['code'] !== undefined) return error;
  return new GraphQLError(
    `Internal error. Looks like something went wrong on our end.\nRequest ID: ${requestId} (${error.message}).`,
    {
      nodes: error.nodes ?? null,
      path: error.path ?? null,
      extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
    },
  );
}

function wireError({ message, locations, path, extensions }: GraphQLError): WireError {
  return { message, ...(locations ? { locations } : {}), ...(path ? { path } : {}), extensions };
}
