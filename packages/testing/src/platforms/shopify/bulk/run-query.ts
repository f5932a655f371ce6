import {
  defaultFieldResolver,
  execute,
  getNamedType,
  isCompositeType,
  isObjectType,
  type GraphQLCompositeType,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { guardedBy } from '../graphql/answer.ts';
import type { Context } from '../graphql/context.ts';
import { fieldsIn, isConnection, type CostInput } from '../graphql/cost.ts';
import type { BulkDocument } from './query-rules.ts';
import type { Line } from './records.ts';
import { rowWindows, type Windows } from './windows.ts';

/** Some of the lines of a bulk query's file, and why there are no more. */
export type QueryPart = {
  /** Each root with what belongs to it. */
  readonly groups: readonly (readonly Line[])[];
  readonly error: string | undefined;
};

/** Roots that are shown at one time. */
const partSize = 500;

/** Runs a document part by part, so that a large shop is never held as a whole. */
export async function* queryParts(
  schema: GraphQLSchema,
  { document, operation, fragments }: BulkDocument,
  rootValue: unknown,
  context: Context,
): AsyncGenerator<QueryPart> {
  const windows = rowWindows(partSize);
  const input: CostInput = { schema, operation, fragments, variables: {} };
  const root = schema.getQueryType();
  for (let isFirst = true; isFirst || windows.next(); isFirst = false) {
    const { data, errors } = await execute({
      schema,
      document,
      rootValue,
      contextValue: context,
      fieldResolver: guardedBy(windowed(windows)),
    });
    const [error] = errors ?? [];
    const groups = root && data ? groupsOf(input, root, operation.selectionSet, data, isFirst) : [];
    yield { groups, error: error && codeOf(error.extensions['code']) };
    if (error) return;
  }
}

/** Shows of each outermost connection the part that its window is at. What a client says of pages is ignored. */
function windowed(windows: Windows): GraphQLFieldResolver<unknown, Context> {
  return (source, args: Readonly<Record<string, unknown>>, context, info) => {
    const type = getNamedType(info.returnType);
    if (!isObjectType(type) || !isConnection(type)) return defaultFieldResolver(source, args, context, info);
    const { first: _first, last: _last, after: _after, before: _before, ...rest } = args;
    const place = pathOf(info.path);
    const window = windows.at(place, place.includes('edges'));
    return defaultFieldResolver(source, { ...rest, window }, context, info);
  };
}

function pathOf(path: GraphQLResolveInfo['path'] | undefined): readonly (string | number)[] {
  return path ? [...pathOf(path.prev), path.key] : [];
}

function groupsOf(
  input: CostInput,
  root: GraphQLObjectType,
  set: SelectionSetNode,
  data: Line,
  isFirst: boolean,
): readonly (readonly Line[])[] {
  return fieldsIn(input, root, set).flatMap((field): (readonly Line[])[] => {
    const type = getNamedType(root.getFields()[field.name.value]?.type);
    const value = data[(field.alias ?? field.name).value];
    if (!isCompositeType(type) || !field.selectionSet || !isLine(value)) return [];
    if (isObjectType(type) && isConnection(type))
      return nodesOf(input, type, field.selectionSet, value).map((node) => linesOf(input, node, undefined));
    // What is no list stands in the first part, and what belongs to it in every one.
    const [own, ...below] = linesOf(input, { type, set: field.selectionSet, value }, undefined);
    return [isFirst && own ? [own, ...below] : below];
  });
}

type Node = { readonly type: GraphQLCompositeType; readonly set: SelectionSetNode; readonly value: Line };

/** An object, and behind it what belongs to it. */
function linesOf(input: CostInput, node: Node, parentId: unknown): readonly Line[] {
  const below: Line[] = [];
  const id = node.value['id'] ?? parentId;
  const own = shown(input, node, (child) => below.push(...linesOf(input, child, id)));
  return [{ ...own, ...(parentId === undefined ? {} : { __parentId: parentId }) }, ...below];
}

/** The object without its connections, whose nodes become lines of their own. */
function shown(input: CostInput, { type, set, value }: Node, child: (node: Node) => void): Line {
  const real = realType(input, type, value);
  if (!real) return value;
  return Object.fromEntries(
    fieldsIn(input, real, set).flatMap((field): [string, unknown][] => {
      const key = (field.alias ?? field.name).value;
      const named = getNamedType(real.getFields()[field.name.value]?.type);
      const inner = value[key];
      if (!isCompositeType(named) || !field.selectionSet) return [[key, inner]];
      if (isObjectType(named) && isConnection(named)) {
        if (isLine(inner)) for (const node of nodesOf(input, named, field.selectionSet, inner)) child(node);
        return [];
      }
      const { selectionSet } = field;
      const one = (each: unknown) =>
        isLine(each) ? shown(input, { type: named, set: selectionSet, value: each }, child) : each;
      return [[key, Array.isArray(inner) ? inner.map(one) : one(inner)]];
    }),
  );
}

function nodesOf(input: CostInput, type: GraphQLObjectType, set: SelectionSetNode, value: Line): readonly Node[] {
  return fieldsIn(input, type, set)
    .filter(({ name }) => name.value === 'edges')
    .flatMap((edges): Node[] => {
      const edgeType = getNamedType(type.getFields()['edges']?.type);
      const rows = value[(edges.alias ?? edges.name).value];
      if (!isObjectType(edgeType) || !edges.selectionSet || !Array.isArray(rows)) return [];
      const { selectionSet } = edges;
      const nodeType = getNamedType(edgeType.getFields()['node']?.type);
      return fieldsIn(input, edgeType, selectionSet).flatMap((node): Node[] => {
        const below = node.selectionSet;
        if (node.name.value !== 'node' || !below || !isCompositeType(nodeType)) return [];
        return rows.flatMap((row: unknown) => {
          const one = isLine(row) ? row[(node.alias ?? node.name).value] : undefined;
          return isLine(one) ? [{ type: nodeType, set: below, value: one }] : [];
        });
      });
    });
}

/** Which of its types an object is: the one that is asked for by name, where there are several. */
function realType({ schema }: CostInput, type: GraphQLCompositeType, value: Line): GraphQLObjectType | undefined {
  if (isObjectType(type)) return type;
  const name = value['__typename'];
  const named = typeof name === 'string' ? schema.getType(name) : undefined;
  return isObjectType(named) ? named : undefined;
}

function isLine(value: unknown): value is Line {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function codeOf(code: unknown): string {
  return typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR';
}
