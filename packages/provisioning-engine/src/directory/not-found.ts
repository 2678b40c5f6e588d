import { ScimError } from "@muster/scim-core";

const SHOWN_LENGTH = 64;

/** RFC 7644 §3.12: also for what another tenant has, which cannot be told apart. */
export function notFound(type: "User" | "Group", id: string): ScimError {
  return new ScimError("notFound", `There is no ${type} "${id.slice(0, SHOWN_LENGTH)}".`);
}
