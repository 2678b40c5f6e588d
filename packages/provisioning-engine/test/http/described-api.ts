/**
 * The description of the management API as a judge of what the API does: requests and answers are checked against its
 * schemas, by a validator that knows nothing of the engine.
 *
 * @module
 */
import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { Json, World } from "../admin/harness.ts";

export interface DescribedApi {
  readonly document: Json;
  /** `PATCH /tenants/{tenant}` and so on. */
  readonly operations: readonly string[];
  /** Whether an operation takes `simulate`. */
  canBeTried(operation: string): boolean;
  /** Whether the document is one of OpenAPI 3.1. */
  problems(): Promise<readonly unknown[]>;
  /** What is wrong with a body that is sent, or with an answer; nothing when it is as described. */
  requestProblems(operation: string, body: unknown): readonly unknown[];
  answerProblems(operation: string, status: number, body: unknown): readonly unknown[];
}

export async function describedApi({ api }: World): Promise<DescribedApi> {
  const { body: document } = await api("GET", "/openapi.json");
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(document, "api");
  const check = (pointer: string, value: unknown): readonly unknown[] => {
    const validate = ajv.compile({ $ref: `api#${pointer}` });
    return validate(value) ? [] : (validate.errors ?? []);
  };
  const find = (operation: string) => {
    const [method = "", path = ""] = operation.split(" ");
    const pointer = `/paths/${encodeURIComponent(path.replaceAll("/", "~1"))}/${method.toLowerCase()}`;
    return { pointer, described: document.paths[path]?.[method.toLowerCase()] };
  };
  return {
    document,
    operations: Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods as object).map((method) => `${method.toUpperCase()} ${path}`),
    ),
    canBeTried: (operation) => {
      const { requestBody, parameters } = find(operation).described;
      const body = requestBody?.content["application/json"].schema.properties ?? {};
      return Object.hasOwn(body, "simulate") || parameters.some(({ name }: Json) => name === "simulate");
    },
    problems: async () => {
      const { valid, errors } = await new Validator().validate(structuredClone(document));
      return valid ? [] : [errors];
    },
    requestProblems: (operation, body) => {
      const { pointer, described } = find(operation);
      if (described?.requestBody === undefined) return body === undefined ? [] : [`${operation} takes no body`];
      if (body === undefined) return described.requestBody.required ? [`${operation} needs a body`] : [];
      return check(`${pointer}/requestBody/content/application~1json/schema`, body);
    },
    answerProblems: (operation, status, body) => {
      const { pointer, described } = find(operation);
      if (status >= 400) return check("/components/responses/Error/content/application~1json/schema", body);
      const answer = described?.responses[status];
      if (answer === undefined) return [`${operation} answers ${status}, which is not described`];
      if (answer.content === undefined) return body === "" ? [] : [`${operation} answers more than is described`];
      return check(`${pointer}/responses/${status}/content/application~1json/schema`, body);
    },
  };
}
