/**
 * From a measurement to a figure.
 *
 * @module
 */
import type { Figure } from "./figure.ts";
import type { Measured } from "./interleaved.ts";

export function ratioFigure(
  name: string,
  { ratio }: Measured,
  { target, detail }: Pick<Figure, "target" | "detail">,
): Figure {
  return { name, value: ratio, unit: "×", detail, ...(target === undefined ? {} : { target }) };
}

/** The same as the share of the reference's time that ours takes. */
export function timeFigure(
  name: string,
  { ratio }: Measured,
  { target, detail }: Pick<Figure, "target" | "detail">,
): Figure {
  return { name, value: 1 / ratio, unit: "× time", detail, ...(target === undefined ? {} : { target }) };
}

/** Both times in words: `120 µs of CPU, the reference 1,100 µs`. */
export function microseconds({ ours, reference }: Measured): string {
  return `${amount(1_000_000 / ours)} µs of CPU, the reference ${amount(1_000_000 / reference)} µs`;
}

/** Both rates in words: `1,200,000 filters a second of CPU, the reference 400,000`. */
export function perSecond({ ours, reference }: Measured, what: string, each = 1): string {
  return `${amount(ours * each)} ${what} a second of CPU, the reference ${amount(reference * each)}`;
}

/** Three digits are all that is worth reading. */
function amount(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString("en-US");
}
