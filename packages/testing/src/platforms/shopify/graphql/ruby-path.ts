import { Kind, type ASTNode } from 'graphql';

/** Where a validation error stands, as the platform writes it: `["query Orders", "orders", "nodes", "colour"]`. */
export function rubyPath(ancestors: readonly (ASTNode | readonly ASTNode[])[], node: ASTNode): readonly string[] {
  return [...ancestors, node].flatMap((each) => ('kind' in each ? stepOf(each) : []));
}

function stepOf(node: ASTNode): string[] {
  switch (node.kind) {
    case Kind.OPERATION_DEFINITION:
      return [node.name ? `${node.operation} ${node.name.value}` : node.operation];
    case Kind.FRAGMENT_DEFINITION:
      return [`fragment ${node.name.value}`];
    case Kind.INLINE_FRAGMENT:
      return [node.typeCondition ? `... on ${node.typeCondition.name.value}` : '...'];
    case Kind.FRAGMENT_SPREAD:
      return [`... ${node.name.value}`];
    case Kind.FIELD:
      return [(node.alias ?? node.name).value];
    case Kind.ARGUMENT:
    case Kind.OBJECT_FIELD:
      return [node.name.value];
    default:
      return [];
  }
}

/** How an operation is called in messages. */
export function operationName(node: {
  readonly operation: string;
  readonly name?: { readonly value: string } | undefined;
}): string {
  return node.name?.value ?? `anonymous ${node.operation}`;
}
