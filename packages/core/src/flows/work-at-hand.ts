/** What is at work in one attempt, so that its end can wait for all of it. */
export interface WorkAtHand {
  /** Lets `rest` wait for something that is at work, and gives it back. */
  hold<T>(work: Promise<T>): Promise<T>;
  /** Resolves when nothing held is at work any more. */
  rest(): Promise<void>;
  /** The same at the end of the flow: what it did not wait for and fails is the flow's failure. */
  finish(): Promise<void>;
}

export function workAtHand(): WorkAtHand {
  const held = new Set<Promise<unknown>>();
  const late: unknown[] = [];
  let isOver = false;
  const rest = async () => {
    while (held.size > 0) await Promise.all(held);
  };
  return {
    hold(work) {
      const settled: Promise<unknown> = work.then(
        () => held.delete(settled),
        (error: unknown) => {
          held.delete(settled);
          if (isOver) late.push(error);
        },
      );
      held.add(settled);
      return work;
    },
    rest,
    async finish() {
      isOver = true;
      await rest();
      if (late.length > 0) throw late[0];
    },
  };
}
