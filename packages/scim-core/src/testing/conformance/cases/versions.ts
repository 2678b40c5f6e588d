/**
 * Versions and conditional requests (RFC 7644 §3.14; RFC 9110 §13).
 *
 * @module
 */
import { PATCH_OP_URN } from "../../../urn.ts";
import type { JsonObject } from "../../json.ts";
import { PATCH } from "../abilities.ts";
import type { Answer } from "../client.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import { header, verify, verifyBody, verifyEqual, verifyRefusal, verifyStatus } from "../statements.ts";
import type { Made, World } from "../world.ts";

const CLAUSE = "RFC 7644 §3.14";
const STALE = 'W/"no-such-version"';
const UNSAFE = ["PUT", "PATCH", "DELETE"] as const;

export const versionCases: readonly ConformanceCase[] = [
  {
    id: "E01",
    clause: CLAUSE,
    title: "the ETag of every answer is meta.version",
    run: async ({ createUser, userBody, send }) => {
      const { path, name } = await createUser();
      const answers = [
        await send({ method: "GET", path }),
        await send({ method: "PUT", path, body: userBody({ userName: name, displayName: "Ada" }) }),
        await send({ method: "POST", path: "/Users", body: userBody() }),
      ];
      for (const answer of answers) {
        const version = (answer.body.meta as JsonObject | undefined)?.version;
        verify(typeof version === "string", `The answer to ${answer.call} has no meta.version.`);
        verifyEqual(`The ETag of ${answer.call}`, header(answer, "etag"), version);
      }
    },
  },
  {
    id: "E07",
    clause: "RFC 7643 §5",
    title: "etag.supported is true: a changed person has another version",
    run: async (world) => {
      const made = await world.createUser();
      const before = await versionOf(world, made);
      verifyEqual("The version when nothing changed", await versionOf(world, made), before);
      verifyStatus(await change(world, "PUT", made, {}), 200);
      verify((await versionOf(world, made)) !== before, `The version is ${before} before and after the change.`);
    },
  },
  ...UNSAFE.map(
    (method, at): ConformanceCase => ({
      id: `E0${at + 2}`,
      clause: CLAUSE,
      title: `${method} with the If-Match of another version answers 412, and changes nothing`,
      needs: method === "PATCH" ? [PATCH] : [],
      run: async (world) => {
        const made = await world.createUser();
        const before = await world.read(made.path);
        verifyRefusal(await change(world, method, made, { "if-match": STALE }), { status: [412] });
        verifyEqual("The person after it", await world.read(made.path), before);
      },
    }),
  ),
  ...UNSAFE.map(
    (method, at): ConformanceCase => ({
      id: `E0${at + 2}`,
      clause: CLAUSE,
      title: `${method} with the If-Match of the version is done`,
      needs: method === "PATCH" ? [PATCH] : [],
      run: async (world) => {
        const made = await world.createUser();
        const headers = { "if-match": await versionOf(world, made) };
        verifyStatus(await change(world, method, made, headers), 200, 204);
      },
    }),
  ),
  {
    id: "E05",
    clause: CLAUSE,
    title: "GET with the If-None-Match of the version answers 304 without a body",
    run: async (world) => {
      const made = await world.createUser();
      const headers = { "if-none-match": await versionOf(world, made) };
      const answer = await world.send({ method: "GET", path: made.path, headers });
      verifyStatus(answer, 304);
      verifyEqual("The body of the answer", answer.text, "");
    },
  },
  {
    id: "E05",
    clause: CLAUSE,
    title: "GET with the If-None-Match of another version answers the person",
    run: async ({ createUser, send }) => {
      const { path, id } = await createUser();
      const answer = await send({ method: "GET", path, headers: { "if-none-match": STALE } });
      verifyStatus(answer, 200);
      verifyBody(answer.call, answer.body, { id });
    },
  },
  {
    id: "E06",
    clause: CLAUSE,
    title: "the version does not depend on what is shown",
    run: async ({ createUser, send }) => {
      const { path } = await createUser({ displayName: "Ada" });
      const whole = await send({ method: "GET", path });
      const part = await send({ method: "GET", path: `${path}?attributes=displayName` });
      verifyEqual("The ETag of a part", header(part, "etag"), header(whole, "etag"));
    },
  },
  ...(
    [
      ["* ", () => "*"],
      ["a list", (version: string) => `"other", ${version}, "more"`],
      ["the strong form", (version: string) => version.replace(/^W\//, "")],
    ] as const
  ).map(
    ([form, write]): ConformanceCase => ({
      id: "J18",
      clause: "RFC 9110 §13.1.1",
      title: `If-Match as ${form.trim()} is understood`,
      run: async (world) => {
        const made = await world.createUser();
        const headers = { "if-match": write(await versionOf(world, made)) };
        verifyStatus(await change(world, "PUT", made, headers), 200);
      },
    }),
  ),
];

async function versionOf({ read }: World, { path }: Made): Promise<string> {
  const { meta } = await read(path);
  const version = (meta as JsonObject | undefined)?.version;
  verify(typeof version === "string", `GET ${path} shows no meta.version.`);
  return version;
}

async function change(
  { send, userBody }: World,
  method: (typeof UNSAFE)[number],
  { path, name }: Made,
  headers: Readonly<Record<string, string>>,
): Promise<Answer> {
  const bodies = {
    PUT: { body: userBody({ userName: name, displayName: "Ada" }) },
    PATCH: {
      body: {
        schemas: [PATCH_OP_URN],
        Operations: [{ op: "add", path: "displayName", value: "Ada" }],
      },
    },
    DELETE: {},
  };
  return send({ method, path, headers, ...bodies[method] });
}
