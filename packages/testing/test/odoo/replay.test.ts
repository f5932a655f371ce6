import { describe, expect, it } from 'vitest';
import { at, call } from './client.ts';
import { preparations } from './preparations.ts';
import { playLegacy, recordedWorld, replayer, samples } from './replay.ts';
import { unserved } from './unserved.ts';

interface Known {
  /** Flow and number of the exchange. */
  readonly exchange: string;
  /** Where in the answer. */
  readonly what: string;
  readonly why: string;
}

const form = 'Only a browser reads what the window looks like.';
const loaded = 'The recorded server had been through a load test.';

/** Where the fake answers otherwise, and why. A line that is not true any more fails. */
const known: readonly Known[] = [
  { exchange: 'wire 4', what: 'answer', why: 'The recorded database had another number of contacts.' },
  { exchange: 'wire 11', what: 'answer', why: 'As above.' },
  { exchange: 'stock 20', what: 'status', why: 'An onchange is served for order lines only, for their price.' },
  { exchange: 'stock 21', what: 'status', why: 'What a form is filled with is not served.' },
  { exchange: 'variants 14', what: 'status', why: 'As for the onchange above.' },
  { exchange: 'invoice 8', what: 'answer.message', why: 'The advice to users after the first sentence is left out.' },
  ...['tax 5', 'invoice 5', 'cancel 42'].flatMap((exchange) =>
    ['mobile_view_mode', 'limit', 'group_ids', 'search_view_id', 'embedded_action_ids', 'filter', 'cache'].map(
      (field) => ({ exchange, what: `answer.${field}`, why: form }),
    ),
  ),
  { exchange: 'values 10', what: 'answer.length', why: loaded },
  { exchange: 'values 13', what: 'answer[0].name', why: loaded },
  { exchange: 'values 13', what: 'answer[1].name', why: loaded },
  { exchange: 'values 23', what: 'answer', why: loaded },
  { exchange: 'values 33', what: 'answer[0].price_unit', why: loaded },
  { exchange: 'values 38', what: 'answer', why: loaded },
];

const isKnown = (place: string) => known.some(({ exchange, what }) => place === `${exchange} ${what}`);

interface Part {
  readonly flow: string;
  readonly at?: string;
  readonly from?: number;
  readonly to?: number;
}

async function differences(parts: readonly Part[]) {
  const odoo = recordedWorld();
  const player = replayer(odoo);
  const found = new Map<string, string>();
  for (const { flow, at: moment, from = 0, to = Infinity } of parts) {
    if (moment !== undefined) await odoo.clock.advance(Date.parse(`2026-11-23T${moment}Z`) - odoo.clock.now());
    for (const recorded of samples(flow)) {
      if (recorded.n < from || recorded.n > to) continue;
      await preparations[`${flow} ${recorded.n}`]?.(odoo, player);
      for (const { n, what, recorded: was, answered } of await player.play(recorded)) {
        found.set(`${flow} ${n} ${what}`, `recorded ${JSON.stringify(was)}, answered ${JSON.stringify(answered)}`);
      }
    }
  }
  return {
    unexpected: Object.fromEntries([...found].filter(([place]) => !isKnown(place))),
    expected: [...found.keys()].filter(isKnown).toSorted(),
  };
}

const knownIn = (...flows: readonly string[]) =>
  known
    .filter(({ exchange }) => flows.includes(exchange.split(' ')[0] ?? ''))
    .map(({ exchange, what }) => `${exchange} ${what}`)
    .toSorted();

describe('fake Odoo 19 against recorded exchanges', () => {
  it('answers wire questions with the recorded statuses, names and messages', async () => {
    const { unexpected, expected } = await differences([{ flow: 'wire' }]);

    expect(unexpected).toEqual({});
    expect(expected).toEqual(knownIn('wire'));
  });

  it('goes through a year of a shop as recorded: catalogue, orders, taxes, stock, shipping, invoices, cancelling, imports', async () => {
    const flows = [
      'order',
      'tax',
      'stock',
      'delta',
      'ship',
      'lots',
      'invoice',
      'cancel',
      'load',
      'extid',
      'quant0',
      'picked',
      'values',
    ];
    const { unexpected, expected } = await differences([
      { flow: 'master', to: 20 },
      { flow: 'catalog', to: 14, at: '12:34:22' },
      { flow: 'master', from: 21, to: 23 },
      { flow: 'order', at: '12:35:03' },
      { flow: 'tax', at: '12:36:11' },
      ...flows.slice(2).map((flow) => ({ flow })),
    ]);

    expect(unexpected).toEqual({});
    expect(expected).toEqual(knownIn(...flows));
  });

  it('has none of the fields that are left out of questions', async () => {
    const odoo = recordedWorld();
    for (const [model, left] of Object.entries(unserved)) {
      const { body } = await call(odoo, `${model}.fields_get`);
      expect(left.filter((field) => at(body, field) !== undefined)).toEqual([]);
    }
  });

  it('prices, delivers and varies products as recorded on a second database', async () => {
    const { unexpected, expected } = await differences([
      { flow: 'master', from: 28, to: 35 },
      { flow: 'catalog', from: 15 },
      { flow: 'master', from: 36 },
      { flow: 'variants' },
    ]);

    expect(unexpected).toEqual({});
    expect(expected).toEqual(knownIn('variants'));
  });

  it.each(samples('wire-legacy').map((recorded) => [recorded.label ?? '', recorded.n, recorded] as const))(
    'answers JSON-RPC as recorded: %s (%i)',
    async (_label, _n, recorded) => {
      const odoo = recordedWorld();
      // What was there before in the recording: contacts up to id 11.
      for (let contact = odoo.state.partners.length; contact < 11; contact++) odoo.state.addPartner({ name: 'A' });
      if (recorded.label === 'create list') odoo.state.addPartner({ name: 'J1' });

      const difference = await playLegacy(odoo, recorded);

      // Which contacts come first depends on their names: that they are two of those that are there is all that counts.
      const expected = recorded.label === 'search' ? ['search', twoOf(11), twoOf(11)] : [];
      expect(difference).toEqual(expected);
    },
  );
});

/** The answer of JSON-RPC with the ids of two of so many records. */
function twoOf(records: number): unknown {
  const id = expect.toSatisfy((one: unknown) => Number.isInteger(one) && Number(one) >= 1 && Number(one) <= records);
  return { jsonrpc: '2.0', id: 7, result: [id, id] };
}
