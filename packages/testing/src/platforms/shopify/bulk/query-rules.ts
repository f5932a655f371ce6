import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { isConnection, isList } from '../graphql/cost.ts';
import { readDocument, validationErrors } from '../graphql/validate-document.ts';

/** A document that can be run in bulk. */
export type BulkDocument = {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
};

// Rules as recorded on API 2026-04, read 2026-11-23. The message on the parent's id is recorded, the others are ours.
const mostConnections = 5;
const deepest = 2;
const longestBytes = 65_535;

/** Reads a document for a bulk query, or says why it cannot be one. */
export function bulkQuery(schema: GraphQLSchema, text: string): BulkDocument | string {
  const read = bulkDocument(schema, text, OperationTypeNode.QUERY);
  if (typeof read === 'string') return read;
  const { operation, fragments } = read;
  const found = look(schema, fragments, schema.getQueryType(), operation.selectionSet, nothing);
  const names = operation.selectionSet.selections.map((each) => (each.kind === Kind.FIELD ? each.name.value : ''));
  if (names.includes('node') || names.includes('nodes'))
    return 'Bulk queries cannot contain a top level `node` or `nodes` field.';
  if (found.count === 0) return 'Bulk queries must contain at least one connection.';
  if (found.count > mostConnections) return `Bulk queries cannot contain more than ${mostConnections} connections.`;
  if (found.depth > deepest)
    return `Bulk queries cannot contain connections with a nesting depth greater than ${deepest}.`;
  return found.problem ?? read;
}

/** Reads a document for a bulk mutation, or says why it cannot be one. */
export function bulkMutation(schema: GraphQLSchema, text: string): BulkDocument | string {
  const read = bulkDocument(schema, text, OperationTypeNode.MUTATION);
  if (typeof read === 'string') return read;
  const { operation, fragments } = read;
  const [field, ...more] = operation.selectionSet.selections;
  if (field?.kind !== Kind.FIELD || more.length > 0) return 'The mutation must have one field at its root.';
  if (field.name.value.startsWith('bulkOperationRun'))
    return `You can't use the mutation ${field.name.value} within a bulk operation.`;
  const found = look(schema, fragments, schema.getMutationType(), operation.selectionSet, nothing);
  return found.count > 1 ? 'The mutation must not contain more than one connection.' : read;
}

function bulkDocument(schema: GraphQLSchema, text: string, wanted: OperationTypeNode): BulkDocument | string {
  if (new TextEncoder().encode(text).length > longestBytes) return `The document is longer than ${longestBytes} bytes.`;
  const read = readDocument(text);
  if (!('kind' in read)) return `Invalid bulk ${wanted}: ${String(read[0]?.['message'])}`;
  const [problem] = validationErrors(schema, read);
  if (problem) return `Invalid bulk ${wanted}: ${String(problem['message'])}`;
  const operations = read.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  const [operation, ...more] = operations;
  if (!operation || more.length > 0) return `A bulk ${wanted} must be one operation.`;
  if (operation.operation !== wanted) return `The document is no ${wanted}.`;
  if (wanted === OperationTypeNode.QUERY && (operation.variableDefinitions ?? []).length > 0)
    return 'Bulk queries cannot have variables.';
  const fragments = read.definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION);
  return {
    document: read,
    operation,
    fragments: Object.fromEntries(fragments.map((fragment) => [fragment.name.value, fragment])),
  };
}

type Found = { readonly count: number; readonly depth: number; readonly problem: string | undefined };
/** Where a selection stands. */
type Place = { readonly inList: boolean; readonly depth: number; readonly ids: 'plain' | 'missing' | undefined };
const nothing: Place = { inList: false, depth: 0, ids: undefined };

function look(
  schema: GraphQLSchema,
  fragments: BulkDocument['fragments'],
  type: GraphQLCompositeType | null | undefined,
  set: SelectionSetNode,
  place: Place,
): Found {
  let found: Found = { count: 0, depth: place.depth, problem: undefined };
  const join = (more: Found) => {
    found = {
      count: found.count + more.count,
      depth: Math.max(found.depth, more.depth),
      problem: found.problem ?? more.problem,
    };
  };
  for (const selection of set.selections) {
    if (selection.kind !== Kind.FIELD) {
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments[selection.name.value];
      const on = fragment?.typeCondition ? schema.getType(fragment.typeCondition.name.value) : type;
      if (fragment && isCompositeType(on)) join(look(schema, fragments, on, fragment.selectionSet, place));
      continue;
    }
    const definition =
      type && (isObjectType(type) || isAbstractType(type)) && 'getFields' in type
        ? type.getFields()[selection.name.value]
        : undefined;
    const named = definition && getNamedType(definition.type);
    if (!definition || !isCompositeType(named) || !selection.selectionSet) continue;
    if (isObjectType(named) && isConnection(named))
      join(connection(schema, fragments, named, selection, selection.selectionSet, place));
    else
      join(
        look(schema, fragments, named, selection.selectionSet, {
          ...place,
          inList: place.inList || isList(definition.type),
        }),
      );
  }
  return found;
}

function connection(
  schema: GraphQLSchema,
  fragments: BulkDocument['fragments'],
  type: GraphQLCompositeType,
  field: FieldNode,
  set: SelectionSetNode,
  place: Place,
): Found {
  const own = { count: 1, depth: place.depth + 1 };
  const name = field.name.value;
  if (place.inList) {
    const problem = 'Queries that contain a connection field within a list field are not currently supported.';
    return { ...own, problem };
  }
  if (place.ids === 'missing') {
    const problem = `The parent 'node' field for a nested connection must select the 'id' field without an alias and must be of 'ID' return type. Connection fields without 'id': ${name}.`;
    return { ...own, problem };
  }
  const edges = set.selections.find((each) => each.kind === Kind.FIELD && each.name.value === 'edges');
  const inner = edges?.kind === Kind.FIELD ? edges.selectionSet : undefined;
  const node = inner?.selections.find((each) => each.kind === Kind.FIELD && each.name.value === 'node');
  const below = node?.kind === Kind.FIELD ? node.selectionSet : undefined;
  if (!below || set.selections.some((each) => each.kind === Kind.FIELD && each.name.value === 'nodes')) {
    const problem = `Connections must be selected with edges { node { … } }. Connection fields without it: ${name}.`;
    return { ...own, problem };
  }
  const edgeType = isObjectType(type) ? getNamedType(type.getFields()['edges']?.type) : undefined;
  const nodeType = isObjectType(edgeType) ? getNamedType(edgeType.getFields()['node']?.type) : undefined;
  const hasId = below.selections.some(
    (each) => each.kind === Kind.FIELD && each.name.value === 'id' && each.alias === undefined,
  );
  const more = look(schema, fragments, isCompositeType(nodeType) ? nodeType : undefined, below, {
    inList: false,
    depth: place.depth + 1,
    ids: hasId ? 'plain' : 'missing',
  });
  return { count: 1 + more.count, depth: more.depth, problem: more.problem };
}
