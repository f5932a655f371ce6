import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  Kind,
  type FieldNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
} from 'graphql';
import * as z from 'zod';
import { scalarWord } from './words.ts';

interface Place {
  readonly schema: GraphQLSchema;
  readonly type: GraphQLOutputType;
}

/** Where a reading is not of what may come: each as `path: what`. */
export interface Reading {
  readonly problems: readonly string[];
  /** Every enum that is read, with the words of all versions. */
  readonly enums: ReadonlyMap<string, ReadonlySet<string>>;
  /** The names of all fields that are read. */
  readonly keys: ReadonlySet<string>;
}

/**
 * Compares what a document asks for, on every version, with the schema that reads the answer: the same fields, `null`
 * exactly where it may come, and the same kinds of values. What is read later, record by record, is given by its path.
 */
export function readExactly(
  schemas: readonly GraphQLSchema[],
  operation: OperationDefinitionNode,
  answer: z.ZodType,
  later: Readonly<Record<string, z.ZodType>> = {},
): Reading {
  const problems: string[] = [];
  const enums = new Map<string, Set<string>>();
  const keys = new Set<string>();
  const roots = schemas.map((schema) => ({ schema, type: rootOf(schema, operation.operation) }));
  object(
    answer,
    roots,
    [operation.selectionSet],
    operation.operation,
    operation.operation === OperationTypeNode.MUTATION,
  );
  return { problems, enums, keys };

  function value(given: z.ZodType, places: readonly Place[], set: SelectionSetNode | undefined, path: string): void {
    const schema = given instanceof z.ZodUnknown ? later[path] : given;
    if (!schema) {
      problems.push(`${path}: nobody reads it`);
      return;
    }
    const { inner, takesNull } = withoutNull(schema);
    const mayBeNull = places.some(({ type }) => !isNonNullType(type));
    if (mayBeNull && !takesNull) problems.push(`${path}: may be null and is refused then`);
    if (!mayBeNull && takesNull) problems.push(`${path}: is never null and is read as if it were`);
    present(
      inner,
      places.map(({ schema: of, type }) => ({ schema: of, type: getNullableType(type) })),
      set,
      path,
    );
  }

  function present(schema: z.ZodType, places: readonly Place[], set: SelectionSetNode | undefined, path: string): void {
    const type = places[0]?.type;
    if (isListType(type)) {
      const items = places.flatMap((place) =>
        isListType(place.type) ? [{ schema: place.schema, type: place.type.ofType }] : [],
      );
      const { element } = schema instanceof z.ZodArray ? schema : {};
      if (element instanceof z.ZodType) value(element, items, set, `${path}[]`);
      else problems.push(`${path}: is a list`);
      return;
    }
    if (isScalarType(type)) return scalar(schema, type.name, path);
    if (isEnumType(type)) {
      for (const place of places) {
        const words = enums.get(type.name) ?? new Set<string>();
        enums.set(type.name, words);
        if (isEnumType(place.type)) for (const { name } of place.type.getValues()) words.add(name);
      }
      return scalar(schema, 'String', path);
    }
    if (!set) return;
    if (getNamedType(type)?.name === 'PageInfo') {
      const asked = fieldsOf(set).map(({ name }) => name.value);
      if (asked.toSorted().join() !== 'endCursor,hasNextPage') problems.push(`${path}: is no page of ours`);
      return;
    }
    const fragments = set.selections.flatMap((each) => (each.kind === Kind.INLINE_FRAGMENT ? [each] : []));
    if (isObjectType(type) || fragments.length === 0) return object(schema, places, [set], path);
    const kinds = fragments.map(({ typeCondition, selectionSet }) => ({
      places: places.map((place) => ({
        schema: place.schema,
        type: typeNamed(place.schema, typeCondition?.name.value),
      })),
      set: { ...selectionSet, selections: [...fieldsOf(set), ...selectionSet.selections] },
    }));
    const [only, ...others] = kinds;
    if (only && others.length === 0) return object(schema, only.places, [only.set], path);
    severalKinds(schema, kinds, path);
  }

  function object(
    schema: z.ZodType,
    places: readonly Place[],
    [set]: readonly SelectionSetNode[],
    path: string,
    arePayloads = false,
  ): void {
    if (!set) return;
    const shape = shapeOf(schema);
    if (!shape) {
      problems.push(`${path}: is an object`);
      return;
    }
    const asked = fieldsOf(set);
    for (const key of Object.keys(shape)) {
      if (!asked.some((field) => keyOf(field) === key)) problems.push(`${path}.${key}: is read and not asked for`);
    }
    for (const field of asked) member(shape, field, places, path, arePayloads);
  }

  function member(
    shape: Readonly<Record<string, z.ZodType>>,
    field: FieldNode,
    places: readonly Place[],
    path: string,
    isPayload: boolean,
  ): void {
    const at = `${path}.${keyOf(field)}`;
    keys.add(keyOf(field));
    const read = shape[keyOf(field)];
    if (!read) problems.push(`${at}: is asked for and nobody reads it`);
    else if (field.name.value === '__typename') scalar(read, 'String', at);
    else {
      const types = places.map((place) => ({ schema: place.schema, type: typeOfField(place.type, field) }));
      // A mutation is answered with null beside top-level errors only, and those are heard before the answer is read.
      if (isPayload)
        present(
          read,
          types.map(({ schema, type }) => ({ schema, type: getNullableType(type) })),
          field.selectionSet,
          at,
        );
      else value(read, types, field.selectionSet, at);
    }
  }

  /** One schema for several types: what all of them have is required, what some have may be left out. */
  function severalKinds(
    schema: z.ZodType,
    kinds: readonly { readonly places: readonly Place[]; readonly set: SelectionSetNode }[],
    path: string,
  ): void {
    const shape = shapeOf(schema);
    if (!shape) {
      problems.push(`${path}: is an object`);
      return;
    }
    const ofKinds = kinds.map(({ set }) => new Set(fieldsOf(set).map(keyOf)));
    for (const [key, read] of Object.entries(shape)) {
      const count = ofKinds.filter((each) => each.has(key)).length;
      if (count === 0) problems.push(`${path}.${key}: is read and not asked for`);
      const isOptional = read instanceof z.ZodOptional;
      if (isOptional !== count < kinds.length)
        problems.push(`${path}.${key}: is ${isOptional ? 'always' : 'not always'} there`);
    }
    const required = Object.fromEntries(
      Object.entries(shape).map(([key, read]) => [key, read instanceof z.ZodOptional ? unwrapped(read) : read]),
    );
    for (const { places, set } of kinds) {
      for (const field of fieldsOf(set)) member(required, field, places, path, false);
    }
  }

  function scalar(schema: z.ZodType, name: string, path: string): void {
    const wanted = name === 'Int' ? 'int' : scalarWord(name);
    const read = schema instanceof z.ZodNumber && schema.isInt ? 'int' : schema.type;
    if (read !== wanted) problems.push(`${path}: is ${wanted}, not ${read}`);
  }
}

