import type { WriteStream } from 'node:tty';

/** What the demo shows while it runs. */
export interface Progress {
  /** `done` of `total` documents have come in; `counts` says where they are, and is asked only when it is shown. */
  show(done: number, total: number, moment: string, counts: () => string): void;
  say(text: string): void;
}

/** A bar that redraws itself on a terminal; plain lines, one every tenth of the way, anywhere else. */
export function progress(out: WriteStream): Progress {
  return out.isTTY ? bar(out) : lines(out);
}

/** Often enough to look alive, seldom enough to cost nothing. */
const redrawMs = 200;

function bar(out: WriteStream): Progress {
  const width = 28;
  let last = '';
  let drawnAt = 0;
  const draw = (text: string) => out.write(`\r\u001b[2K${text}`);
  return {
    show(done, total, moment, counts) {
      const now = performance.now();
      if (now - drawnAt < redrawMs && done !== total) return;
      drawnAt = now;
      const filled = Math.round((done / total) * width);
      last = `${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${done}/${total}  ${moment}  ${counts()}`;
      draw(last.slice(0, Math.max(20, (out.columns || 120) - 1)));
      if (done === total) {
        out.write('\n');
        last = '';
      }
    },
    say(text) {
      draw(`${text}\n`);
      if (last !== '') draw(last.slice(0, Math.max(20, (out.columns || 120) - 1)));
    },
  };
}

function lines(out: WriteStream): Progress {
  let tenth = -1;
  return {
    show(done, total, moment, counts) {
      const now = Math.floor((done / total) * 10);
      if (now === tenth) return;
      tenth = now;
      out.write(`${String(done).padStart(3)}/${total}  ${moment}  ${counts()}\n`);
    },
    say: (text) => void out.write(`${text}\n`),
  };
}
