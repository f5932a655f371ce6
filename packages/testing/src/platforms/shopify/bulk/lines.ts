/** Collects lines of JSON into pieces of some size. */
export interface Lines {
  readonly add: (line: unknown) => void;
  /** Everything so far, and its size in bytes. */
  readonly take: () => { readonly pieces: readonly Uint8Array[]; readonly size: number };
}

const pieceSize = 64 * 1024;

/** Makes an empty file. Slashes are escaped, as the platform writes them. Recorded on API 2026-04. */
export function jsonLines(): Lines {
  const encoder = new TextEncoder();
  const pieces: Uint8Array[] = [];
  let waiting: string[] = [];
  let length = 0;
  let size = 0;
  const flush = () => {
    if (waiting.length === 0) return;
    const piece = encoder.encode(waiting.join(''));
    pieces.push(piece);
    size += piece.length;
    waiting = [];
    length = 0;
  };
  return {
    add(line) {
      const text = `${JSON.stringify(line).replaceAll('/', '\\/')}\n`;
      waiting.push(text);
      length += text.length;
      if (length >= pieceSize) flush();
    },
    take() {
      flush();
      return { pieces: [...pieces], size };
    },
  };
}
