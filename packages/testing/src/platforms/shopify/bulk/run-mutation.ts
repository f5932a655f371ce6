import { defaultFieldResolver, execute, type GraphQLSchema } from 'graphql';
import { guardedBy } from '../graphql/answer.ts';
import type { Context } from '../graphql/context.ts';
import { variableErrors } from '../graphql/variables.ts';
import { seededRandom } from '../../../fake/random.ts';
import type { Part } from './office.ts';
import type { BulkDocument } from './query-rules.ts';

/** Lines that are worked on before the clock goes on. */
const partSize = 50;

/** Runs a mutation once for each line of a file. What a line got stands in its own line, with the line's number from 0. */
export async function* mutationParts(
  schema: GraphQLSchema,
  document: BulkDocument,
  rootValue: unknown,
  context: Context,
  text: string,
): AsyncGenerator<Part> {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  // Not in the order of the lines. Recorded on API 2026-04.
  const order = mixed(lines.length);
  for (let from = 0; from < order.length; from += partSize) {
    const groups: Part['groups'][number][] = [];
    for (const number of order.slice(from, from + partSize)) {
      const answer = await one(schema, document, rootValue, context, lines[number] ?? '');
      groups.push([{ ...answer, __lineNumber: number }]);
    }
    yield { groups };
  }
}

async function one(
  schema: GraphQLSchema,
  { document, operation }: BulkDocument,
  rootValue: unknown,
  context: Context,
  line: string,
): Promise<Readonly<Record<string, unknown>>> {
  const variables = variablesIn(line);
  // What a line that is no JSON gets is not documented.
  if (!variables) return { errors: [{ message: 'The line is no JSON object.' }] };
  const coercion = variableErrors(schema, operation, variables);
  if (coercion.length > 0) return { errors: coercion.map(({ message, extensions }) => ({ message, extensions })) };
  const { data, errors } = await execute({
    schema,
    document,
    rootValue,
    contextValue: { ...context, rawVariables: variables, searches: [] },
    variableValues: variables,
    fieldResolver: guardedBy(defaultFieldResolver),
  });
  return {
    ...(data === undefined ? {} : { data }),
    ...(errors ? { errors: errors.map(({ message, path, extensions }) => ({ message, path, extensions })) } : {}),
  };
}

function variablesIn(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const read: unknown = JSON.parse(line);
    return typeof read === 'object' && read !== null && !Array.isArray(read)
      ? Object.fromEntries(Object.entries(read))
      : undefined;
  } catch {
    return undefined;
  }
}

/** The numbers from 0, near their places but not in them. */
function mixed(count: number): readonly number[] {
  const random = seededRandom(count);
  return Array.from({ length: count }, (_, number) => ({ number, place: number + random() * 10 }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ number }) => number);
}
