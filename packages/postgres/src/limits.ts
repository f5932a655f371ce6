/** Longest wait for one answer in milliseconds, on connections that are ours: a server that is gone says nothing. */
export const answerTimeoutMs = 30_000;

/** A migration of a large table takes longer than an answer may otherwise. */
export const migrationTimeoutMs = 3_600_000;
