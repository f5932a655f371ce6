/** Rounds halves away from zero, as the platform does, and forgives the dust of binary fractions. */
export function roundTo(value: number, digits: number): number {
  const factor = 10 ** digits;
  const scaled = Math.abs(value) * factor;
  return (Math.sign(value) * Math.round(scaled + scaled * 1e-13 + 1e-9)) / factor;
}
