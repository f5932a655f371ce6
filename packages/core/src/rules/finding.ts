import { errorRules, type ErrorCode } from '../errors/codes.ts';
import { CommerceError } from '../errors/commerce-error.ts';
import type { Json } from '../model/json.ts';
import type { Ref } from '../model/ref.ts';

/** What a rule found wrong. `path` names the place in the subject: `lines[0].total`; it is empty for the whole of it. */
export type Finding = {
  readonly code: ErrorCode;
  readonly message: string;
  readonly path: string;
  readonly refs?: readonly Ref[] | undefined;
};

/** Which record the findings are about, for the error that tells of them. */
export type FindingsSubject = {
  readonly system?: string | undefined;
  readonly operation?: string | undefined;
  readonly refs?: readonly Ref[] | undefined;
};

/** Throws the worst finding with all of them in `details`; returns when there is none. */
export function raiseFindings(findings: readonly (Finding & Json)[], subject: FindingsSubject = {}): void {
  const error = findingsError(findings, subject);
  if (error !== undefined) throw error;
}

/**
 * The worst finding as an error, `undefined` without any. What the wiring is to blame for comes before what a machine
 * is, and that before what the business decides; among equals the first one.
 */
export function findingsError(
  findings: readonly (Finding & Json)[],
  subject: FindingsSubject = {},
): CommerceError | undefined {
  let worst: Finding | undefined;
  for (const finding of findings) if (worst === undefined || gravity(finding) > gravity(worst)) worst = finding;
  if (worst === undefined) return undefined;
  const others = findings.length - 1;
  return new CommerceError({
    code: worst.code,
    message: others === 0 ? worst.message : `${worst.message} ${others} more in the details.`,
    system: subject.system,
    operation: subject.operation,
    refs: [...(subject.refs ?? []), ...(worst.refs ?? [])],
    details: { findings },
  });
}

const gravities = { business: 0, technical: 1, configuration: 2 } as const;

function gravity(finding: Finding): number {
  return gravities[errorRules[finding.code].kind];
}
