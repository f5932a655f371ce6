import { lackingNames } from './graphql/lacking.ts';
import { mutationRoot } from './mutations/mutations.ts';
import { queryRoot } from './queries/queries.ts';

/**
 * Every name that a call can have in the journal and for a fault: the root fields, those too that the fake does not know and
 * only refuses, the doors beside the API, and what asks for nothing that has a name.
 */
export const operationNames: ReadonlySet<string> = new Set([
  ...Object.keys(queryRoot),
  ...Object.keys(mutationRoot),
  ...lackingNames('QueryRoot'),
  ...lackingNames('Mutation'),
  'oauth.token',
  'bulk.download',
  'bulk.upload',
  'unknown',
]);
