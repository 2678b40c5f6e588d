/**
 * Where things are in this checkout, seen from the sources and from the build alike.
 *
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT: string = fileURLToPath(new URL("../..", import.meta.url));

/** Toolchains and suites that were fetched; may be deleted at any time. */
export const CACHE: string = join(ROOT, ".cache", "interop");
