import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createWorld, refusalOf, type World } from "./world.ts";

const NAME = "__Host-saml-browser";

/** Begins a sign-in, as a browser that has this cookie or none. */
async function begin(world: World, cookie = "", returnTo = "/docs") {
  const response = await world.get(`/saml/c1/sign-in?${new URLSearchParams({ returnTo })}`, { cookie });
  const setCookie = response.headers.get("set-cookie") ?? "";
  return {
    authnRequestUrl: response.headers.get("location") ?? "",
    setCookie,
    cookie: setCookie.split(";")[0] ?? "",
  };
}

function deliver(world: World, authnRequestUrl: string, cookie?: string): Promise<Response> {
  const { samlResponse } = world.respond({ authnRequestUrl });
  const headers = cookie === undefined ? {} : { cookie };
  return world.post("/saml/c1/acs", new URLSearchParams({ SAMLResponse: samlResponse }), headers);
}

describe("bindToBrowser", () => {
  it("lets the browser that began a sign-in end it", async () => {
    const world = createWorld({ bindToBrowser: true });
    const { authnRequestUrl, setCookie, cookie } = await begin(world);
    expect(setCookie).toMatch(
      /^__Host-saml-browser=[0-9a-f]{64}; Path=\/; Max-Age=600; HttpOnly; Secure; SameSite=None$/,
    );
    const response = await deliver(world, authnRequestUrl, `a=b; ${cookie}; c=d`);
    expect([response.status, response.headers.get("location")]).toEqual([303, "/docs"]);
  });

  it("refuses what another browser brings: one without a cookie, and one with a cookie of its own", async () => {
    const world = createWorld({ bindToBrowser: true });
    const victim = await begin(world);
    for (const [cookie, fact] of [
      [undefined, "missing"],
      ["", "missing"],
      [victim.cookie, "other"],
      [`${NAME}=x`, "missing"],
      [`x${victim.cookie}`, "missing"],
    ] as const) {
      const attacker = await begin(world);
      const response = await deliver(world, attacker.authnRequestUrl, cookie);
      expect([response.status, (await refusalOf(response)).code]).toEqual([403, "browser_mismatch"]);
      expect(world.refusals.at(-1)?.error).toMatchObject({ stage: "request", details: { cookie: fact } });
      // The question is used up: nobody can try the answer again, not even with the right cookie.
      expect((await refusalOf(await deliver(world, attacker.authnRequestUrl, attacker.cookie))).code).toBe(
        "request_unknown",
      );
    }
    expect(world.signIns).toEqual([]);
  });

  it("keeps a browser's value, so that several tabs may sign in at the same time", async () => {
    const world = createWorld({ bindToBrowser: true });
    const first = await begin(world, "", "/one");
    const second = await begin(world, first.cookie, "/two");
    expect(second.cookie).toBe(first.cookie);
    for (const { authnRequestUrl } of [second, first]) {
      expect((await deliver(world, authnRequestUrl, first.cookie)).status).toBe(303);
    }
    expect(world.signIns.map(({ returnTo }) => returnTo)).toEqual(["/two", "/one"]);
  });

  it("gives each browser a value that nobody knows, and takes none that did not come from here", async () => {
    const world = createWorld({ bindToBrowser: true });
    const values = await Promise.all(["", `${NAME}=guess`, `${NAME}=a\tb`].map((cookie) => begin(world, cookie)));
    expect(new Set(values.map(({ cookie }) => cookie)).size).toBe(3);
    for (const { cookie } of values) expect(cookie).toMatch(/=[0-9a-f]{64}$/);
  });

  it("remembers a hash of the value, not the value", async () => {
    const world = createWorld({ bindToBrowser: true });
    const { authnRequestUrl, cookie } = await begin(world);
    await deliver(world, authnRequestUrl, cookie);
    const value = cookie.slice(NAME.length + 1);
    expect(world.signIns[0]?.claims.request?.browser).toBe(createHash("sha256").update(value).digest("hex"));
  });

  it("is not SameSite=None over http, where browsers would drop it", async () => {
    const serviceProvider = { entityId: "http://localhost/saml/c1", acsUrl: "http://localhost/saml/c1/acs" };
    const { setCookie } = await begin(createWorld({ bindToBrowser: true, serviceProvider }));
    expect(setCookie).toMatch(/^saml-browser=[0-9a-f]{64}; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax$/);
  });

  it("does not concern sign-ins that the identity provider begins", async () => {
    const world = createWorld({ bindToBrowser: true, allowIdpInitiated: true });
    expect((await world.deliver(world.respond())).status).toBe(303);
  });

  it("is off unless it is asked for, and what was bound before stays bound", async () => {
    const world = createWorld();
    const plain = await begin(world);
    expect(plain.setCookie).toBe("");
    expect((await deliver(world, plain.authnRequestUrl)).status).toBe(303);
    const bound = createWorld({ bindToBrowser: true });
    const { authnRequestUrl } = await begin(bound);
    const connection = bound.connections.get("c1");
    if (connection !== undefined) bound.connections.set("c1", { ...connection, bindToBrowser: false });
    expect((await refusalOf(await deliver(bound, authnRequestUrl))).code).toBe("browser_mismatch");
  });
});
