import {
  getNamedType,
  isCompositeType,
  isObjectType,
  OperationTypeNode,
  type FieldNode,
  type GraphQLObjectType,
  type SelectionSetNode,
} from 'graphql';
import {
  fieldsIn,
  isConnection,
  isList,
  nodeCost,
  pageFactor,
  pageSize,
  requestedCost,
  type CostInput,
} from './cost.ts';

type Data = Readonly<Record<string, unknown>>;

/**
 * What a document is charged after it ran: the same walk over what came out. A page with fewer rows than asked for costs
 * in proportion, an empty one through `edges` only its 2; what is null costs 1 and nothing below. Never above what was
 * asked. Fitted on recorded answers of API 2025-01 to 2026-07, where it holds for 81 % exactly.
 */
export function actualCost(input: CostInput, data: unknown): number {
  const requested = requestedCost(input);
  const { schema, operation } = input;
  const root = schema.getRootType(operation.operation);
  if (!root || !isData(data)) return operation.operation === OperationTypeNode.MUTATION ? Math.min(requested, 10) : 1;
  const saved = savings(input, root, operation.selectionSet, data);
  return Math.max(1, Math.min(requested, requested - saved));
}

/** How much less than asked for came out below an object. */
function savings(input: CostInput, type: GraphQLObjectType, set: SelectionSetNode, data: Data): number {
  return fieldsIn(input, type, set).reduce((total, field) => {
    const definition = type.getFields()[field.name.value];
    const named = definition && getNamedType(definition.type);
    if (!definition || !named || !isCompositeType(named) || !field.selectionSet) return total;
    const value = data[(field.alias ?? field.name).value];
    if (isObjectType(named) && isConnection(named))
      return total + pageSavings(input, named, field, field.selectionSet, value);
    if (isList(definition.type)) return total;
    if (value === null || value === undefined) return total + fullBelow(input, type, field);
    if (!isData(value)) return total;
    const real = isObjectType(named) ? named : typeNamed(input, value);
    return real ? total + savings(input, real, field.selectionSet, value) : total;
  }, 0);
}

function pageSavings(
  input: CostInput,
  type: GraphQLObjectType,
  field: FieldNode,
  set: SelectionSetNode,
  value: unknown,
): number {
  const asked = pageSize(input, field);
  const full = pageFactor(asked) * (1 + nodeCost(input, type, set));
  if (!isData(value) || asked === 0) return full;
  const byEdges = rowsOf(value, 'edges');
  const rows = byEdges ?? rowsOf(value, 'nodes');
  if (!rows) return 0;
  // An empty page through `nodes` is charged as it was asked for.
  if (rows.length === 0) return byEdges ? full : 0;
  if (rows.length >= asked) return 0;
  return full - Math.ceil((pageFactor(asked) * rows.length * (1 + nodeCost(input, type, set))) / asked);
}

/** Everything that was reckoned for a field's children. */
function fullBelow(input: CostInput, type: GraphQLObjectType, field: FieldNode): number {
  const only = { kind: input.operation.selectionSet.kind, selections: [field] };
  const alone = requestedCost({ ...input, operation: { ...input.operation, selectionSet: only } });
  return type === input.schema.getQueryType() ? Math.max(0, alone - 1) : 0;
}

function rowsOf(value: Data, name: string): readonly unknown[] | undefined {
  const rows = value[name];
  return Array.isArray(rows) ? rows : undefined;
}

function typeNamed({ schema }: CostInput, value: Data): GraphQLObjectType | undefined {
  const name = value['__typename'];
  const type = typeof name === 'string' ? schema.getType(name) : undefined;
  return isObjectType(type) ? type : undefined;
}

function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
