import type { StoreSet } from '@crossdock/core';
import { but, memo, type BrokenStores } from './but.ts';

const sequences = (part: (store: StoreSet['sequences']) => Partial<StoreSet['sequences']>) =>
  but((set) => ({ sequences: { ...set.sequences, ...part(set.sequences) } }));

/** One store broken a law. */
export const brokenSequences: BrokenStores = {
  'sequences/newer-same-and-older': sequences((store) => {
    const asked = memo<number>();
    return {
      async advance(name, state) {
        const times = (asked.get(name) ?? 0) + 1;
        asked.set(name, times);
        const answer = await store.advance(name, state);
        return answer === 'same' && times === 2 ? 'newer' : answer;
      },
    };
  }),
  'sequences/names-are-apart': sequences((store) => ({
    advance: (name, state) => store.advance(name.split('/')[0] ?? name, state),
  })),
  'sequences/one-moment-however-it-is-written': sequences((store) => ({
    advance: (name, { at, mark }) =>
      store.advance(name, { at: at.includes('.') ? at : at.replace('Z', '.999Z'), mark }),
  })),
  'sequences/marks-decide-in-byte-order': sequences((store) => ({
    // The order of JavaScript, in which a character beyond the basic plane stands before its end.
    advance: (name, { at, mark }) => store.advance(name, { at, mark: hexOf(mark) }),
  })),
  'sequences/every-order-ends-with-the-same': sequences((store) => {
    const asked = memo<number>();
    const forgotten = new Set<string>();
    return {
      async advance(name, state) {
        const times = (asked.get(name) ?? 0) + 1;
        asked.set(name, times);
        const answer = await store.advance(forgotten.has(name) ? `${name}/again` : name, state);
        // From the fifth order on, the fourth state wins over a later one.
        if (answer !== 'older' || times !== 4 || !(Number(name.split('/')[1]) > 4)) return answer;
        forgotten.add(name);
        return store.advance(`${name}/again`, state);
      },
    };
  }),
  'sequences/crowd-ends-with-the-last': sequences((store) => {
    let underWay = 0;
    return {
      async advance(name, state) {
        if (underWay > 5) return 'newer';
        underWay++;
        return store.advance(name, state).finally(() => underWay--);
      },
    };
  }),
};

/** Each unit of the text as four digits, whose byte order is JavaScript's order of the text. */
function hexOf(text: string): string {
  return Array.from({ length: text.length }, (_, index) => text.charCodeAt(index).toString(16).padStart(4, '0')).join(
    '',
  );
}
