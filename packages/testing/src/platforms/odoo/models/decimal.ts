/** Rounds halves away from zero, as the platform does, and forgives the dust of binary fractions. */
export function roundTo(value: number, digits: number): number {
  const factor = 10 ** digits;
  const scaled = Math.abs(value) * factor;
  return (Math.sign(value) * Math.round(scaled + scaled * 1e-13 + 1e-9)) / factor;
}

/** Whether two quantities are the same for a unit with two decimals. */
export function compareQuantity(a: number, b: number): -1 | 0 | 1 {
  const difference = roundTo(a - b, 5);
  if (difference === 0) return 0;
  return difference < 0 ? -1 : 1;
}
