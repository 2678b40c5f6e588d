/**
 * The `returnTo` of a query (rule R19).
 *
 * @module
 */
import { SamlError } from "../errors.ts";
import { readReturnPath } from "../return-path.ts";

/**
 * @returns undefined when none is asked for
 * @throws {SamlError} `return_path_invalid`
 */
export function requestedReturnPath(url: URL): string | undefined {
  const [asked, ...more] = url.searchParams.getAll("returnTo");
  if (asked === undefined) return undefined;
  const path = more.length === 0 ? readReturnPath(asked) : undefined;
  if (path !== undefined) return path;
  throw new SamlError("return_path_invalid", 'returnTo must be one path of this site that begins with a single "/".');
}
