/**
 * One requirement as a case, and cases by section.
 *
 * @module
 */
import type { Ability } from "./abilities.ts";
import type { World } from "./world.ts";

export interface ConformanceCase {
  /** The requirement that it proves, such as `D16`. */
  readonly id: string;
  /** Where it is written, such as `RFC 7644 §3.5.2.2`. */
  readonly clause: string;
  readonly title: string;
  readonly needs?: readonly Ability[];
  /** Throws when the service does not behave as the requirement says. */
  run(world: World): Promise<void>;
}

export interface ConformanceSection {
  /** One word, by which the section is chosen. */
  readonly name: string;
  /** What every case of it needs. */
  readonly needs: readonly Ability[];
  readonly cases: readonly ConformanceCase[];
}

/** `RFC 7644 §3.5.2.2 D16: …` */
export function caseName({ clause, id, title }: Pick<ConformanceCase, "clause" | "id" | "title">): string {
  return `${clause} ${id}: ${title}`;
}
