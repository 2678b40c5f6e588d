/**
 * The one door for errors: JSON for programs, a page for people; nothing of an assertion in either.
 *
 * @module
 */
import { isSamlError } from "../errors.ts";
import { refusalPage } from "./page.ts";
import { isSignInRefusal } from "./sign-in-refusal.ts";

/** What whoever asked may know about an error. */
export interface PublicError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** An error that is no refusal is a fault of ours, and is not described. */
export function publicError(error: unknown): PublicError {
  if (isSamlError(error)) return { status: error.httpStatus, code: error.code, message: error.message };
  if (isSignInRefusal(error)) return { status: error.status, code: error.code, message: error.message };
  return { status: 500, code: "internal", message: "Something went wrong here. Try again in a few minutes." };
}

/** @param request its Accept header decides the form */
export function answerError({ status, code, message }: PublicError, request: Request, requestId: string): Response {
  if (!prefersJson(request.headers.get("accept") ?? "")) return refusalPage(status, message, requestId);
  return Response.json({ error: { code, message, requestId } }, { status, headers: { "cache-control": "no-store" } });
}

/** Browsers name text/html before anything else. */
function prefersJson(accept: string): boolean {
  const wanted = accept.split(",").map((range) => range.split(";")[0]?.trim().toLowerCase());
  return wanted.find((type) => type === "application/json" || type === "text/html") === "application/json";
}
