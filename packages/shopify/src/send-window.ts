import { anySignal, CommerceError, withFence, type Clock } from '@crossdock/core';

/** The time in which requests of one attempt may go out, measured from before it was noted. */
export interface SendWindow {
  /** Checked just before each request goes out. What is under way when the time is up comes to its own end. */
  readonly signal: AbortSignal;
  /** Whether there is time enough to begin. */
  isFresh(): boolean;
  /** Whether a request was held back because the time was up. */
  hasStopped(): boolean;
}

const sendMs = 45_000;
/** What is begun later has too little time left for Shopify's "too many". */
const freshMs = 15_000;
/** Shopify's moments are whole seconds. */
const roundingMs = 2000;

/** By our own clock, and by that of its two readings that went further: neither setting it nor sleep prolongs anything. */
export function sendWindow(clock: Clock, caller: AbortSignal | undefined): SendWindow {
  const elapsed = () => clock.elapsed?.() ?? clock.now();
  const begun = { elapsed: elapsed(), now: clock.now() };
  const passedMs = () => Math.max(elapsed() - begun.elapsed, clock.now() - begun.now);
  const over = new AbortController();
  const fenced = withFence(over.signal, () => {
    if (passedMs() >= sendMs) over.abort(new CommerceError({ code: 'call.aborted', message: late }));
  });
  return {
    signal: caller ? anySignal([caller, fenced]) : fenced,
    isFresh: () => passedMs() < freshMs,
    hasStopped: () => over.signal.aborted,
  };
}

/**
 * How long whoever else wants to write has to wait after an attempt was noted: until nothing of it goes out any more, the last
 * request has been given up, and Shopify has had that time once more to carry it out.
 */
export function leaseMsOf(timeoutMs: number): number {
  return sendMs + 2 * timeoutMs + roundingMs;
}

const late = `A request was not sent: its attempt was noted more than ${sendMs} ms ago. Note it anew.`;
