import {
  getNullableType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  isUnionType,
  Kind,
  OperationTypeNode,
  type FieldNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { inBraces } from './braces.ts';
import { scalarWord, wordsIn } from './words.ts';

/** One place of an answer in the schema of one version. */
interface Place {
  readonly schema: GraphQLSchema;
  readonly type: GraphQLOutputType;
}

/** What an operation may be answered with by any of the versions, as TypeScript. */
export function answerType(schemas: readonly GraphQLSchema[], operation: OperationDefinitionNode): string {
  const roots = schemas.map((schema) => {
    const type = schema.getRootType(operation.operation);
    if (!type) throw new Error(`There is no ${operation.operation}.`);
    return { schema, type };
  });
  if (operation.operation !== OperationTypeNode.MUTATION) return objectType(roots, operation.selectionSet, undefined);
  // A mutation is answered with null beside top-level errors only, and those are heard before the answer is read.
  const payloads = fieldsOf(operation.selectionSet, undefined).map((field) => {
    const types = roots.map(({ schema, type }) => ({ schema, type: fieldType(type, field.name.value) }));
    return `${field.name.value}: ${presentType(present(types), field.selectionSet)}`;
  });
  return inBraces(payloads);
}

function valueType(places: readonly Place[], set: SelectionSetNode | undefined): string {
  const isNullable = places.some(({ type }) => !isNonNullType(type));
  const text = presentType(present(places), set);
  return isNullable ? `${text} | null` : text;
}

function present(places: readonly Place[]): readonly Place[] {
  return places.map(({ schema, type }) => ({ schema, type: getNullableType(type) }));
}

function presentType(places: readonly Place[], set: SelectionSetNode | undefined): string {
  const type = places[0]?.type;
  if (isListType(type)) {
    const items = places.flatMap((place) =>
      isListType(place.type) ? [{ schema: place.schema, type: place.type.ofType }] : [],
    );
    return `Array<${valueType(items, set)}>`;
  }
  if (isScalarType(type)) return scalarWord(type.name);
  if (isEnumType(type))
    return wordsIn(
      places.flatMap((place) => (isEnumType(place.type) ? [place.type] : [])),
      'any',
    );
  if (!set) throw new Error(`Nothing is selected of ${String(type)}.`);
  // A page that says there is more and not where would be read for ever: the connector refuses it.
  if (isObjectType(type) && type.name === 'PageInfo') return 'PageInfo';
  if (isObjectType(type)) return objectType(places, set, undefined);
  if (!isInterfaceType(type) && !isUnionType(type)) throw new Error(`${String(type)} is no answer.`);
  // Only the types that have a fragment: whoever asks for ids knows what they are of.
  const kinds = set.selections.flatMap((each) =>
    each.kind === Kind.INLINE_FRAGMENT && each.typeCondition ? [each.typeCondition.name.value] : [],
  );
  if (kinds.length === 0) return objectType(places, set, undefined);
  return kinds.map((kind) => objectType(places, set, kind)).join(' | ');
}

/** The object that a selection gives; of one kind where it may be of several. */
function objectType(places: readonly Place[], set: SelectionSetNode, kind: string | undefined): string {
  const own = kind === undefined ? places : places.map(({ schema }) => ({ schema, type: typeOf(schema, kind) }));
  const lines = fieldsOf(set, kind).map((field) => {
    const key = (field.alias ?? field.name).value;
    if (field.name.value === '__typename') return `${key}: ${kind === undefined ? 'string' : `'${kind}'`}`;
    const fields = own.map(({ schema, type }) => ({ schema, type: fieldType(type, field.name.value) }));
    return `${key}: ${valueType(fields, field.selectionSet)}`;
  });
  return inBraces(lines);
}

function fieldsOf(set: SelectionSetNode, kind: string | undefined): readonly FieldNode[] {
  return set.selections.flatMap((each): readonly FieldNode[] => {
    if (each.kind === Kind.FIELD) return [each];
    if (each.kind !== Kind.INLINE_FRAGMENT) throw new Error('Named fragments are not read.');
    return each.typeCondition?.name.value === kind ? fieldsOf(each.selectionSet, undefined) : [];
  });
}

function typeOf(schema: GraphQLSchema, name: string): GraphQLOutputType {
  const type = schema.getType(name);
  if (!isObjectType(type)) throw new Error(`${name} is no object.`);
  return type;
}

function fieldType(type: GraphQLOutputType, name: string): GraphQLOutputType {
  const fields = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
  const field = fields[name];
  if (!field) throw new Error(`${String(type)} has no ${name}.`);
  return field.type;
}
