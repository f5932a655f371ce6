import { CommerceError } from '../errors/commerce-error.ts';

/**
 * What was thrown and is no CommerceError, as a defect of the flow. The message of the runtime's own errors is kept,
 * because it names what is wrong in the code; any other could hold a customer's data, and stays in `cause`.
 */
export function defectOf(
  thrown: unknown,
  { flow, run, step }: { readonly flow: string; readonly run: string; readonly step: string },
): CommerceError {
  const isError = thrown instanceof Error;
  const what = isError ? thrown.name : typeof thrown;
  const says = isError && isOwnOfRuntime(thrown) ? ` saying "${thrown.message}"` : '';
  return new CommerceError({
    code: 'flow.defect',
    message: `Run "${run}" of "${flow}" stopped at "${step}": it threw a "${what}"${says}, which is no CommerceError. Correct the flow, then replay.`,
    cause: thrown,
  });
}

function isOwnOfRuntime(error: Error): boolean {
  return error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError;
}
