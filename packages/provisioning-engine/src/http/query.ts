/**
 * The query of a URL as the values that its shape speaks of.
 *
 * @module
 */
import { ProvisioningError } from "../errors.ts";

/** Parameters that are no text. What cannot be read stays text, and its shape refuses it. */
const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  limit: (text) => (/^\d{1,9}$/.test(text) ? Number(text) : text),
  types: (text) => text.split(","),
  open: readFlag,
  simulate: readFlag,
};

function readFlag(text: string): unknown {
  return text === "true" ? true : text === "false" ? false : text;
}

/** @throws {ProvisioningError} `invalid_request` for a parameter that is there twice */
export function readQuery({ searchParams }: URL): Readonly<Record<string, unknown>> {
  const names = [...searchParams.keys()];
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) throw new ProvisioningError("invalid_request", "A parameter is given more than once.");
  return Object.fromEntries(Array.from(searchParams, ([name, text]) => [name, readParameter(name, text)]));
}

function readParameter(name: string, text: string): unknown {
  return Object.hasOwn(READERS, name) ? READERS[name]?.(text) : text;
}
