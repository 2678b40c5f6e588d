/**
 * E-mail addresses for tables, each of another type.
 *
 * @module
 */
import type { JsonObject } from "../../json.ts";

export const WORK: JsonObject & { readonly value: string } = { value: "{{mark}}@work.example", type: "work" };
export const HOME: JsonObject & { readonly value: string } = { value: "{{mark}}@home.example", type: "home" };
export const NEW: JsonObject & { readonly value: string } = { value: "{{mark}}@new.example", type: "other" };
