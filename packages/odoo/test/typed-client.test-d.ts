import {
  command,
  rowOf,
  recordId,
  optionalText,
  type Command,
  type Context,
  type FieldOf,
  type Many2one,
  type OdooClient,
  type ValuesOf,
} from '@crossdock/odoo';
import { expectTypeOf, it } from 'vitest';
import * as z from 'zod';

declare module '@crossdock/odoo' {
  interface OdooModels {
    'x_library.book': {
      name: string | null;
      pages: number;
      lent: boolean;
      author_id: Many2one | null;
      copy_ids: readonly number[];
    };
  }
}

declare const client: OdooClient;

it('gives the fields that were asked for, as the program declared them', async () => {
  const [book] = await client.searchRead('x_library.book', ['name', 'author_id'], { domain: [], limit: 1 });
  expectTypeOf(book?.name).toEqualTypeOf<string | null | undefined>();
  expectTypeOf(book?.author_id?.id).toEqualTypeOf<number | undefined>();
  expectTypeOf(book?.id).toEqualTypeOf<number | undefined>();
  // @ts-expect-error was not asked for
  void book?.pages;
  const read = await client.read('x_library.book', [1], ['pages', 'copy_ids']);
  expectTypeOf(read[0]?.copy_ids).toEqualTypeOf<readonly number[] | undefined>();
});

it('knows no field that was not declared', () => {
  expectTypeOf<FieldOf<'x_library.book'>>().toEqualTypeOf<'name' | 'pages' | 'lent' | 'author_id' | 'copy_ids'>();
  // @ts-expect-error no such field
  void client.searchRead('x_library.book', ['titel'], { domain: [] });
  // @ts-expect-error no such field
  void client.read('x_library.book', [1], ['titel']);
});

it('takes relations as ids and commands', () => {
  expectTypeOf<ValuesOf<'x_library.book'>['copy_ids']>().toEqualTypeOf<readonly Command[] | undefined>();
  void client.create('x_library.book', [
    { name: 'Odyssey', author_id: 7, copy_ids: [command.create({ shelf: 'A' }), command.link(3)] },
  ]);
  void client.write('x_library.book', [1], { name: null, author_id: null, lent: true });
  // @ts-expect-error a relation is written as an id
  void client.write('x_library.book', [1], { author_id: { id: 7, name: 'Homer' } });
  // @ts-expect-error a bare list of ids says nothing of what to do with them
  void client.write('x_library.book', [1], { copy_ids: [1, 2] });
  // @ts-expect-error no such field
  void client.create('x_library.book', [{ titel: 'Odyssey' }]);
});

it('reads a model that nobody declared, and says nothing of its fields', async () => {
  const [one] = await client.searchRead('x_library.shelf', ['name'], { domain: [] });
  expectTypeOf(one?.name).toEqualTypeOf<unknown>();
  void client.create('x_library.shelf', [{ anything: 1 }]);
});

it('reads rows of schemas as before', async () => {
  const rows = await client.searchRead('x_library.book', rowOf(z.object({ id: recordId, name: optionalText })), {
    domain: [],
  });
  expectTypeOf(rows).toEqualTypeOf<{ id: number; name: string | null }[]>();
});

it('knows what a context is', () => {
  const query = { domain: [] };
  expectTypeOf<Context['allowed_company_ids']>().toEqualTypeOf<readonly number[] | undefined>();
  void client.searchRead('x_library.book', ['name'], query, {
    context: { lang: 'fr_FR', tz: 'UTC', allowed_company_ids: [1, 2], company_id: 1, bin_size: true },
  });
  // @ts-expect-error a list
  void client.searchRead('x_library.book', ['name'], query, { context: { allowed_company_ids: 1 } });
});
