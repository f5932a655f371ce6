/** Why something comes back: the definition of the shop's library, and the older word for it. */
export type ReturnReasonDefinition = {
  readonly id: bigint;
  readonly handle: string;
  readonly name: string;
  readonly reason: string;
};

// The words of the enum ReturnReason as a library; the handles of the real one are not in the schema of API 2026-10.
/** The library of reasons, the same in every fake shop. */
export const returnReasons: readonly ReturnReasonDefinition[] = [
  ['unknown', 'Unknown', 'UNKNOWN'],
  ['color', 'Color', 'COLOR'],
  ['defective', 'Defective', 'DEFECTIVE'],
  ['not-as-described', 'Not as described', 'NOT_AS_DESCRIBED'],
  ['size-too-large', 'Size too large', 'SIZE_TOO_LARGE'],
  ['size-too-small', 'Size too small', 'SIZE_TOO_SMALL'],
  ['style', 'Style', 'STYLE'],
  ['unwanted', 'Changed my mind', 'UNWANTED'],
  ['wrong-item', 'Wrong item received', 'WRONG_ITEM'],
  ['other', 'Other', 'OTHER'],
].map(([handle = '', name = '', reason = ''], index) => ({ id: BigInt(701_001 + index), handle, name, reason }));

/** The reason of that number; unknown for any other. */
export function returnReason(id: bigint): ReturnReasonDefinition {
  const found = returnReasons.find((each) => each.id === id) ?? returnReasons[0];
  if (!found) throw new Error('The fake shop has no reasons for returns.');
  return found;
}
