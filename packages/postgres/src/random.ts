/** A number from 0 up to and without `below`: who was in each other's way tries again at different moments. */
export function chance(below: number): number {
  return Math.random() * below;
}
