import {
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  isScalarType,
  Kind,
  print,
  type ASTNode,
  type ASTVisitor,
  type GraphQLInputType,
  type ValidationContext,
  type ValueNode,
} from 'graphql';
import { partsOf } from '../gid.ts';
import { report } from './field-rules.ts';

type Ancestors = readonly (ASTNode | readonly ASTNode[])[];

/** Values written into the document: of the wrong type, incomplete, or ids that are no global ids. Recorded on API 2026-04. */
export function literalRule(context: ValidationContext): ASTVisitor {
  return {
    Argument(node, _key, _parent, _path, ancestors) {
      const definition = context.getArgument();
      const owner = ancestors.findLast((each): each is ASTNode => 'kind' in each);
      if (!definition || !owner || (owner.kind !== Kind.FIELD && owner.kind !== Kind.DIRECTIVE)) return;
      const kind = owner.kind === Kind.FIELD ? 'Field' : 'Directive';
      const place = { argument: node.name.value, typeName: kind, ownerName: owner.name.value };
      check(context, [...ancestors, owner], node, node.value, definition.type, place);
    },
  };
}

type Place = { readonly argument: string; readonly typeName: string; readonly ownerName: string };

function check(
  context: ValidationContext,
  ancestors: Ancestors,
  at: ASTNode,
  value: ValueNode,
  type: GraphQLInputType,
  place: Place,
): void {
  if (value.kind === Kind.VARIABLE) return;
  const wrong = () => {
    const message = `Argument '${place.argument}' on ${place.typeName} '${place.ownerName}' has an invalid value (${print(value)}). Expected type '${String(type)}'.`;
    report(context, ancestors, at, 'argumentLiteralsIncompatible', message, {
      typeName: place.typeName,
      argumentName: place.argument,
    });
  };
  if (value.kind === Kind.NULL) {
    if (isNonNullType(type)) wrong();
    return;
  }
  const inner = getNullableType(type);
  if (isListType(inner)) {
    const items = value.kind === Kind.LIST ? value.values : [value];
    for (const item of items) check(context, ancestors, at, item, inner.ofType, place);
    return;
  }
  if (isInputObjectType(inner)) {
    if (value.kind !== Kind.OBJECT) {
      wrong();
      return;
    }
    const fields = inner.getFields();
    const given = new Set(value.fields.map((field) => field.name.value));
    for (const field of Object.values(fields)) {
      if (!isRequiredInputField(field) || given.has(field.name)) continue;
      const message = `Argument '${field.name}' on InputObject '${inner.name}' is required. Expected type ${String(field.type)}`;
      const more = { argumentName: field.name, argumentType: String(field.type), inputObjectType: inner.name };
      report(context, ancestors, at, 'missingRequiredInputObjectAttribute', message, more);
    }
    if (inner.isOneOf && value.fields.length !== 1) {
      const message = `OneOf Input Object '${inner.name}' must specify exactly one key.`;
      report(context, ancestors, at, 'invalidOneOfInputObject', message, { inputObjectType: inner.name });
    }
    for (const field of value.fields) {
      const definition = fields[field.name.value];
      const nested = { argument: field.name.value, typeName: 'InputObject', ownerName: inner.name };
      if (definition) {
        check(context, [...ancestors, at], field, field.value, definition.type, nested);
        continue;
      }
      const message = `InputObject '${inner.name}' doesn't accept argument '${field.name.value}'`;
      const more = { name: inner.name, typeName: 'InputObject', argumentName: field.name.value };
      report(context, [...ancestors, at], field, 'argumentNotAccepted', message, more);
    }
    return;
  }
  if (isEnumType(inner)) {
    if (value.kind !== Kind.ENUM || !inner.getValue(value.value)) wrong();
    return;
  }
  if (isScalarType(inner) && inner.name === 'ID' && value.kind === Kind.STRING && !partsOf(value.value)) {
    report(context, ancestors, at, 'argumentLiteralsIncompatible', `Invalid global id '${value.value}'`, {
      typeName: 'CoercionError',
    });
    return;
  }
  try {
    inner.parseLiteral(value);
  } catch {
    wrong();
  }
}
