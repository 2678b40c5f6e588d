/**
 * Identifiers that sort by creation: UUID version 7 (RFC 9562 §5.7).
 *
 * @module
 */
import { randomBytes } from "node:crypto";
import type { Clock, NewId } from "./ports/index.ts";

const COUNTER_LIMIT = 0x1000;

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

/** The upper bit stays free, so that there is room to count. */
function randomStart(): number {
  return randomBytes(2).readUInt16BE() & 0x7ff;
}

function format(millisecond: number, counter: number): string {
  const time = millisecond.toString(16).padStart(12, "0");
  const random = randomBytes(8);
  random.writeUInt8((random.readUInt8() & 0x3f) | 0x80);
  const tail = random.toString("hex");
  const version = `7${counter.toString(16).padStart(3, "0")}`;
  return `${time.slice(0, 8)}-${time.slice(8)}-${version}-${tail.slice(0, 4)}-${tail.slice(4)}`;
}
