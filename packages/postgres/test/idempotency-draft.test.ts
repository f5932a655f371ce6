import { describeDraft } from '../../core/test/idempotency/describe-draft.ts';
import { freshStores } from './fresh-stores.ts';

describeDraft('stores in PostgreSQL', (clock) => freshStores({ clock }));
