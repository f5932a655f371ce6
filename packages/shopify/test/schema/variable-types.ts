import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  isScalarType,
  print,
  typeFromAST,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type TypeNode,
} from 'graphql';
import { inBraces } from './braces.ts';
import { scalarWord, wordsIn } from './words.ts';

/** May be null and must be there: `null` says that there is no comparison. Admin API 2026-04, recorded 2026-11-23. */
const alwaysSaid = new Set(['InventoryQuantityInput.changeFromQuantity']);

/** Variables and inputs as TypeScript: only what every version knows and none will take away. */
export interface VariableTypes {
  of(operation: OperationDefinitionNode): string;
  /** The input types that `of` named, with those that they name. */
  inputs(): readonly string[];
}

export function variableTypes(schemas: readonly GraphQLSchema[]): VariableTypes {
  const inputs = new Map<string, string>();
  // Those that a variable is of; the others are only parts of them.
  const exported = new Set<string>();

  function valueType(types: readonly GraphQLInputType[]): string {
    const isNullable = types.every((type) => !isNonNullType(type));
    const text = presentType(types.map((type) => getNullableType(type)));
    return isNullable ? `${text} | null` : text;
  }

  function presentType(types: readonly GraphQLInputType[]): string {
    const [type] = types;
    if (isListType(type))
      return `ReadonlyArray<${valueType(types.flatMap((each) => (isListType(each) ? [each.ofType] : [])))}>`;
    if (isScalarType(type)) return scalarWord(type.name);
    if (isEnumType(type))
      return wordsIn(
        types.filter((each) => isEnumType(each)),
        'every',
      );
    if (!isInputObjectType(type)) throw new Error(`${String(type)} is no input.`);
    if (!inputs.has(type.name)) {
      inputs.set(type.name, '');
      inputs.set(type.name, inputType(types.filter((each) => isInputObjectType(each))));
    }
    return type.name;
  }

  function inputType(types: readonly GraphQLInputObjectType[]): string {
    const [first] = types;
    if (!first) throw new Error('An input of no version.');
    const fields = Object.keys(first.getFields()).flatMap((name) => {
      const everywhere = types.map((type) => type.getFields()[name]);
      const known = everywhere.flatMap((field) => (field && field.deprecationReason == null ? [field] : []));
      if (known.length < types.length) return [];
      const isOptional = known.every(({ type, defaultValue }) => !isNonNullType(type) || defaultValue !== undefined);
      const mark = isOptional && !first.isOneOf && !alwaysSaid.has(`${first.name}.${name}`) ? '?' : '';
      const value = first.isOneOf
        ? presentType(known.map(({ type }) => getNullableType(type)))
        : valueType(known.map(({ type }) => type));
      return [`readonly ${name}${mark}: ${value}`];
    });
    if (!first.isOneOf) return `interface ${first.name} ${inBraces(fields)}`;
    return `type ${first.name} = ${fields.map((field) => inBraces([field])).join(' | ')};`;
  }

  return {
    of({ variableDefinitions = [] }) {
      const lines = variableDefinitions.map(({ variable, type, defaultValue }) => {
        const types = schemas.map((schema) => inputTypeOf(schema, type));
        const mark = defaultValue !== undefined || types.every((each) => !isNonNullType(each)) ? '?' : '';
        const [named] = types.map((each) => getNamedType(each));
        if (named) exported.add(named.name);
        return `readonly ${variable.name.value}${mark}: ${valueType(types)}`;
      });
      return lines.length === 0 ? 'Readonly<Record<string, never>>' : inBraces(lines);
    },
    inputs: () =>
      [...inputs]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, text]) => (exported.has(name) ? `export ${text}` : text)),
  };
}

function inputTypeOf(schema: GraphQLSchema, node: TypeNode): GraphQLInputType {
  const type = typeFromAST(schema, node);
  if (isInputType(type)) return type;
  throw new Error(`There is no input ${print(node)}.`);
}
