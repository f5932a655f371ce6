import type { Clock } from '../ports/clock.ts';

export interface RetryBudgetSettings {
  readonly clock: Pick<Clock, 'now'>;
  /** Repeats for each first attempt of the last minute. */
  readonly share: number;
  /** Repeats in any minute besides, so that a quiet client may repeat at all. */
  readonly perMinute: number;
}

/** How many repeats all calls together may make. */
export interface RetryBudget {
  /** Counts a first attempt that went out. */
  sent(): void;
  /** Takes a repeat out of the budget. `false`: it is spent. */
  take(): boolean;
  /** A repeat that was taken did not go out. */
  giveBack(): void;
}

const windowMs = 60_000;
/** Counts are kept by the second: exact enough, and a minute of any traffic is sixty small records. */
const slotMs = 1_000;
type Slot = { readonly at: number; sent: number; repeats: number };

/**
 * Keeps repeats a small part of the traffic, so that a platform in trouble does not get several times the load that
 * brought it there: every call may be worth a repeat, and all of them together are not.
 */
export function retryBudget({ clock, share, perMinute }: RetryBudgetSettings): RetryBudget {
  let slots: Slot[] = [];

  /** The slot of now; older ones than a minute are gone, and so are those of a clock that was set back since. */
  function present(): Slot {
    const at = Math.floor(clock.now() / slotMs) * slotMs;
    slots = slots.filter((slot) => slot.at > at - windowMs && slot.at <= at);
    const last = slots.at(-1);
    if (last?.at === at) return last;
    const slot = { at, sent: 0, repeats: 0 };
    slots.push(slot);
    return slot;
  }

  return {
    sent() {
      present().sent++;
    },
    take() {
      const slot = present();
      const sent = slots.reduce((sum, each) => sum + each.sent, 0);
      const repeats = slots.reduce((sum, each) => sum + each.repeats, 0);
      if (repeats + 1 > perMinute + share * sent) return false;
      slot.repeats++;
      return true;
    },
    giveBack() {
      const slot = slots.findLast(({ repeats }) => repeats > 0);
      if (slot) slot.repeats--;
    },
  };
}
