import { inject } from 'vitest';
import { describeFencing } from '../../core/test/fencing/describe-fencing.ts';
import { describeKilledWrite } from '../../core/test/fencing/describe-killed-write.ts';
import { freshSchema } from './fresh-stores.ts';

const newPlace = () => ({
  module: new URL('postgres-place.ts', import.meta.url).href,
  where: JSON.stringify({ connectionString: inject('postgres'), schema: freshSchema() }),
});

describeFencing('PostgreSQL', { newPlace });
describeKilledWrite('PostgreSQL', { newPlace });
