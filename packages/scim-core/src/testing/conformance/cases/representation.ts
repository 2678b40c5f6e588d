/**
 * Creating, reading, replacing and deleting a person, and what the answers look like.
 *
 * @module
 */
import { ERROR_URN, USER_URN } from "../../../urn.ts";
import { optionalAttribute, PATCH, userAttribute } from "../abilities.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import {
  header,
  verify,
  verifyBody,
  verifyEqual,
  verifyErrorBody,
  verifyNoFault,
  verifyRefusal,
  verifyStatus,
} from "../statements.ts";

const UNKNOWN = "/Users/00000000-0000-4000-8000-000000000000";
const DATE_TIME = { $regex: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$" };

export const representationCases: readonly ConformanceCase[] = [
  {
    id: "A01",
    clause: "RFC 7644 §3.3",
    title: "POST answers 201 with the address of the new resource",
    run: async ({ send, userBody }) => {
      const answer = await send({ method: "POST", path: "/Users", body: userBody() });
      verifyStatus(answer, 201);
      const location = header(answer, "location");
      verify(location !== "", "The answer to POST /Users has no Location.");
      verifyBody("POST /Users", answer.body, { "meta.location": location });
    },
  },
  {
    id: "A01",
    clause: "RFC 7644 §3.1",
    title: "the address of a resource is its id below the collection",
    run: async ({ createUser, read }) => {
      const made = await createUser();
      const { meta } = await read(made.path);
      verifyBody(`GET ${made.path}`, { meta: meta ?? null }, { "meta.location": { $regex: "/Users/[^/?#]+$" } });
      const location = String((meta as { location?: string }).location);
      verifyEqual("The id in meta.location", decodeURIComponent(location.split("/").at(-1) ?? ""), made.id);
    },
  },
  {
    id: "A01",
    clause: "RFC 7643 §3.1",
    title: "a resource has schemas, an id, and meta with type, times and location",
    run: async ({ createUser, read }) => {
      const { id, path } = await createUser();
      verifyBody(`GET ${path}`, await read(path), {
        id,
        schemas: [USER_URN],
        "meta.resourceType": "User",
        "meta.created": DATE_TIME,
        "meta.lastModified": DATE_TIME,
      });
    },
  },
  {
    id: "A01",
    clause: "RFC 7644 §3.4.1",
    title: "GET shows what POST answered",
    run: async ({ createUser, read }) => {
      const { body, path } = await createUser({ externalId: "x-1" });
      verifyEqual("The person read again", await read(path), body);
    },
  },
  {
    id: "A02",
    clause: "RFC 7644 §3.1",
    title: "resources, lists and errors are application/scim+json",
    run: async ({ createUser, send }) => {
      const { path } = await createUser();
      for (const asked of [path, "/Users?count=1", "/ServiceProviderConfig", UNKNOWN]) {
        const answer = await send({ method: "GET", path: asked });
        const [mediaType] = header(answer, "content-type").split(";", 1);
        verifyEqual(`The media type of GET ${asked}`, mediaType?.trim().toLowerCase(), "application/scim+json");
      }
    },
  },
  {
    id: "A02",
    clause: "RFC 7644 §3.8",
    title: "a client that accepts application/json only is served",
    run: async ({ createUser, send }) => {
      const { id, path } = await createUser();
      const answer = await send({ method: "GET", path, headers: { accept: "application/json" } });
      verifyStatus(answer, 200);
      verifyBody(answer.call, answer.body, { id });
    },
  },
  {
    id: "A03",
    clause: "RFC 7644 §3.12",
    title: "an unknown id answers 404 with the error schema and the status as text",
    run: async ({ send }) => {
      const answer = await send({ method: "GET", path: UNKNOWN });
      verifyStatus(answer, 404);
      verifyBody(answer.call, answer.body, { schemas: [ERROR_URN], status: "404" });
    },
  },
  {
    id: "A03",
    clause: "RFC 7644 §3.12",
    title: "an unknown endpoint answers 404 with the error schema",
    run: async ({ send }) => verifyRefusal(await send({ method: "GET", path: "/Unicorns" }), { status: [404] }),
  },
  ...["{", '{"schemas":[', "nonsense", '{"a":1}}'].map(
    (body): ConformanceCase => ({
      id: "A04",
      clause: "RFC 7644 §3.12",
      title: `the body ${body} is refused as invalidSyntax`,
      run: async ({ send }) =>
        verifyRefusal(await send({ method: "POST", path: "/Users", body }), {
          status: [400],
          scimType: ["invalidSyntax"],
        }),
    }),
  ),
  ...["[]", "null", '"text"'].map(
    (body): ConformanceCase => ({
      id: "A04",
      clause: "RFC 7644 §3.3",
      title: `the body ${body} is no resource, and is refused`,
      run: async ({ send }) => verifyRefusal(await send({ method: "POST", path: "/Users", body }), { status: [400] }),
    }),
  ),
  {
    id: "A05",
    clause: "RFC 7644 §3.1",
    title: "a body of another media type is refused by a SCIM error",
    run: async ({ send }) => {
      const headers = { "content-type": "text/xml" };
      const answer = await send({ method: "POST", path: "/Users", body: "<user/>", headers });
      verify(answer.status >= 400 && answer.status < 500, `${answer.call} with XML answered ${answer.status}.`);
      verifyErrorBody(answer);
    },
  },
  ...["application/json", "application/scim+json; charset=utf-8", "Application/SCIM+JSON"].map(
    (mediaType): ConformanceCase => ({
      id: "J36",
      clause: "RFC 7644 §3.8",
      title: `a body sent as ${mediaType} is accepted`,
      run: async ({ send, userBody }) => {
        const headers = { "content-type": mediaType };
        verifyStatus(await send({ method: "POST", path: "/Users", body: userBody(), headers }), 201);
      },
    }),
  ),
  {
    id: "A08",
    clause: "RFC 7644 §3.2",
    title: "PUT on a collection is refused by a SCIM error",
    run: async ({ send, userBody }) =>
      verifyRefusal(await send({ method: "PUT", path: "/Users", body: userBody() }), { status: [404, 405, 501] }),
  },
  {
    id: "A09",
    clause: "RFC 7643 §3.1",
    title: "an id and meta of the client's are ignored by POST",
    run: async ({ createUser, mark }) => {
      const meta = { created: "1999-01-01T00:00:00Z", location: "https://elsewhere.example/", resourceType: "Group" };
      const { body } = await createUser({ id: mark, meta });
      verify(body.id !== mark, "The service took the id that the client sent.");
      verifyBody("POST /Users", body, {
        "meta.resourceType": "User",
        "meta.created": { $regex: "^(?!1999)" },
        "meta.location": { $regex: "^(?!https://elsewhere)" },
      });
    },
  },
  {
    id: "A09",
    clause: "RFC 7644 §3.5.1",
    title: "PUT ignores meta, and keeps when the resource was created",
    run: async ({ createUser, send }) => {
      const {
        path,
        id,
        body: { schemas = null, userName = null, ...before },
      } = await createUser();
      const meta = { created: "1999-01-01T00:00:00Z" };
      const answer = await send({ method: "PUT", path, body: { ...before, schemas, userName, meta } });
      verifyStatus(answer, 200);
      const { created } = before.meta as { created: string };
      verifyBody(answer.call, answer.body, { id, "meta.created": created });
    },
  },
  {
    id: "A18",
    clause: "RFC 7644 §3.5.1",
    title: "PUT clears what it leaves out",
    needs: [userAttribute("title"), optionalAttribute("title"), userAttribute("name.givenName")],
    run: async ({ createUser, userBody, send, read }) => {
      const { path, name } = await createUser({ title: "Editor", name: { givenName: "Ada" }, externalId: "x-1" });
      const body = userBody({ userName: name, name: { familyName: "Lovelace" } });
      verifyStatus(await send({ method: "PUT", path, body }), 200);
      verifyBody("After the PUT", await read(path), {
        userName: name,
        title: { $absentOrEmpty: true },
        "name.givenName": { $absentOrEmpty: true },
        "name.familyName": "Lovelace",
      });
    },
  },
  {
    id: "A18",
    clause: "RFC 7644 §3.5.1",
    title: "PUT of what GET showed changes nothing",
    needs: [userAttribute("emails"), userAttribute("name.givenName")],
    run: async ({ createUser, mark, send, read }) => {
      const emails = [{ value: `${mark}@work.example`, type: "work", primary: true }];
      const { path } = await createUser({ emails, name: { givenName: "Ada" }, active: true });
      const { meta: _before, ...shown } = await read(path);
      verifyStatus(await send({ method: "PUT", path, body: { ...shown } }), 200);
      const { meta: _after, ...after } = await read(path);
      verifyEqual("The person after the PUT", after, shown);
    },
  },
  {
    id: "A19",
    clause: "RFC 7644 §3.5.1",
    title: "PUT to an unknown id answers 404 and creates nobody",
    run: async ({ send, userBody, query }) => {
      const body = userBody();
      verifyRefusal(await send({ method: "PUT", path: UNKNOWN, body }), { status: [404] });
      const found = await query("/Users", { filter: `userName eq "${String(body.userName)}"` });
      verifyNoFault(found);
      verify(found.status !== 200 || found.body.totalResults === 0, "The refused PUT created the person.");
    },
  },
  {
    id: "D46",
    clause: "RFC 7644 §3.5.2",
    title: "PATCH of an unknown id answers 404",
    needs: [PATCH],
    run: async ({ patch }) =>
      verifyRefusal(await patch(UNKNOWN, { op: "replace", path: "active", value: true }), { status: [404] }),
  },
  {
    id: "A20",
    clause: "RFC 7644 §3.6",
    title: "DELETE answers 204 without a body",
    run: async ({ createUser, send }) => {
      const answer = await send({ method: "DELETE", path: (await createUser()).path });
      verifyStatus(answer, 204);
      verifyEqual("The body of the answer", answer.text, "");
    },
  },
  ...["GET", "DELETE", "PUT", "PATCH"].map(
    (method): ConformanceCase => ({
      id: "A20",
      clause: "RFC 7644 §3.6",
      title: `${method} of a deleted person answers 404`,
      needs: method === "PATCH" ? [PATCH] : [],
      run: async ({ createUser, userBody, patch, send }) => {
        const { path, name } = await createUser();
        verifyStatus(await send({ method: "DELETE", path }), 204);
        const again = { PUT: { body: userBody({ userName: name }) } }[method] ?? {};
        const answer =
          method === "PATCH"
            ? await patch(path, { op: "replace", path: "active", value: true })
            : await send({ method, path, ...again });
        verifyRefusal(answer, { status: [404] });
      },
    }),
  ),
  {
    id: "A20",
    clause: "RFC 7644 §3.6",
    title: "a deleted person is in no list, and the userName is free again",
    run: async ({ createUser, query, send }) => {
      const { path, name } = await createUser();
      verifyStatus(await send({ method: "DELETE", path }), 204);
      const answer = await query("/Users", { filter: `userName eq "${name}"` });
      verify(answer.status !== 200 || answer.body.totalResults === 0, "The list still shows the deleted person.");
      await createUser({ userName: name });
    },
  },
];
