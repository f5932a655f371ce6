import { CommerceError } from '../errors/commerce-error.ts';

/** A job that waits for a person from the beginning would stop what is under way with its key. */
export function keyIsTaken({ id, key }: { readonly id: string; readonly key: string }): CommerceError {
  return new CommerceError({
    code: 'flow.defect',
    message: `Job "${id}" was not added parked: another job of its key "${key}" is not over. Give a job that waits for a person a key of its own.`,
  });
}