function withoutNull(schema: z.ZodType): { readonly inner: z.ZodType; readonly takesNull: boolean } {
  if (schema instanceof z.ZodNullable) return { inner: unwrapped(schema), takesNull: true };
  if (!(schema instanceof z.ZodUnion)) return { inner: schema, takesNull: false };
  // The object besides what stands for no such record: nothing at all, or an object of another type without fields.
  const options = schema.options.flatMap((each) => (each instanceof z.ZodType ? [each] : []));
  const [inner = schema] = options.filter((each) => Object.keys(shapeOf(each) ?? {}).length > 0);
  return { inner, takesNull: options.some((each) => each instanceof z.ZodNull) };
}

function unwrapped(schema: z.ZodNullable | z.ZodOptional): z.ZodType {
  const inner = schema.unwrap();
  if (inner instanceof z.ZodType) return inner;
  throw new Error('A schema of another kind of zod.');
}

function shapeOf(schema: z.ZodType): Readonly<Record<string, z.ZodType>> | undefined {
  // Whether it may be null or missing is looked at where it stands.
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional) return shapeOf(unwrapped(schema));
  if (!(schema instanceof z.ZodObject)) return undefined;
  const shape: Readonly<Record<string, unknown>> = schema.shape;
  return Object.fromEntries(Object.entries(shape).flatMap(([key, of]) => (of instanceof z.ZodType ? [[key, of]] : [])));
}

function fieldsOf(set: SelectionSetNode): readonly FieldNode[] {
  return set.selections.flatMap((each) => (each.kind === Kind.FIELD ? [each] : []));
}

function keyOf(field: FieldNode): string {
  return (field.alias ?? field.name).value;
}

function rootOf(schema: GraphQLSchema, operation: OperationTypeNode): GraphQLOutputType {
  const type = schema.getRootType(operation);
  if (type) return type;
  throw new Error(`There is no ${operation}.`);
}

function typeNamed(schema: GraphQLSchema, name = ''): GraphQLOutputType {
  const type = schema.getType(name);
  if (isObjectType(type)) return type;
  throw new Error(`${name} is no object.`);
}

function typeOfField(type: GraphQLOutputType, field: FieldNode): GraphQLOutputType {
  const fields = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
  const found = fields[field.name.value];
  if (found) return found.type;
  throw new Error(`${String(type)} has no ${field.name.value}.`);
}
