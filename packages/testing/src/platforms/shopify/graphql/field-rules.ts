import {
  DirectiveLocation,
  getNamedType,
  GraphQLError,
  isCompositeType,
  isRequiredArgument,
  Kind,
  print,
  type ASTNode,
  type ASTVisitor,
  type ValidationContext,
} from 'graphql';
import { isLackingField, lackingWords } from './lacking.ts';
import { operationName, rubyPath } from './ruby-path.ts';

type Ancestors = readonly (ASTNode | readonly ASTNode[])[];

// Codes and messages of this file as recorded on API 2026-04.

/** Fields that do not exist, arguments that do not exist or are missing, selections where none can be or none is. */
export function fieldRule(context: ValidationContext): ASTVisitor {
  return {
    Field(node, _key, _parent, _path, ancestors) {
      const parent = context.getParentType();
      const field = context.getFieldDef();
      const name = node.name.value;
      if (!parent || name.startsWith('__')) return undefined;
      if (!field && isLackingField(parent.name, name)) {
        const message = lackingWords(`${parent.name}.${name}`);
        report(context, ancestors, node, 'FAKE_UNSUPPORTED', message, { fake: true });
        return false;
      }
      if (!field) {
        const message = `Field '${name}' doesn't exist on type '${parent.name}'`;
        report(context, ancestors, node, 'undefinedField', message, {
          typeName: parent.name,
          fieldName: name,
          // The platform may have it all the same.
          fake: 'The fake shop knows a part of the schema.',
        });
        return false;
      }
      const given = new Set((node.arguments ?? []).map((argument) => argument.name.value));
      const missing = field.args.filter((argument) => isRequiredArgument(argument) && !given.has(argument.name));
      if (missing.length > 0) {
        const names = missing.map((argument) => argument.name).join(', ');
        const message = `Field '${name}' is missing required arguments: ${names}`;
        report(context, ancestors, node, 'missingRequiredArguments', message, {
          className: 'Field',
          name,
          arguments: names,
        });
      }
      for (const argument of node.arguments ?? []) {
        if (field.args.some((known) => known.name === argument.name.value)) continue;
        const message = `Field '${name}' doesn't accept argument '${argument.name.value}'`;
        const more = { name, typeName: 'Field', argumentName: argument.name.value };
        report(context, [...ancestors, node], argument, 'argumentNotAccepted', message, more);
      }
      const type = getNamedType(field.type);
      const selected = node.selectionSet?.selections ?? [];
      if (isCompositeType(type) && selected.length === 0) {
        const message = `Field must have selections (field '${name}' returns ${type.name} but has no selections. Did you mean '${name} { ... }'?)`;
        report(context, ancestors, node, 'selectionMismatch', message, {
          nodeName: `field '${name}'`,
          typeName: type.name,
        });
      }
      if (!isCompositeType(type) && selected.length > 0) {
        const names = JSON.stringify(selected.map((each) => print(each).split(/[\s({]/)[0]));
        const message = `Selections can't be made on scalars (field '${name}' returns ${type.name} but has selections ${names})`;
        report(context, ancestors, node, 'selectionMismatch', message, {
          nodeName: `field '${name}'`,
          typeName: type.name,
        });
      }
      return undefined;
    },
  };
}

/** Directives that do not exist, stand where they may not, or lack what they need. */
export function directiveRule(context: ValidationContext): ASTVisitor {
  return {
    Directive(node, _key, _parent, _path, ancestors) {
      const name = node.name.value;
      const known = context.getSchema().getDirective(name);
      const target = ancestors.findLast((each): each is ASTNode => 'kind' in each);
      if (!known) {
        report(context, ancestors, node, 'undefinedDirective', `Directive @${name} is not defined`, {
          directiveName: name,
        });
        return;
      }
      const place = placeOf(target);
      if (place && !known.locations.some((location) => location === place.location)) {
        const allowed = known.locations.map((location) => `${location.toLowerCase().replaceAll('_', ' ')}s`).join(', ');
        const message = `'@${name}' can't be applied to ${place.words} (allowed: ${allowed})`;
        report(context, ancestors, node, 'directiveCannotBeApplied', message, { targetName: place.words, name });
      }
      const given = new Set((node.arguments ?? []).map((argument) => argument.name.value));
      const missing = known.args.filter((argument) => isRequiredArgument(argument) && !given.has(argument.name));
      if (missing.length > 0) {
        const names = missing.map((argument) => argument.name).join(', ');
        const message = `Directive '${name}' is missing required arguments: ${names}`;
        const more = { className: 'Directive', name, arguments: names };
        report(context, ancestors, node, 'missingRequiredArguments', message, more);
      }
      for (const argument of node.arguments ?? []) {
        if (known.args.some((each) => each.name === argument.name.value)) continue;
        const message = `Directive '${name}' doesn't accept argument '${argument.name.value}'`;
        const more = { name, typeName: 'Directive', argumentName: argument.name.value };
        report(context, ancestors, argument, 'argumentNotAccepted', message, more);
      }
    },
  };
}

/** Variables that are declared and not used, or used and not declared. */
export function variableRule(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition(node, _key, _parent, _path, ancestors) {
      const usages = context.getRecursiveVariableUsages(node);
      const declared = new Set((node.variableDefinitions ?? []).map(({ variable }) => variable.name.value));
      const used = new Set(usages.map((usage) => usage.node.name.value));
      const operation = operationName(node);
      for (const definition of node.variableDefinitions ?? []) {
        const name = definition.variable.name.value;
        if (used.has(name)) continue;
        const message = `Variable $${name} is declared by ${operation} but not used`;
        report(context, ancestors, node, 'variableNotUsed', message, { variableName: name });
      }
      for (const name of [...used].filter((each) => !declared.has(each))) {
        const message = `Variable $${name} is used by ${operation} but not declared`;
        report(context, ancestors, node, 'variableNotDefined', message, { variableName: name });
      }
    },
  };
}

const inlineFragment = { location: DirectiveLocation.INLINE_FRAGMENT, words: 'inline fragments' };
const spread = { location: DirectiveLocation.FRAGMENT_SPREAD, words: 'fragment spreads' };
const operations = {
  query: { location: DirectiveLocation.QUERY, words: 'queries' },
  mutation: { location: DirectiveLocation.MUTATION, words: 'mutations' },
  subscription: { location: DirectiveLocation.SUBSCRIPTION, words: 'subscriptions' },
};

function placeOf(
  target: ASTNode | undefined,
): { readonly location: DirectiveLocation; readonly words: string } | undefined {
  if (target?.kind === Kind.FIELD) return { location: DirectiveLocation.FIELD, words: 'fields' };
  if (target?.kind === Kind.INLINE_FRAGMENT) return inlineFragment;
  if (target?.kind === Kind.FRAGMENT_SPREAD) return spread;
  return target?.kind === Kind.OPERATION_DEFINITION ? operations[target.operation] : undefined;
}

/** Reports an error with the platform's code, and its path in the platform's form. */
export function report(
  context: ValidationContext,
  ancestors: Ancestors,
  node: ASTNode,
  code: string,
  message: string,
  more: Readonly<Record<string, unknown>>,
): void {
  const path = rubyPath(ancestors, node);
  context.reportError(new GraphQLError(message, { nodes: node, extensions: { code, ...more, rubyPath: path } }));
}
