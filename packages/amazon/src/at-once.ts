/** So many calls are on their way together as Amazon lets in at once; more would only wait for their allowance. */
const most = 5;

/** Works through a list with a few at a time, in order of their beginning. The first that throws ends it. */
export async function atOnce<T>(items: readonly T[], work: (item: T, index: number) => Promise<void>): Promise<void> {
  const rest = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of rest) await work(item, index);
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker));
}
