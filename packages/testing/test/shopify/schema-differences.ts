import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isUnionType,
  isSpecifiedDirective,
  isSpecifiedScalarType,
  type GraphQLArgument,
  type GraphQLEnumType,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

/**
 * Where a schema that knows a part of another one says something else than that one: a name that is not there, another
 * type, nullability or default, a required argument that it does not ask for, or a mark that something goes away.
 */
export function schemaDifferences(part: GraphQLSchema, whole: GraphQLSchema): readonly string[] {
  const types = Object.values(part.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
  const roots = [part.getQueryType()?.name, part.getMutationType()?.name].join();
  const trueRoots = [whole.getQueryType()?.name, whole.getMutationType()?.name].join();
  return [
    ...(roots === trueRoots ? [] : [`the roots are ${roots}, not ${trueRoots}`]),
    ...types.filter((type) => !isSpecifiedScalarType(type)).flatMap((type) => inType(type, whole.getType(type.name))),
    ...part.getDirectives().flatMap((directive) => {
      if (isSpecifiedDirective(directive)) return [];
      const { name, args, locations } = directive;
      const other = whole.getDirective(name);
      if (!other) return [`@${name} is not there`];
      const places = locations.filter((place) => !other.locations.includes(place));
      return [...places.map((place) => `@${name} stands on no ${place}`), ...inInputs(`@${name}`, args, other.args)];
    }),
  ];
}

function inType(type: GraphQLNamedType, other: GraphQLNamedType | undefined): readonly string[] {
  if (!other) return [`${type.name} is not there`];
  if (isObjectType(type) && isObjectType(other)) return inFields(type, other);
  if (isInterfaceType(type) && isInterfaceType(other)) return inFields(type, other);
  if (isEnumType(type) && isEnumType(other)) return inWords(type, other);
  if (isInputObjectType(type) && isInputObjectType(other)) return inInput(type, other);
  if (isUnionType(type) && isUnionType(other)) {
    const members = new Set(other.getTypes().map(({ name }) => name));
    return type.getTypes().flatMap(({ name }) => (members.has(name) ? [] : [`${name} is no ${type.name}`]));
  }
  if (isScalarType(type) && isScalarType(other)) return [];
  return [`${type.name} is of another kind`];
}

type WithFields = GraphQLObjectType | GraphQLInterfaceType;

function inFields(type: WithFields, other: WithFields): readonly string[] {
  const interfaces = new Set(other.getInterfaces().map(({ name }) => name));
  return [
    ...type.getInterfaces().flatMap(({ name }) => (interfaces.has(name) ? [] : [`${type.name} is no ${name}`])),
    ...Object.values(type.getFields()).flatMap((field) => {
      const name = `${type.name}.${field.name}`;
      const known: GraphQLField<unknown, unknown> | undefined = other.getFields()[field.name];
      if (!known) return [`${name} is not there`];
      return [...inTyped(name, field, known), ...inInputs(name, field.args, known.args)];
    }),
  ];
}

function inInput(type: GraphQLInputObjectType, other: GraphQLInputObjectType): readonly string[] {
  const fields = inInputs(type.name, Object.values(type.getFields()), Object.values(other.getFields()));
  return type.isOneOf === other.isOneOf ? fields : [...fields, `${type.name} is ${other.isOneOf ? 'a' : 'no'} oneOf`];
}

function inWords(type: GraphQLEnumType, other: GraphQLEnumType): readonly string[] {
  return type.getValues().flatMap(({ name, deprecationReason }) => {
    const known = other.getValue(name);
    if (!known) return [`${type.name} has no ${name}`];
    return inMark(`${type.name}.${name}`, { deprecationReason }, known);
  });
}

type Input = GraphQLArgument | GraphQLInputField;

function inInputs(of: string, inputs: readonly Input[], others: readonly Input[]): readonly string[] {
  const own = new Set(inputs.map(({ name }) => name));
  const unasked = others.filter(({ name, type, defaultValue }) => {
    return String(type).endsWith('!') && defaultValue === undefined && !own.has(name);
  });
  return [
    ...unasked.map(({ name }) => `${of}(${name}:) is required and not asked for`),
    ...inputs.flatMap((input) => {
      const name = `${of}(${input.name}:)`;
      const known = others.find((other) => other.name === input.name);
      if (!known) return [`${name} is not there`];
      const [said, trulySaid] = [input, known].map(({ defaultValue }) => JSON.stringify(defaultValue));
      const isSame = said === trulySaid;
      return [...inTyped(name, input, known), ...(isSame ? [] : [`${name} is ${trulySaid} by default, not ${said}`])];
    }),
  ];
}

interface Marked {
  readonly deprecationReason: string | null | undefined;
}
interface Typed extends Marked {
  readonly type: unknown;
}

function inTyped(name: string, one: Typed, other: Typed): readonly string[] {
  const isSame = String(one.type) === String(other.type);
  return [
    ...(isSame ? [] : [`${name} is ${String(other.type)}, not ${String(one.type)}`]),
    ...inMark(name, one, other),
  ];
}

function inMark(name: string, one: Marked, other: Marked): readonly string[] {
  const [marked, trulyMarked] = [one, other].map(({ deprecationReason }) => deprecationReason != null);
  return marked === trulyMarked ? [] : [`${name} ${trulyMarked ? 'goes away' : 'does not go away'}`];
}
