/**
 * SCIM errors (RFC 7644 §3.12). `detail` goes on the wire and is written for an IT admin; `hint` is for the integrator,
 * `cause` for the log.
 *
 * @module
 */

/** The error types of RFC 7644 §3.12 table 9 and RFC 9865 §2.1. */
export type ScimType =
  | "invalidFilter"
  | "tooMany"
  | "uniqueness"
  | "mutability"
  | "invalidSyntax"
  | "invalidPath"
  | "noTarget"
  | "invalidValue"
  | "invalidVers"
  | "sensitive"
  | "invalidCursor"
  | "expiredCursor"
  | "invalidCount";

/** Every code of a `ScimError`: the error types, and the plain statuses that have none. */
export type ScimErrorCode =
  | ScimType
  | "unauthorized"
  | "forbidden"
  | "notFound"
  | "methodNotAllowed"
  | "conflict"
  | "preconditionFailed"
  | "payloadTooLarge"
  | "unsupportedMediaType"
  | "tooManyRequests"
  | "internal"
  | "notImplemented"
  | "unavailable";

/** The HTTP status of each code. */
const STATUS_BY_CODE: Readonly<Record<ScimErrorCode, number>> = {
  invalidFilter: 400,
  tooMany: 400,
  uniqueness: 409,
  mutability: 400,
  invalidSyntax: 400,
  invalidPath: 400,
  noTarget: 400,
  invalidValue: 400,
  invalidVers: 400,
  sensitive: 403,
  invalidCursor: 400,
  expiredCursor: 400,
  invalidCount: 400,
  unauthorized: 401,
  forbidden: 403,
  notFound: 404,
  methodNotAllowed: 405,
  conflict: 409,
  preconditionFailed: 412,
  payloadTooLarge: 413,
  unsupportedMediaType: 415,
  tooManyRequests: 429,
  internal: 500,
  notImplemented: 501,
  unavailable: 503,
};

/** The codes that are also a `scimType` on the wire; `sensitive` and the rest of table 9 included. */
export const SCIM_TYPES: ReadonlySet<string> = new Set<ScimType>([
  "invalidFilter",
  "tooMany",
  "uniqueness",
  "mutability",
  "invalidSyntax",
  "invalidPath",
  "noTarget",
  "invalidValue",
  "invalidVers",
  "sensitive",
  "invalidCursor",
  "expiredCursor",
  "invalidCount",
]);

const BRAND = Symbol.for("@muster/scim-core/ScimError");

/**
 * Thrown by every function of this package, and by backends, for anything that a client did or must know.
 *
 * @example
 * throw new ScimError("uniqueness", `The userName "${userName}" belongs to somebody else.`);
 */
export class ScimError extends Error {
  readonly code: ScimErrorCode;
  /** HTTP status; `status` on the wire is this number as text. */
  readonly status: number;
  /** What the wire calls the error, when RFC 7644 has a word for it. */
  readonly scimType: ScimType | undefined;
  /** What to do about it, for the integrator's log; never on the wire. */
  readonly hint: string | undefined;

  /** @param detail goes on the wire: a sentence for an IT admin, without secrets and internals */
  constructor(code: ScimErrorCode, detail: string, options: { readonly hint?: string; readonly cause?: unknown } = {}) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "ScimError";
    this.code = code;
    this.status = STATUS_BY_CODE[code];
    this.scimType = isScimType(code) ? code : undefined;
    this.hint = options.hint;
    Object.defineProperty(this, BRAND, { value: true });
  }
}

/**
 * True for errors of this package, also when two copies of it are loaded.
 *
 * @param value whatever was caught
 * @example
 * if (isScimError(error)) console.log(error.status, error.scimType);
 */
export function isScimError(value: unknown): value is ScimError {
  return typeof value === "object" && value !== null && BRAND in value;
}

function isScimType(code: ScimErrorCode): code is ScimType {
  return SCIM_TYPES.has(code);
}
