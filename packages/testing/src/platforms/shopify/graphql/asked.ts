import { getOperationAST, Kind, parse, type DocumentNode, type SelectionSetNode } from 'graphql';
import type { Asked } from './answer.ts';

/** What a request's body asks; undefined when it is not what the endpoint takes. */
export function askedIn(body: string): Asked | undefined {
  const read = jsonIn(body);
  if (!isObject(read) || typeof read['query'] !== 'string') return undefined;
  const { variables, operationName } = read;
  return {
    query: read['query'],
    variables: isObject(variables) ? variables : {},
    operationName: typeof operationName === 'string' ? operationName : undefined,
  };
}

/** The fake's name for what is asked: the root field, such as `fulfillmentCreate`; `oauth.token` for the token endpoint. */
export function operationOf(pathname: string, body: string): string {
  if (pathname.endsWith('/oauth/access_token')) return 'oauth.token';
  const asked = askedIn(body);
  if (!asked) return 'unknown';
  try {
    const document = parse(asked.query);
    const operation = getOperationAST(document, asked.operationName);
    return (operation && rootFields(document, operation.selectionSet)[0]) ?? 'unknown';
  } catch {
    return 'unknown';
  }
}

/** The names of the root fields, those in fragments too, without what is asked of the schema. */
function rootFields(
  document: DocumentNode,
  { selections }: SelectionSetNode,
  within: readonly string[] = [],
): readonly string[] {
  return selections.flatMap((each): readonly string[] => {
    if (each.kind === Kind.FIELD) return each.name.value.startsWith('__') ? [] : [each.name.value];
    if (each.kind === Kind.INLINE_FRAGMENT) return rootFields(document, each.selectionSet, within);
    const name = each.name.value;
    const fragment = document.definitions.find(
      (definition) => definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === name,
    );
    // A fragment that spreads itself is refused later, and must not keep us here.
    if (fragment?.kind !== Kind.FRAGMENT_DEFINITION || within.includes(name)) return [];
    return rootFields(document, fragment.selectionSet, [...within, name]);
  });
}

function jsonIn(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
