/** How PHP is ended in the middle of its work: by itself with a fatal error, or by the server in front that waits no longer. */
export type PhpEnding = 'fatal' | 'gateway';

/** PHP was ended. What it had written by then stays written. */
export class PhpEnded extends Error {
  override readonly name = 'PhpEnded';
  readonly how: PhpEnding;

  /** `how` decides what the client is told. */
  constructor(how: PhpEnding) {
    super('PHP was ended in the middle of its work.');
    this.how = how;
  }
}
