import type { Json } from '../model/json.ts';
import { lanes, type Lane } from '../ports/options.ts';
import type { BucketOptions } from './allowance.ts';
import type { Reading } from './bucket.ts';
import { passOver } from './lane-order.ts';
import {
  heldBy,
  readAllowance,
  wishesOf,
  writtenAllowance,
  type Member,
  type SharedAllowance,
} from './shared-allowance.ts';
import { turnsOf, type Line, type WaitingCall } from './shared-queue.ts';

/** What was settled of an allowance at some moment, since its state was begun. */
export interface Settled {
  readonly begunAt: number;
  readonly amount: number;
}

/** How a call ended, or what one that draws from elsewhere told. `settledBefore` is what was settled when it left. */
export type CallEnd =
  | { readonly as: 'settled'; readonly cost: number; readonly reading: Reading; readonly settledBefore: Settled }
  | { readonly as: 'given-back'; readonly cost: number }
  | { readonly as: 'refused'; readonly cost: number; readonly retryAfterMs: number | undefined }
  | { readonly as: 'heard'; readonly cost: 0; readonly reading: Reading };

/** A call of this process that waits. */
interface AskedCall {
  readonly cost: number;
  /** For how long, by its own clock. */
  readonly waitedMs: number;
  /** It is the one of its lane of which the others know since when it waits. */
  readonly isKnown: boolean;
}

/** Under which a process is known, in the state that was begun at that moment. */
interface MemberName {
  readonly begunAt: number;
  readonly key: string;
}

/** What one process tells and asks when it looks at an allowance. */
export interface ProcessTurn {
  /** Under which it was known at its last look. */
  readonly member: MemberName | undefined;
  /** What its calls that are away may cost, those without an end yet. */
  readonly held: number;
  readonly ends: readonly CallEnd[];
  readonly asked: Readonly<Record<Lane, readonly AskedCall[]>>;
}

/** What becomes of a call that waits. `shut`: the allowance has no room for longer than anybody waits. */
export type Fate =
  | { readonly as: 'let-through' }
  | { readonly as: 'waiting' }
  | { readonly as: 'shut'; readonly retryAfterMs: number };

/** What a process gets from its look. */
export interface TurnAnswer {
  readonly member: MemberName | undefined;
  readonly settled: Settled;
  /** In the order in which they were asked. */
  readonly fates: Readonly<Record<Lane, readonly Fate[]>>;
  /** After how long to look again for those who wait. */
  readonly lookInMs: number | undefined;
}

/** What is the same at every look. */
export interface TurnSettings {
  readonly name: string;
  readonly options: BucketOptions;
  readonly longestWaitMs: number;
  /** How long what a process holds is held without a sign of life. */
  readonly leaseMs: number;
}

/** At most so many calls of a lane are told to the others, so that the state stays small. */
const mostTold = 32;
/** How much later than it said a process may come back. */
const latenessMs = 2_000;
/** Others may make room at any time without a word to us: that is how long we do not look, at least and at most. */
const leastLookMs = 50;
const mostLookMs = 1_000;

/**
 * One look of one process at an allowance, with nobody in between: tells what became of its calls, takes what fits of
 * what it asks when its turn comes among all processes, and says what it goes on waiting for.
 */
export function takeTurn(
  kept: Json,
  turn: ProcessTurn,
  now: number,
  settings: TurnSettings,
): { readonly next: Json; readonly result: TurnAnswer } {
  const allowance = readAllowance(settings.name, kept, settings.options, now);
  const { bucket, members, begunAt } = allowance;
  // Numbers are given again in a state that was lost and begun again: there this process has none yet.
  const known = turn.member?.begunAt === begunAt ? turn.member.key : undefined;
  const before = known === undefined ? undefined : members.get(known);
  const own = before && known;
  spendOfTheDead(allowance, own, now, settings);
  if (own !== undefined) members.delete(own);
  tellEnds(allowance, turn, now);

  const away = heldBy(members) + turn.held;
  const shut = (cost: number): Fate | undefined => {
    const retryAfterMs = bucket.waitMs(cost, away, now);
    // Where only an answer can make room it is not known, and answers have limits of their own.
    const isLong = retryAfterMs !== Number.POSITIVE_INFINITY && retryAfterMs > settings.longestWaitMs;
    return isLong ? { as: 'shut', retryAfterMs } : undefined;
  };
  const fates = byLane((lane) => turn.asked[lane].map(({ cost }): Fate => shut(cost) ?? { as: 'waiting' }));
  const open = byLane((lane) =>
    turn.asked[lane]
      .filter((_, index) => fates[lane][index]?.as === 'waiting')
      .map((call) => waitingCall(call, before?.waits[lane], now)),
  );

  const process = Number(own ?? allowance.nextMember);
  const lines = linesOf(members, process, open, now);
  const { letThrough, cost, waitMs } = letIn(allowance, lines, process, away, now);
  const isWaiting = lanes.some((lane) => open[lane].length > letThrough[lane]);
  const lookInMs = isWaiting ? lookAfter(waitMs, bucket.fillMs()) : undefined;

  const held = turn.held + cost;
  if (held > 0 || isWaiting) {
    if (own === undefined) allowance.nextMember++;
    const back = now + (lookInMs ?? 0) + latenessMs;
    const until = held > 0 ? now + settings.leaseMs : back;
    const waits = waitsOf(open, letThrough);
    members.set(String(process), { until, held, back, waits });
  }
  const isMember = members.has(String(process));
  return {
    next: writtenAllowance(allowance, now),
    result: {
      member: isMember ? { begunAt, key: String(process) } : undefined,
      settled: { begunAt, amount: allowance.settled },
      fates: byLane((lane) => firstLetThrough(fates[lane], letThrough[lane])),
      lookInMs,
    },
  };
}

