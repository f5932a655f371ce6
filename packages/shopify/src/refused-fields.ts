import * as z from 'zod';

/** A refusal in a payload, as far as the document asks for it. */
export interface FieldRefusal {
  /** The mutation, or its alias. */
  readonly mutation: string;
  readonly field: string[] | null;
  readonly message: string;
  readonly code: string | null;
}

const payloadsSchema = z.record(z.string(), z.record(z.string(), z.unknown()).nullable().catch(null)).catch({});
/** `userErrors`, and such as `orderCancelUserErrors`. */
const nameOfErrors = /^(?:userErrors|\w+UserErrors)$/;
/** Any entry is a refusal, also where a document asks for little of it. */
const errorsSchema = z
  .array(
    z
      .object({
        field: z.array(z.string()).nullable().catch(null),
        message: z.string().catch('a refusal whose message was not asked for'),
        code: z.string().nullable().catch(null),
      })
      .catch({ field: null, message: 'a refusal that is no object', code: null }),
  )
  .catch([]);

/** The user errors of all payloads. Those that the document gives another name to are not found. */
export function refusedFields(data: unknown): readonly FieldRefusal[] {
  return Object.entries(payloadsSchema.parse(data)).flatMap(([mutation, payload]) =>
    Object.entries(payload ?? {})
      .filter(([name]) => nameOfErrors.test(name))
      .flatMap(([, errors]) => errorsSchema.parse(errors).map((error) => ({ mutation, ...error }))),
  );
}
