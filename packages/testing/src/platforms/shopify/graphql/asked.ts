import { getOperationAST, Kind, parse } from 'graphql';
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
    const operation = getOperationAST(parse(asked.query), asked.operationName);
    const field = operation?.selectionSet.selections.find((each) => each.kind === Kind.FIELD);
    return field?.kind === Kind.FIELD ? field.name.value : 'unknown';
  } catch {
    return 'unknown';
  }
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
