import { CommerceError, isCommerceError } from '../errors/commerce-error.ts';
import type { Json } from '../model/json.ts';
import type { Finding } from './finding.ts';

/** A pure decision over a subject: the same subject always has the same findings. */
export type Rule<T, F extends Finding = Finding> = (subject: T) => readonly F[];

/** A finding with the names that stand in the governance papers. */
export type CheckpointFinding = Finding & { readonly checkpoint: string; readonly rule: string } & Json;

/** Named rules that something has to pass together. Made with `checkpoint`. */
export interface Checkpoint<T> {
  readonly name: string;
  /** The names of its rules, in the order in which they are asked. */
  readonly rules: readonly string[];
  /** Asks every rule, also after one found something. Empty: the subject may pass. */
  run(subject: T): readonly CheckpointFinding[];
}

/**
 * Rules that a record has to satisfy at one place of a process, such as before it reaches the ERP. A rule that throws a
 * business error has found that; anything else that it throws is its own defect and is not caught.
 */
export function checkpoint<T>(name: string, rules: Readonly<Record<string, Rule<T>>>): Checkpoint<T> {
  const entries = Object.entries(rules);
  if (entries.length === 0) {
    throw new CommerceError({
      code: 'wiring.invalid',
      message: `Checkpoint "${name}" was not made: it has no rules, so everything would pass. Give it at least one.`,
    });
  }
  return {
    name,
    rules: entries.map(([rule]) => rule),
    run: (subject) =>
      entries.flatMap(([rule, check]) =>
        ask(check, subject).map((finding) => ({ ...finding, checkpoint: name, rule })),
      ),
  };
}

function ask<T>(check: Rule<T>, subject: T): readonly Finding[] {
  try {
    return check(subject);
  } catch (error) {
    if (!isCommerceError(error) || error.kind !== 'business') throw error;
    return [{ code: error.code, message: error.message, path: '', refs: error.refs }];
  }
}
