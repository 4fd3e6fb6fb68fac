/** Choices that look random and are the same each time. */

/** Returns a function that gives numbers from 0 up to a limit (mulberry32). */
export function seeded(seed) {
  return (limit) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
}

/** A day from the first of January of a year on, within a number of days. */
export function dayFrom(year, days, below) {
  return new Date(Date.UTC(year, 0, 1 + below(days))).toISOString().slice(0, 10);
}
