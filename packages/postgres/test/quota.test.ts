import { inject } from 'vitest';
import { describeQuota } from '../../core/test/quota/describe-quota.ts';
import { freshSchema } from './fresh-stores.ts';

describeQuota('PostgreSQL', {
  newPlace: () => ({
    module: new URL('postgres-place.ts', import.meta.url).href,
    where: JSON.stringify({ connectionString: inject('postgres'), schema: freshSchema() }),
  }),
});