/** What a process held that shows no sign of life any more was perhaps sent: it counts as spent, from now on. */
function spendOfTheDead(
  allowance: SharedAllowance,
  own: string | undefined,
  now: number,
  { leaseMs, longestWaitMs }: TurnSettings,
): void {
  const { bucket, members } = allowance;
  // A moment further away than that is none that a process wrote.
  const latest = now + Math.max(leaseMs, longestWaitMs) + mostLookMs + latenessMs;
  for (const [name, { until, held }] of members) {
    if (name === own || (now < until && until <= latest)) continue;
    members.delete(name);
    if (held === 0) continue;
    bucket.settle(held, {}, 0, now, heldBy(members));
    allowance.settled += held;
  }
}

function tellEnds(allowance: SharedAllowance, { ends, held }: ProcessTurn, now: number): void {
  const { bucket } = allowance;
  let outstanding = heldBy(allowance.members) + held + ends.reduce((sum, { cost }) => sum + cost, 0);
  for (const end of ends) {
    outstanding -= end.cost;
    if (end.as === 'refused') bucket.empty(end.retryAfterMs, now);
    // It is older than anything that was settled meanwhile: it may say that less is left, and never that more is.
    if (end.as === 'heard') bucket.settle(0, end.reading, Number.POSITIVE_INFINITY, now, outstanding);
    if (end.as !== 'settled') continue;
    const spent = end.reading.spent ?? end.cost;
    const { begunAt, amount } = end.settledBefore;
    // Of a state that is lost: this answer is older than anything we know.
    const since = begunAt === allowance.begunAt ? allowance.settled - amount : Number.POSITIVE_INFINITY;
    bucket.settle(spent, end.reading, since, now, outstanding);
    allowance.settled += spent;
  }
}

/** Lets calls of this process in for as long as it is their turn and they fit. Room for the others' turns is left to them. */
function letIn(allowance: SharedAllowance, lines: readonly Line[], process: number, away: number, now: number) {
  const { bucket, passedOver } = allowance;
  const letThrough: Record<Lane, number> = { urgent: 0, normal: 0, bulk: 0 };
  let taken = 0;
  let left = 0;
  for (const { process: whose, lane, cost, occupied } of turnsOf(lines, passedOver)) {
    if (whose !== process) {
      left += cost;
      continue;
    }
    const waitMs = bucket.waitMs(cost, away + taken + left, now);
    if (waitMs > 0) return { letThrough, cost: taken, waitMs };
    letThrough[lane]++;
    taken += cost;
    passOver(passedOver, lane, occupied);
  }
  return { letThrough, cost: taken, waitMs: 0 };
}

function linesOf(
  members: ReadonlyMap<string, Member>,
  process: number,
  open: Readonly<Record<Lane, readonly WaitingCall[]>>,
  now: number,
): readonly Line[] {
  const own = lanes.map((lane) => ({ process, lane, calls: open[lane] }));
  const others = [...members].flatMap(([name, member]) =>
    wishesOf(member)
      .filter(() => now < member.back)
      .map(({ lane, calls, cost, since }) => ({
        process: Number(name),
        lane,
        // Of the first one it is known since when it waits, and what it costs; of those behind it nothing.
        calls: Array.from({ length: Math.min(calls, mostTold) }, (_, place) => ({
          cost,
          since: place === 0 ? since : now,
        })),
      })),
  );
  return [...own, ...others];
}

/** Never later than it was told before, so that no two processes take each other for the one that waits for longer. */
function waitingCall({ cost, waitedMs, isKnown }: AskedCall, told: Member['waits'][Lane], now: number): WaitingCall {
  const toldSince = isKnown && told ? told[2] : now;
  return { cost, since: Math.min(toldSince, now - Math.max(0, waitedMs)) };
}

function waitsOf(
  open: Readonly<Record<Lane, readonly WaitingCall[]>>,
  letThrough: Readonly<Record<Lane, number>>,
): Member['waits'] {
  const waits: Member['waits'] = {};
  for (const lane of lanes) {
    const first = open[lane][letThrough[lane]];
    if (first) waits[lane] = [open[lane].length - letThrough[lane], first.cost, first.since];
  }
  return waits;
}

/** When there is room, as far as we can tell; sooner, because somebody else may make room. */
function lookAfter(waitMs: number, fillMs: number): number {
  const restlessMs = Math.min(Math.max(fillMs / 2, leastLookMs), mostLookMs);
  if (waitMs === Number.POSITIVE_INFINITY) return Math.ceil(restlessMs);
  return Math.max(1, Math.ceil(Math.min(waitMs, Math.max(restlessMs, waitMs / 10))));
}

/** The first of those that wait were let through. */
function firstLetThrough(fates: readonly Fate[], letThrough: number): readonly Fate[] {
  let left = letThrough;
  return fates.map((fate) => (fate.as === 'waiting' && left-- > 0 ? { as: 'let-through' } : fate));
}

function byLane<T>(of: (lane: Lane) => T): Record<Lane, T> {
  return { urgent: of('urgent'), normal: of('normal'), bulk: of('bulk') };
}
