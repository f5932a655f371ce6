/** What a buyer hears at the checkout of a fake channel: it shows fewer than they want, and takes no order. */
export class SoldOut extends Error {
  override readonly name = 'SoldOut';
  readonly sku: string;
  readonly wanted: number;
  /** What the channel shows. */
  readonly left: number;

  /** `left` is what the channel shows of the SKU. */
  constructor(sku: string, wanted: number, left: number) {
    super(`No order was placed: ${wanted} of SKU "${sku}" are wanted and the channel shows ${left}. Want fewer.`);
    this.sku = sku;
    this.wanted = wanted;
    this.left = left;
  }
}
