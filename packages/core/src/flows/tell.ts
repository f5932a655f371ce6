import type { EventEmitter } from 'eventemitter3';
import type { Signals } from './integration.ts';

/** Tells whoever listens. A listener that throws is its owner's trouble: what was told is in the stores already. */
export function tell<N extends keyof Signals>(
  signals: EventEmitter<Signals>,
  name: N,
  ...args: EventEmitter.EventArgs<Signals, N>
): void {
  try {
    signals.emit(name, ...args);
  } catch {
    // The work goes on, whatever became of the telling.
  }
}
