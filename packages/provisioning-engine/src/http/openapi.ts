/**
 * The description of the management API (OpenAPI 3.1), made from the table that routes it.
 *
 * @module
 */
import { z } from "../validation/zod.ts";
import { ANSWERS, type Answer } from "./answers/answers.ts";
import type { Route } from "./route.ts";
import { ROUTES } from "./routes/index.ts";

type JsonObject = Readonly<Record<string, unknown>>;

/** @param url of the engine, without a trailing slash */
export function describeApi(url: string): JsonObject {
  return {
    openapi: "3.1.0",
    info: { title: "Muster management API", version: "1" },
    servers: [{ url: `${url}/admin/v1` }],
    security: [{ bearer: [] }],
    paths: describePaths(),
    components: {
      securitySchemes: { bearer: { type: "http", scheme: "bearer" } },
      schemas: Object.fromEntries(Object.entries(ANSWERS).map(([name, shape]) => [name, schemaOf(shape)])),
      responses: { Error: { description: "Refused", content: jsonContent(reference("Error")) } },
    },
  };
}

function describePaths(): JsonObject {
  const paths: Record<string, Record<string, JsonObject>> = {};
  for (const route of ROUTES) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: describeRoute(route) };
  }
  return paths;
}

const IDEMPOTENCY_HEADER: JsonObject = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  schema: { type: "string", maxLength: 255 },
  description: "Sent again within a day, the same request is answered again and not done again.",
};

function describeRoute({ operation, method, summary, right, path, query, body, status, answer }: Route): JsonObject {
  return {
    operationId: operation,
    tags: operation.split(".").slice(0, 1),
    summary,
    description: `Needs the right \`${right}\`.`,
    parameters: [
      ...pathParameters(path),
      ...(query === undefined ? [] : queryParameters(query)),
      ...(method === "POST" ? [IDEMPOTENCY_HEADER] : []),
    ],
    ...(body === undefined ? {} : { requestBody: requestBody(body) }),
    responses: { ...successes(status, answer), default: { $ref: "#/components/responses/Error" } },
  };
}

/** What has nothing to show answers 204, and 200 when it was only tried. */
function successes(status: Route["status"], answer: Answer | undefined): JsonObject {
  const done = { description: "Done" };
  if (answer === undefined) return { [status]: done };
  const content = jsonContent(answerSchema(answer));
  if (status === 204) return { 200: { description: "Tried", content }, 204: done };
  return { [status]: { ...done, content } };
}

function requestBody(body: z.ZodType): JsonObject {
  return { required: !body.safeParse(undefined).success, content: jsonContent(schemaOf(body)) };
}

function pathParameters(path: string): readonly JsonObject[] {
  const names = path.split("/").filter((segment) => segment.startsWith("{"));
  return names.map((name) => ({ name: name.slice(1, -1), in: "path", required: true, schema: { type: "string" } }));
}

function queryParameters(query: z.ZodType): readonly JsonObject[] {
  const { properties = {} } = schemaOf(query) as { readonly properties?: Readonly<Record<string, JsonObject>> };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: "query",
    required: false,
    schema,
    ...(schema.type === "array" ? { explode: false } : {}),
  }));
}

function answerSchema({ name, page }: Answer): JsonObject {
  if (!page) return reference(name);
  return {
    type: "object",
    properties: { items: { type: "array", items: reference(name) }, nextCursor: { type: "string" } },
    required: ["items"],
  };
}

function reference(name: string): JsonObject {
  return { $ref: `#/components/schemas/${name}` };
}

function jsonContent(schema: JsonObject): JsonObject {
  return { "application/json": { schema } };
}

/** JSON Schema 2020-12, which is what OpenAPI 3.1 speaks; the document says so once for all. */
function schemaOf(shape: z.ZodType): JsonObject {
  const { $schema: _, ...schema } = z.toJSONSchema(shape, { io: "input" });
  return schema;
}
