/**
 * Identifiers that sort by creation: UUID version 7 (RFC 9562 §5.7).
 *
 * @module
 */
import { randomInt, randomUUID } from "node:crypto";
import type { Clock, NewId } from "./ports/index.ts";

const COUNTER_LIMIT = 0x1000;
/** The upper bit of the counter stays free, so that there is room to count. */
const START_LIMIT = 0x800;

/**
 * A source of identifiers, each greater than the one before. Within one millisecond the 12 bits after the version count
 * on from a random start (RFC 9562 §6.2, method 1); when they run out, or the clock goes back, the last millisecond
 * serves on.
 *
 * @param clock what time it is
 */
export function uuidV7(clock: Clock): NewId {
  let millisecond = 0;
  let counter = 0;
  return () => {
    const now = clock().getTime();
    counter = now > millisecond ? randomStart() : counter + 1;
    millisecond = Math.max(now, millisecond);
    if (counter === COUNTER_LIMIT) {
      millisecond += 1;
      counter = randomStart();
    }
    return format(millisecond, counter);
  };
}

function randomStart(): number {
  return randomInt(START_LIMIT);
}

/** The variant and the 62 random bits behind it are those of version 4 (§5.4), for which Node keeps random bytes ready. */
function format(millisecond: number, counter: number): string {
  const time = millisecond.toString(16).padStart(12, "0");
  const version = `7${counter.toString(16).padStart(3, "0")}`;
  return `${time.slice(0, 8)}-${time.slice(8)}-${version}-${randomUUID().slice(19)}`;
}
