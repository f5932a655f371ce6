import type { GraphQLResolveInfo } from 'graphql';
import { gid } from '../gid.ts';
import type { Context } from '../graphql/context.ts';
import { userError } from '../mutations/user-error.ts';
import { numberOf } from '../queries/lookup.ts';
import { unsupported } from '../unsupported.ts';
import type { View } from '../views/views.ts';
import { bulkMutation, bulkQuery } from './query-rules.ts';
import { isOver, statusAt, type UploadRecord } from './records.ts';
import { mutationParts } from './run-mutation.ts';
import { queryParts } from './run-query.ts';
import { bulkView } from './view.ts';

// Five of a kind at one time from 2026-01 on, one before. shopify.dev, bulk operations, read 2026-11-23.
const atOnce = (version: string) => (version >= '2026-01' ? 5 : 1);

/** Begins to write what a query finds into a file. */
export function bulkOperationRunQuery(
  args: { readonly query: string; readonly groupObjects: boolean },
  context: Context,
  info: GraphQLResolveInfo,
): View {
  const read = bulkQuery(info.schema, args.query);
  if (typeof read === 'string') return refused(userError(['query'], read, 'INVALID'));
  if (context.isOnline) {
    return refused(userError(null, 'Bulk queries cannot be run with an online access token.', 'INVALID'));
  }
  const busy = tooMany(context, 'QUERY');
  if (busy) return refused(busy);
  const record = context.bulk.start(
    { type: 'QUERY', query: args.query, clientIdentifier: undefined, grouped: args.groupObjects },
    () => queryParts(info.schema, read, info.rootValue, { ...context, inBulk: true, searches: [] }),
  );
  return { bulkOperation: bulkView(record, context), userErrors: [] };
}

/** Begins to run a mutation for each line of a file that was uploaded. */
export function bulkOperationRunMutation(
  args: {
    readonly mutation: string;
    readonly stagedUploadPath: string;
    readonly clientIdentifier?: string | null;
    readonly groupObjects?: boolean | null;
  },
  context: Context,
  info: GraphQLResolveInfo,
): View {
  const read = bulkMutation(info.schema, args.mutation);
  if (typeof read === 'string') return refused(userError(['mutation'], read, 'INVALID_MUTATION'));
  const { clientIdentifier: identifier } = args;
  if (identifier != null && (identifier.length < 10 || identifier.length > 255)) {
    const message = 'Client identifier must be between 10 and 255 characters long.';
    return refused({ ...userError(['clientIdentifier'], message), code: 'INVALID_MUTATION' });
  }
  const text = context.shop.store.uploads.get(args.stagedUploadPath)?.text;
  if (text === undefined) {
    const message =
      "The JSONL file could not be found. Try uploading the file again, and check that you've entered the URL correctly for the stagedUploadPath mutation argument.";
    return refused(userError(null, message, 'NO_SUCH_FILE'));
  }
  if (text.trim() === '') {
    return refused(userError(null, 'The JSONL file is empty.', 'INVALID_STAGED_UPLOAD_FILE'));
  }
  const busy = tooMany(context, 'MUTATION');
  if (busy) return refused(busy);
  const record = context.bulk.start(
    { type: 'MUTATION', query: args.mutation, clientIdentifier: identifier ?? undefined, grouped: true },
    () => mutationParts(info.schema, read, info.rootValue, { ...context, inBulk: true }, text),
  );
  return { bulkOperation: bulkView(record, context), userErrors: [] };
}

/** Begins to end work. What it has written so far can be fetched. */
export function bulkOperationCancel({ id }: { readonly id: string }, context: Context): View {
  const record = context.shop.store.bulkOperations.get(numberOf(id, 'BulkOperation'));
  if (!record) return refused(userError(['id'], 'Bulk operation does not exist'));
  if (isOver(record)) {
    const status = statusAt(record, context.shop.store.clock.now());
    const message = `A bulk operation cannot be canceled when it is ${status.toLowerCase()}`;
    return {
      bulkOperation: bulkView(record, context),
      userErrors: [userError(null, message)],
    };
  }
  context.bulk.cancel(record);
  return { bulkOperation: bulkView(record, context), userErrors: [] };
}

type UploadWish = {
  readonly filename: string;
  readonly mimeType: string;
  readonly resource: string;
  readonly httpMethod?: string | null;
};

// How long an address for an upload is good is not documented.
const uploadMs = 24 * 60 * 60 * 1000;

/** Says where files can be uploaded, and with which fields of a form. */
export function stagedUploadsCreate({ input }: { readonly input: readonly UploadWish[] }, context: Context): View {
  const { store } = context.shop;
  for (const { resource, httpMethod } of input) {
    if (resource !== 'BULK_MUTATION_VARIABLES') throw unsupported(`uploads of ${resource}`);
    if (httpMethod !== 'POST') throw unsupported('uploads of BULK_MUTATION_VARIABLES by PUT');
  }
  const problems = input.flatMap(({ mimeType }, index) =>
    mimeType === 'text/jsonl'
      ? []
      : [userError(['input', String(index), 'mimeType'], `${mimeType} is not a recognized format`)],
  );
  if (problems.length > 0) return { stagedTargets: null, userErrors: problems };
  const stagedTargets = input.map(({ mimeType }) => {
    const key = `tmp/74837590421/bulk/${store.uuid()}/bulk_op_vars`;
    const stamp = new Date(store.clock.now()).toISOString().replace(/[-:]|\.\d{3}/g, '');
    const parameters = [
      ['key', key],
      ['Content-Type', mimeType],
      ['success_action_status', '201'],
      ['acl', 'private'],
      ['x-goog-date', stamp],
      ['x-goog-credential', `fake@fake-uploads.example/${stamp.slice(0, 8)}/auto/storage/goog4_request`],
      ['x-goog-algorithm', 'GOOG4-RSA-SHA256'],
      ['x-goog-signature', store.uuid().replaceAll('-', '')],
      ['policy', btoa(JSON.stringify({ conditions: [{ key }] }))],
    ].map(([name = '', value = '']) => ({ name, value }));
    const record: UploadRecord = { key, parameters, until: store.clock.now() + uploadMs, text: undefined };
    store.uploads.set(key, record);
    return { url: context.storage.uploadUrl, resourceUrl: null, parameters };
  });
  return { stagedTargets, userErrors: [] };
}

function tooMany({ bulk, version }: Context, type: 'QUERY' | 'MUTATION') {
  const running = bulk.running(type);
  if (running.length < atOnce(version)) return undefined;
  const ids = running.map(({ id }) => gid('BulkOperation', id)).join(', ');
  const message = `A bulk ${type.toLowerCase()} operation for this app and shop is already in progress: ${ids}.`;
  return userError(null, message, 'OPERATION_IN_PROGRESS');
}

function refused(problem: View): View {
  return { bulkOperation: null, userErrors: [problem] };
}
