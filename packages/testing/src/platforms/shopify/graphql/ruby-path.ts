import { Kind, type ASTNode } from 'graphql';

/** Where a validation error stands, as the platform writes it: `["query Orders", "orders", "nodes", "colour"]`. */
export function rubyPath(ancestors: readonly (ASTNode | readonly ASTNode[])[], node: ASTNode): readonly string[] {
  return [...ancestors, node].flatMap((each) => ('kind' in each ? stepOf(each) : []));
}

function stepOf(node: ASTNode): string[] {
  if (node.kind === Kind.OPERATION_DEFINITION) {
    return [node.name ? `${node.operation} ${node.name.value}` : node.operation];
  }
  if (node.kind === Kind.FRAGMENT_DEFINITION) return [`fragment ${node.name.value}`];
  if (node.kind === Kind.FRAGMENT_SPREAD) return [`... ${node.name.value}`];
  if (node.kind === Kind.INLINE_FRAGMENT) {
    return [node.typeCondition ? `... on ${node.typeCondition.name.value}` : '...'];
  }
  if (node.kind === Kind.FIELD) return [(node.alias ?? node.name).value];
  return node.kind === Kind.ARGUMENT || node.kind === Kind.OBJECT_FIELD ? [node.name.value] : [];
}

/** How an operation is called in messages. */
export function operationName(node: {
  readonly operation: string;
  readonly name?: { readonly value: string } | undefined;
}): string {
  return node.name?.value ?? `anonymous ${node.operation}`;
}
