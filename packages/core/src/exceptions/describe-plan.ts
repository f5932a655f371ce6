import { errorRules } from '../errors/codes.ts';
import type { Json } from '../model/json.ts';
import type { Ref } from '../model/ref.ts';
import type { PlanEnd, PlannedEffect, PlannedKey, PlannedRead, ReplayPlan } from './replay-plan.ts';

/** The plan in lines for a person. Nothing in them is secret or private. */
export function describePlan(plan: ReplayPlan): readonly string[] {
  const { exception, refs, done, resumesAt, effects, events, reads, end } = plan;
  const about = refs.length === 0 ? '' : ` (${refs.map(nameOf).join(', ')})`;
  return [
    `Replay of "${exception}"${about}:`,
    ...(done.length === 0 ? [] : [`- not run again, their results are stored: ${listed(done)}`]),
    resumesAt === undefined ? '- no step would be run' : `- goes on at "${resumesAt}"`,
    ...effects.map((effect) => `- ${effectOf(effect)}`),
    ...events.map(
      ({ id, starts }) => `- "${id}" ${starts.length === 0 ? 'starts nothing' : `starts ${listed(starts)}`}`,
    ),
    ...(reads.length === 0 ? [] : [`- read for this plan, which changed nothing: ${readsOf(reads)}`]),
    endOf(end),
  ];
}

function effectOf(effect: PlannedEffect): string {
  switch (effect.kind) {
    case 'write': {
      const { step, system, operation, key, request, known } = effect;
      return `"${step}" ${keyOf(known)}: ${operation} at "${system}" under "${key}" with ${summary(request)}`;
    }
    case 'link':
      return `links ${nameOf(effect.one)} with ${nameOf(effect.other)}`;
    case 'attach':
      return `lets ${nameOf(effect.one)} belong to ${nameOf(effect.other)}`;
    case 'outside':
      return `"${effect.step}" changes something besides the systems`;
  }
}

function keyOf(known: PlannedKey): string {
  switch (known.state) {
    case 'new':
      return 'sends';
    case 'done':
      return 'sends nothing, as it was done';
    case 'uncertain':
      return `sends again what may have been done since ${known.since}`;
    case 'expired':
      return `stops, as what may have been done since ${known.since} is too old to be sent again`;
    case 'running':
      return `waits for another process, until ${known.until} at the latest`;
    case 'conflict':
      return 'stops, as another request was sent under its key';
  }
}

function endOf(end: PlanEnd): string {
  switch (end.how) {
    case 'done':
      return 'That is all.';
    case 'stale':
      return 'Nothing would be done: a newer state of the record was begun on.';
    case 'stops': {
      const what = errorRules[end.code].retryable ? 'be tried again later' : 'stop again';
      return `It would ${what} at "${end.step}" (${end.code}): ${end.message}`;
    }
    case 'unknown':
      return [
        ...(end.steps.length === 0 ? [] : [`Unknown beyond ${listed(end.steps)} until it is replayed.`]),
        ...(end.unread.length === 0 ? [] : [`Not read: ${readsOf(end.unread)}.`]),
      ].join(' ');
  }
}

function readsOf(reads: readonly PlannedRead[]): string {
  const times = new Map<string, number>();
  for (const { system, operation } of reads) {
    const name = `${operation} of "${system}"`;
    times.set(name, (times.get(name) ?? 0) + 1);
  }
  return [...times].map(([name, count]) => (count === 1 ? name : `${name} (${count} times)`)).join(', ');
}

/** Long requests are cut: what counts is which record they are about. */
const longestSummary = 300;

function summary(request: Json): string {
  const text = JSON.stringify(request) ?? 'nothing';
  return text.length <= longestSummary ? text : `${text.slice(0, longestSummary)}…`;
}

function nameOf({ system, kind, id }: Ref): string {
  return `${kind} "${id}" of "${system}"`;
}

function listed(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}
