import { fakeShopify } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { ask } from './ask.ts';

const set = `mutation M($metafields: [MetafieldsSetInput!]!) {
  metafieldsSet(metafields: $metafields) { metafields { id } userErrors { field code message } }
}`;

function written() {
  const platform = fakeShopify();
  const { id: ownerId } = platform.state.addCustomer({ email: 'ada@example.com' });
  const field = { ownerId, namespace: 'erp', key: 'ledger' };
  const write = async (type: string, value: string) =>
    (await ask(platform, set, { metafields: [{ ...field, type, value }] })).at('metafieldsSet');
  const kept = () => platform.state.metafields(ownerId);
  return { platform, ownerId, field, write, kept };
}

/** A JSON text of so many bytes. */
const json = (bytes: number) => JSON.stringify('x'.repeat(bytes - 2));

describe('a metafield', () => {
  it.each([
    ['json', json(131_072), json(131_073)],
    ['multi_line_text_field', 'x'.repeat(65_536), 'x'.repeat(65_537)],
    ['multi_line_text_field', 'é'.repeat(32_768), 'é'.repeat(32_769)],
    ['id', 'x'.repeat(2048), 'x'.repeat(2049)],
    ['list.json', `[${json(131_072)}]`, `[{"a":${json(131_072)}}]`],
    ['list.number_integer', JSON.stringify(Array(128).fill(1)), JSON.stringify(Array(129).fill(1))],
  ])('of the type %s has a greatest size', async (type, most, more) => {
    const { write, kept } = written();
    expect(await write(type, more)).toMatchObject({
      metafields: null,
      userErrors: [{ field: ['metafields', '0', 'value'], code: 'TOO_LONG' }],
    });
    expect(kept()).toEqual([]);
    expect(await write(type, most)).toMatchObject({ userErrors: [] });
    expect(kept()).toMatchObject([{ value: most }]);
  });

  it('has it too when it is written with its owner', async () => {
    const { platform, ownerId, field, kept } = written();
    const { ownerId: _owner, ...wish } = field;
    const answer = await ask(
      platform,
      'mutation C($input: CustomerInput!) { customerUpdate(input: $input) { userErrors { field message } } }',
      { input: { id: ownerId, metafields: [{ ...wish, type: 'json', value: json(3_000_000) }] } },
    );
    expect(answer.at('customerUpdate', 'userErrors', 0, 'field')).toEqual(['metafields', '0', 'value']);
    expect(kept()).toEqual([]);
  });
});
