import { describe, expect, it } from "vitest";
import {
  type JsonObject,
  readTranscript,
  replayTranscript,
  type StepResult,
  type Transcript,
} from "../../src/testing/index.ts";

const step = (name: string, request: object, expect: object, more: object = {}): object => ({
  name,
  request: { method: "GET", path: "/Users", ...request },
  expect: { status: [200], ...expect },
  ...more,
});

const transcript = (...steps: object[]): Transcript =>
  readTranscript({ idp: "Some IdP", variant: "plain", vars: { guid: "g-1" }, steps });

const replay = (
  played: Transcript,
  respond: (request: Request) => Response | Promise<Response>,
  only?: readonly string[],
): Promise<readonly StepResult[]> =>
  replayTranscript({
    transcript: played,
    baseUrl: "https://scim.test/v2",
    token: "t-1",
    fetch: async (request) => respond(request),
    only,
  });

const seen = async (played: Transcript): Promise<readonly Request[]> => {
  const requests: Request[] = [];
  await replay(played, (request) => {
    requests.push(request);
    return Response.json({ id: "u-1" });
  });
  return requests;
};

const failures = async (
  expect: object,
  body: JsonObject | null,
  init: ResponseInit = {},
): Promise<readonly string[]> => {
  const answer = body === null ? new Response(null, init) : Response.json(body, init);
  const [result] = await replay(transcript(step("only", {}, expect)), () => answer);
  return result?.failures ?? ["not played"];
};

describe("requests", () => {
  it("carry the token and the SCIM media types", async () => {
    const [get, post] = await seen(
      transcript(step("get", {}, {}), step("post", { method: "POST", body: { a: null } }, {})),
    );
    expect(get?.headers.get("authorization")).toBe("Bearer t-1");
    expect(get?.headers.get("accept")).toBe("application/scim+json");
    expect(get?.headers.get("content-type")).toBeNull();
    expect(post?.headers.get("content-type")).toBe("application/scim+json");
    expect(await post?.text()).toBe('{"a":null}');
  });

  it("have the headers of the step before ours", async () => {
    const headers = { Authorization: "Bearer revoked", "content-type": "application/scim+json; charset=utf-8" };
    const [request] = await seen(transcript(step("get", { method: "POST", body: {}, headers }, {})));
    expect(request?.headers.get("authorization")).toBe("Bearer revoked");
    expect(request?.headers.get("content-type")).toBe("application/scim+json; charset=utf-8");
  });

  it("have their variables filled, saved ones too, and leave unknown ones for everybody to see", async () => {
    const requests = await seen(
      transcript(
        step("first", { path: "/Users/{{guid}}" }, {}, { save: { userId: "id" } }),
        step("second", { method: "POST", path: "/{{nobody}}", body: { ref: ["{{baseUrl}}/Users/{{userId}}"] } }, {}),
      ),
    );
    expect(requests.map(({ url }) => url)).toEqual([
      "https://scim.test/v2/Users/g-1",
      "https://scim.test/v2/%7B%7Bnobody%7D%7D",
    ]);
    expect(await requests[1]?.json()).toEqual({ ref: ["https://scim.test/v2/Users/u-1"] });
  });
});

describe("answers", () => {
  it("pass when everything is there", async () => {
    const expected = {
      body: { a: "{{guid}}" },
      bodyPaths: { "list[value={{guid}}].b": 1 },
      headers: { location: "/USERS/.+" },
    };
    const body = { a: "g-1", list: [{ value: "g-1", b: 1 }] };
    expect(await failures(expected, body, { headers: { location: "https://scim.test/v2/Users/1" } })).toEqual([]);
  });

  it("of another status fail, and nothing else is looked at", async () => {
    const found = await failures({ status: [200, 204], bodyPaths: { a: 1 } }, { detail: "No." }, { status: 404 });
    expect(found).toEqual(['The status is 404, expected 200 or 204. {"detail":"No."}']);
  });

  it("fail by body, path and header, each by itself", async () => {
    expect(await failures({ body: { a: 1 }, bodyPaths: { b: 2 }, headers: { location: ".+" } }, {})).toEqual([
      'The header location is "", expected /.+/i.',
      "body.a is missing, expected 1.",
      "b is missing, expected 2.",
    ]);
  });

  it("without a body need not match one", async () => {
    expect(await failures({ status: [204], body: { a: 1 }, bodyPaths: { b: 2 } }, null, { status: 204 })).toEqual([]);
  });

  it("that are no JSON match nothing", async () => {
    const played = transcript(step("page", {}, { body: { a: 1 } }));
    const [result] = await replay(played, () => new Response("<html>"));
    expect(result?.failures).toEqual(['body is "<html>", expected an object.']);
  });

  it("that never come are failures of their step, and the next one is played", async () => {
    const played = transcript(step("lost", {}, {}), step("next", {}, {}));
    let asked = 0;
    const results = await replay(played, () => {
      asked += 1;
      if (asked === 1) throw new Error("refused");
      return Response.json({});
    });
    expect(results.map((result) => result.failures)).toEqual([["No answer: Error: refused"], []]);
  });

  it("without what a step saves fail it", async () => {
    const played = transcript(step("create", {}, {}, { save: { userId: "id" } }));
    const [result] = await replay(played, () => Response.json({ id: 1 }));
    expect(result?.failures).toEqual(["The answer has no text at id to save as userId."]);
  });
});

it("plays only the named steps", async () => {
  const results = await replay(transcript(step("one", {}, {}), step("two", {}, {})), () => Response.json({}), ["two"]);
  expect(results).toEqual([{ name: "two", optional: false, failures: [] }]);
});
