/** One thing the fake does because the platform does it. */
export interface PlatformFact {
  readonly behaviour: string;
  /** Where it was read or seen, and when. */
  readonly source: string;
  /** False where the platform's behaviour is not known for sure and the fake had to choose. */
  readonly confirmed: boolean;
}

/** What was read or seen. */
export const seen = (source: string, behaviour: string): PlatformFact => ({ behaviour, source, confirmed: true });
/** What nobody has seen: the fake had to choose. */
export const chosen = (source: string, behaviour: string): PlatformFact => ({ behaviour, source, confirmed: false });
