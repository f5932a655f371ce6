/** Why an order was left out: nothing of it is made then. */
export type LeftBecause = 'key' | 'customer' | 'address' | 'sku' | 'name' | 'refused';

/** Thrown to take back what was made of an order that is left out. */
export class Left extends Error {
  readonly because: LeftBecause;

  constructor(because: LeftBecause) {
    super(`An order was left out because of its ${because}.`);
    this.because = because;
  }
}
