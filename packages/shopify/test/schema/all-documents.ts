import { readdirSync } from 'node:fs';
import { Kind, parse, type DocumentNode, type OperationDefinitionNode } from 'graphql';
import * as z from 'zod';
import type { GraphQLDocument } from '../../src/documents/document.ts';

const folder = new URL('../../src/documents/', import.meta.url);
const documentSchema = z.object({ name: z.string(), text: z.string(), answer: z.instanceof(z.ZodType) });

/** A document that the connector can send, where it is from and what it says. */
export interface KnownDocument extends Omit<GraphQLDocument, 'name'> {
  readonly name: string;
  readonly file: string;
  readonly tree: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

/** Every document there is: whatever any file of the folder exports. */
export async function allDocuments(): Promise<readonly KnownDocument[]> {
  const files = readdirSync(folder).filter((file) => /^[a-z-]+\.ts$/.test(file));
  const found: KnownDocument[] = [];
  for (const file of files.toSorted()) {
    const exported: Readonly<Record<string, unknown>> = await import(new URL(file, folder).href);
    for (const value of Object.values(exported)) {
      const parsed = documentSchema.safeParse(value);
      if (parsed.success) found.push({ ...parsed.data, file: file.replace(/\.ts$/, ''), ...read(parsed.data.text) });
    }
  }
  return found;
}

function read(text: string): Pick<KnownDocument, 'tree' | 'operation'> {
  const tree = parse(text);
  const [operation, ...others] = tree.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION || others.length > 0) throw new Error('One operation a document.');
  return { tree, operation };
}
