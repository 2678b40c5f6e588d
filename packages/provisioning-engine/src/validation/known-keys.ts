/**
 * Which keys a shape knows at a path.
 *
 * @module
 */
import { z } from "./zod.ts";

/** @returns the keys of the object at that path of the shape; none where there is no object */
export function knownKeys(shape: unknown, [head, ...rest]: readonly PropertyKey[]): readonly string[] {
  const bare = unwrapped(shape);
  if (bare instanceof z.ZodArray) return head === undefined ? [] : knownKeys(bare.element, rest);
  if (!(bare instanceof z.ZodObject)) return [];
  if (head === undefined) return Object.keys(bare.shape);
  return Object.hasOwn(bare.shape, head) ? knownKeys(bare.shape[String(head)], rest) : [];
}

function unwrapped(shape: unknown): unknown {
  return shape instanceof z.ZodOptional || shape instanceof z.ZodNullable ? unwrapped(shape.unwrap()) : shape;
}
