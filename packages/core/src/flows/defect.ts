import { CommerceError } from '../errors/commerce-error.ts';
import { stripped } from '../errors/stripped.ts';

/**
 * What was thrown and is no CommerceError, as a defect of the flow. Of its message only those sentences of the runtime
 * are kept that consist of names in the code; anything else may quote a customer's data. The cause tells where it was.
 */
export function defectOf(
  thrown: unknown,
  { flow, run, step }: { readonly flow: string; readonly run: string; readonly step: string },
): CommerceError {
  const what = thrown instanceof Error ? thrown.name : typeof thrown;
  const says = thrown instanceof Error && isAboutCode(thrown.message) ? ` saying "${thrown.message}"` : '';
  return new CommerceError({
    code: 'flow.defect',
    message: `Run "${run}" of "${flow}" stopped at "${step}": it threw a "${what}"${says}, which is no CommerceError. Correct the flow, then replay.`,
    cause: stripped(thrown),
  });
}

/** "Cannot read properties of undefined (reading 'sku')", "order.total is not a function", "x is not defined". */
function isAboutCode(message: string): boolean {
  return (
    /^Cannot (read|set) properties of (undefined|null) \((reading|setting) '[\w$]{1,60}'\)$/.test(message) ||
    /^[\w$.]{1,80} is not (a function|a constructor|defined|iterable)$/.test(message)
  );
}
