import { ScimError } from "@muster/scim-core";
import { quote } from "../sync/quote.ts";

/** RFC 7644 §3.12: also for what another tenant has, which cannot be told apart. */
export function notFound(type: string, id: string): ScimError {
  return new ScimError("notFound", `There is no ${type} ${quote(id)}.`);
}
