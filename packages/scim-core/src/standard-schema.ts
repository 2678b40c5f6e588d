/**
 * Validators of other libraries through the interface that they share (standardschema.dev, version 1), without any of
 * them as a dependency. Only synchronous ones: a request is parsed in one step.
 *
 * @module
 */

/** What of a Standard Schema is used here. `Input` is the type of the values that it judges. */
export interface StandardSchema<Input> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult | Promise<StandardResult>;
    readonly types?: { readonly input: Input; readonly output: unknown } | undefined;
  };
}

type StandardResult =
  | { readonly value: unknown; readonly issues?: undefined }
  | { readonly issues: readonly { readonly message: string }[] };

/** Enough to see what is wrong. */
const SHOWN = 3;
const SHOWN_LENGTH = 200;

/**
 * A validator as a function from a value to what is wrong with it; nothing when the value is good.
 *
 * @param sample a value of the attribute's type, by which most asynchronous validators are found out at once
 * @throws TypeError for what is no Standard Schema, or is an asynchronous one; the result throws the latter too
 */
export function toValidate(schema: StandardSchema<never>, sample: unknown): (value: unknown) => readonly string[] {
  const standard: Partial<StandardSchema<never>["~standard"]> | undefined = schema?.["~standard"];
  if (typeof standard?.validate !== "function" || standard.version !== 1) {
    throw new TypeError(
      "validate must be a Standard Schema of version 1: an object of Zod, Valibot, ArkType or the like.",
    );
  }
  const { validate } = standard;
  const judge = (value: unknown): readonly string[] => messagesOf(synchronous(validate(value)));
  judge(sample);
  return judge;
}

function synchronous(result: StandardResult | Promise<StandardResult>): StandardResult {
  if (!("then" in result)) return result;
  // Nobody waits for it: an unhandled rejection would end the process.
  result.then(undefined, () => {});
  throw new TypeError("validate must be synchronous. Check what needs waiting for after the resource was stored.");
}

function messagesOf({ issues = [] }: StandardResult): readonly string[] {
  return issues.slice(0, SHOWN).map(({ message }) => message.slice(0, SHOWN_LENGTH));
}
