import {
  getNullableType,
  GraphQLError,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  typeFromAST,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { partsOf } from '../gid.ts';

type Problem = { readonly path: readonly (string | number)[]; readonly explanation: string };

/** Refuses variables that do not fit their declared types, in the platform's form. Recorded on API 2026-04. */
export function variableErrors(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): readonly GraphQLError[] {
  return (operation.variableDefinitions ?? []).flatMap((definition) => {
    const name = definition.variable.name.value;
    const type = typeFromAST(schema, definition.type);
    if (!type || !isInputType(type)) return [];
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (value === undefined && (definition.defaultValue || !isNonNullType(type))) return [];
    const problems = problemsOf(type, value, []);
    if (problems.length === 0) return [];
    const places = problems
      .filter(({ path }) => path.length > 0)
      .map(({ path, explanation }) => `${path.join('.')} (${explanation})`);
    const suffix = places.length > 0 ? ` for ${places.join(', ')}` : '';
    return [
      new GraphQLError(`Variable $${name} of type ${String(type)} was provided invalid value${suffix}`, {
        nodes: definition,
        extensions: { code: 'INVALID_VARIABLE', value: value ?? null, problems },
      }),
    ];
  });
}

function problemsOf(type: GraphQLInputType, value: unknown, path: readonly (string | number)[]): Problem[] {
  if (value === null || value === undefined) {
    return isNonNullType(type) ? [{ path, explanation: 'Expected value to not be null' }] : [];
  }
  const inner = getNullableType(type);
  if (isListType(inner)) {
    const items: readonly unknown[] = Array.isArray(value) ? value : [value];
    return items.flatMap((item, index) =>
      problemsOf(inner.ofType, item, Array.isArray(value) ? [...path, index] : path),
    );
  }
  if (isInputObjectType(inner)) {
    if (typeof value !== 'object' || Array.isArray(value)) {
      return [{ path, explanation: `Expected ${JSON.stringify(value)} to be a key-value object.` }];
    }
    const given = new Map(Object.entries(value));
    const fields = inner.getFields();
    if (inner.isOneOf && given.size !== 1) {
      return [{ path, explanation: `OneOf Input Object '${inner.name}' must specify exactly one key.` }];
    }
    return [
      ...[...given.keys()]
        .filter((key) => !Object.hasOwn(fields, key))
        .map((key) => ({ path: [...path, key], explanation: `Field is not defined on ${inner.name}` })),
      ...Object.values(fields).flatMap((field) =>
        given.get(field.name) === undefined && !isRequiredInputField(field)
          ? []
          : problemsOf(field.type, given.get(field.name), [...path, field.name]),
      ),
    ];
  }
  if (isEnumType(inner)) {
    if (typeof value === 'string' && inner.getValue(value)) return [];
    const words = inner.getValues().map(({ name }) => name);
    return [{ path, explanation: `Expected ${JSON.stringify(value)} to be one of: ${words.join(', ')}` }];
  }
  if (inner.name === 'ID' && (typeof value === 'string' || typeof value === 'number') && !partsOf(String(value))) {
    return [{ path, explanation: `Invalid global id '${value}'` }];
  }
  try {
    inner.parseValue(value);
    return [];
  } catch {
    return [{ path, explanation: `Could not coerce value ${JSON.stringify(value)} to ${inner.name}` }];
  }
}
