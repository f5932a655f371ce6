import fc from 'fast-check';
import pg from 'pg';
import { describe, expect, inject, it } from 'vitest';
import { fromStoredRow, toStoredValue } from '../src/stored-text.ts';
import { freshSchema, freshStores } from './fresh-stores.ts';

const texts = fc.string({
  unit: fc.oneof(
    fc.constantFrom('\u{0}', '\u{1}', '\u{2}', '"', '\\', '{', ',', "'", '🚚', 'ß'),
    fc.string({ unit: 'binary', maxLength: 1 }),
  ),
  maxLength: 8,
});
const bytes = (text: string) => Buffer.from(text, 'utf8');

describe('texts that PostgreSQL does not keep', () => {
  it('are kept as others, which say which they were and stand in the same order', () => {
    fc.assert(
      fc.property(texts, texts, (one, other) => {
        const [kept, beside] = [String(toStoredValue(one)), String(toStoredValue(other))];
        expect(kept).not.toContain('\u{0}');
        expect(fromStoredRow({ text: kept })).toEqual({ text: one });
        expect(Math.sign(Buffer.compare(bytes(kept), bytes(beside)))).toBe(
          Math.sign(Buffer.compare(bytes(one), bytes(other))),
        );
      }),
      { numRuns: 3000 },
    );
  });

  it('come back as they were from every store', { timeout: 60_000 }, async () => {
    const stores = await freshStores();
    const at = '2026-11-01T00:00:00Z';
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(texts, { minLength: 3, maxLength: 3 }), async ([a = '', b = '', c = '']) => {
        const name = `${a}/${crypto.randomUUID()}`;
        const ref = { system: name, kind: 'order', id: a } as const;
        const details = { [b]: [a, { [c]: b }] };
        await stores.cursors.advance(name, undefined, b);
        expect(await stores.cursors.read(name)).toBe(b);
        await stores.inbox.put({ system: name, deliveryId: a, topic: b, body: c, receivedAt: at });
        expect(await stores.inbox.get(name, a)).toEqual({
          system: name,
          deliveryId: a,
          topic: b,
          body: c,
          receivedAt: at,
        });
        expect(await stores.inbox.get(name, b)).toBeUndefined();
        await stores.audit.append({ at, actor: a, action: b, refs: [ref, { ...ref, id: b }], details });
        expect(await stores.audit.list({ ...ref, id: b }, 1)).toEqual([
          { at, actor: a, action: b, refs: [ref, { ...ref, id: b }], details },
        ]);
        await stores.links.attach({ ...ref, id: b }, ref);
        expect(await stores.links.children(ref, name, 'order')).toEqual([{ ...ref, id: b }]);
        const run = { id: name, flow: a, version: 1, key: b, event: details, state: 'open', startedAt: at } as const;
        await stores.runs.start(run);
        await stores.runs.writeStep(name, b, details);
        expect(await stores.runs.get(name)).toEqual(run);
        expect(await stores.runs.steps(name)).toEqual(new Map([[b, details]]));
        const begun = await stores.idempotency.begin(name, a, 60_000);
        if (begun.state === 'started') await stores.idempotency.finish(name, begun.lease, details);
        expect(await stores.idempotency.begin(name, a, 60_000)).toEqual({ state: 'done', result: details });
        await stores.shared.update(name, () => ({ next: details, result: undefined }));
        expect(await stores.shared.update(name, (state) => ({ result: state }))).toEqual(details);
      }),
      { numRuns: 60 },
    );
    await stores.close();
  });

  it('of half a character are refused, and a unit goes on without them', async () => {
    const stores = await freshStores();
    await stores.atomically(async (inside) => {
      await expect(inside.cursors.advance('half \u{d800}', undefined, 'a')).rejects.toMatchObject({
        code: 'record.invalid',
      });
      await inside.cursors.advance('whole', undefined, 'a');
    });
    expect(await stores.cursors.read('whole')).toBe('a');
    await stores.close();
  });
});

it('moments come back as the texts that they were', async () => {
  const stores = await freshStores();
  const receivedAt = '2026-11-01T00:00:00.123456+02:00';
  await stores.inbox.put({ system: 's', deliveryId: 'd', topic: 't', body: '', receivedAt });
  expect(await stores.inbox.get('s', 'd')).toMatchObject({ receivedAt });
  await stores.close();
});

it('texts are compared byte by byte, whatever the language of the database', async () => {
  const connectionString = inject('postgres');
  const admin = new pg.Client({ connectionString });
  await admin.connect();
  const database = `d_${freshSchema()}`;
  await admin.query(`create database ${database} template template0 locale_provider icu icu_locale 'de' locale 'C'`);
  const elsewhere = new URL(connectionString);
  elsewhere.pathname = `/${database}`;
  const stores = await freshStores({ connectionString: elsewhere.href });
  const at = '2026-11-01T00:00:00Z';
  const marks = ['a', 'B', 'ä', 'Z', '_', '🚚', '～'];
  for (const mark of marks) await stores.sequences.advance('s', { at, mark });
  expect(await stores.sequences.advance('s', { at, mark: '🚚' })).toBe('same');
  await stores.close();
  await admin.query(`drop database ${database}`);
  await admin.end();
});
