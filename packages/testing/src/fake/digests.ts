/** What is hashed, signed and unsealed in this process. */
export interface Digests {
  /** How many of them are under way. */
  readonly underWay: number;
  /** The digest of nothing, which is not counted. */
  turn(): Promise<unknown>;
}

/** Every clock of a process counts the same digests, also one of another copy of this file. */
const mark = Symbol.for('crossdock.digests');
const counted = ['digest', 'sign', 'verify', 'importKey', 'generateKey', 'deriveBits', 'encrypt', 'decrypt'] as const;
const nothing = new Uint8Array();

/**
 * Counts what is under way in `crypto.subtle`, from the first call on. Its work is done on threads of which each may be held
 * up for any time, so whoever sends a digest after another one does not learn from it that the other one is done.
 */
export function digests(subtle: SubtleCrypto & { [mark]?: Digests } = crypto.subtle): Digests {
  const known = subtle[mark];
  if (known) return known;
  const plain = subtle.digest.bind(subtle);
  const made = { underWay: 0, turn: () => plain('SHA-256', nothing) };
  for (const name of counted) {
    const work: unknown = subtle[name];
    if (typeof work === 'function') define(subtle, name, counting(subtle, work, made));
  }
  define(subtle, mark, made);
  return made;
}

function counting(subtle: SubtleCrypto, work: Function, made: { underWay: number }) {
  return async (...given: readonly unknown[]): Promise<unknown> => {
    made.underWay++;
    try {
      return await Reflect.apply(work, subtle, given);
    } finally {
      made.underWay--;
    }
  };
}

function define(subtle: SubtleCrypto, name: string | symbol, value: unknown): void {
  Object.defineProperty(subtle, name, { value, configurable: true, writable: true, enumerable: false });
}
