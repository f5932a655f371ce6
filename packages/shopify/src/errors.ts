import { CommerceError, type Explain, type Ref } from '@crossdock/core';
import { graphqlRefusal } from './graphql-refusal.ts';
import { keyTrouble } from './key-trouble.ts';
import { statusRefusal, tokenRefusal } from './status-refusal.ts';
import { tidy, wordOf } from './tidy.ts';
import type { UserErrors } from './wire/user-error.ts';

export { tidy } from './tidy.ts';

/**
 * What Shopify's answers mean. It refuses in four layers, told apart in this order: the network (the client's
 * business), the HTTP status, `errors` in an answer with status 200, and a payload's user errors (`raiseUserErrors`).
 */
export function explainAs(about: {
  readonly system: string;
  readonly apiVersion: string;
  readonly tokenIsRenewed: boolean;
}): Explain {
  const { system, tokenIsRenewed } = about;
  return (answer, call) => {
    const { status } = answer;
    if (status >= 200 && status < 300) return graphqlRefusal(about, answer, call);
    if (status === 401) return tokenRefusal(system, call.operation, answer, tokenIsRenewed);
    return statusRefusal(system, call.operation, answer);
  };
}

/**
 * The fourth layer: turns a payload's refusals into an error about the record. `what` starts the sentence:
 * `Shipment "1" was not …`.
 */
export function raiseUserErrors(
  errors: UserErrors,
  about: { readonly what: string; readonly system: string; readonly operation: string; readonly refs: readonly Ref[] },
): void {
  if (errors.length === 0) return;
  const { code, next } = keyTrouble(errors) ?? refused;
  throw new CommerceError({
    code,
    system: about.system,
    operation: about.operation,
    refs: about.refs,
    message: `${about.what}: Shopify said ${saidIn(errors)}. ${next}`,
    details: { codes: errors.map((error) => wordOf(error.code)) },
  });
}

/** What user errors say, and where. */
export function saidIn(errors: UserErrors): string {
  return errors
    .map(({ field, message }) => `"${tidy(message)}"${field === null ? '' : ` at "${field.join('.')}"`}`)
    .join('; ');
}

const refused = { code: 'record.rejected', next: 'Correct the record there or here, then replay.' } as const;
