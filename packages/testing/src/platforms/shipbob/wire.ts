/** A body as JSON; what is no JSON is nothing that a schema would take. */
export async function bodyOf(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch {
    return undefined;
  }
}

/** `123:cancel` is the record 123 and what is to be done with it. */
export function verbOf(target: string): { readonly id: number; readonly verb: string } {
  const [id = '', verb = ''] = target.split(':', 2);
  return { id: /^\d+$/.test(id) ? Number(id) : Number.NaN, verb };
}
