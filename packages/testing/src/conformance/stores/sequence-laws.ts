import { answers, lawsOf } from './store-law.ts';

const early = '2026-11-01T00:00:00.000Z';
const late = '2026-11-01T00:00:01.000Z';
/** In the order of their UTF-8 bytes, which is neither that of a language nor that of JavaScript. */
const marks = ['', 'B', 'BB', 'a', 'z', 'é', '\u{ff5e}', '🚚'];

/** What the store of the latest states promises. */
export const sequenceLaws = lawsOf('sequences', {
  'newer-same-and-older': async ({ stores: { sequences } }) => {
    answers('A first state', await sequences.advance('order/1', { at: early, mark: 'a' }), 'newer');
    answers('The same state', await sequences.advance('order/1', { at: early, mark: 'a' }), 'same');
    answers('A later state', await sequences.advance('order/1', { at: late, mark: '' }), 'newer');
    answers('An earlier state', await sequences.advance('order/1', { at: early, mark: 'b' }), 'older');
    answers('The last one again', await sequences.advance('order/1', { at: late, mark: '' }), 'same');
  },
  'names-are-apart': async ({ stores: { sequences } }) => {
    await sequences.advance('order/1', { at: late, mark: 'a' });
    answers('An earlier state of another', await sequences.advance('order/2', { at: early, mark: 'a' }), 'newer');
  },
  'one-moment-however-it-is-written': async ({ stores: { sequences } }) => {
    await sequences.advance('order/1', { at: '2026-11-01T00:00:00.500Z', mark: 'a' });
    answers(
      'Half a second before',
      await sequences.advance('order/1', { at: '2026-11-01T00:00:00Z', mark: 'b' }),
      'older',
    );
    await sequences.advance('order/1', { at: '2026-11-01T00:00:01Z', mark: 'a' });
    answers('The same moment', await sequences.advance('order/1', { at: late, mark: 'a' }), 'same');
  },
  'marks-decide-in-byte-order': async ({ stores: { sequences } }) => {
    for (const mark of marks) answers(`Mark "${mark}"`, await sequences.advance('up', { at: early, mark }), 'newer');
    await sequences.advance('down', { at: early, mark: marks.at(-1) ?? '' });
    for (const mark of marks.slice(0, -1))
      answers(`Mark "${mark}" after all of them`, await sequences.advance('down', { at: early, mark }), 'older');
  },
  'every-order-ends-with-the-same': async ({ stores: { sequences } }) => {
    const last = { at: late, mark: 'b' };
    const states = [{ at: early, mark: 'z' }, { at: late, mark: 'a' }, { at: late, mark: 'aa' }, last];
    for (const [index, order] of orders(states).entries()) {
      const name = `order/${index}`;
      for (const state of order) await sequences.advance(name, state);
      answers('The last state', await sequences.advance(name, last), 'same');
    }
  },
  'crowd-ends-with-the-last': async ({ stores: { sequences } }) => {
    const moments = Array.from({ length: 30 }, (_, index) => new Date(Date.parse(early) + ((index * 7) % 30)));
    await Promise.all(moments.map((at) => sequences.advance('order/1', { at: at.toISOString(), mark: 'a' })));
    const last = new Date(Date.parse(early) + 29).toISOString();
    answers('The last of them', await sequences.advance('order/1', { at: last, mark: 'a' }), 'same');
  },
});

/** Every order of these. */
function orders<T>(all: readonly T[]): readonly (readonly T[])[] {
  if (all.length < 2) return [all];
  return all.flatMap((first) => orders(all.filter((one) => one !== first)).map((rest) => [first, ...rest]));
}
