import { describe, expect, it } from "vitest";
import { operators } from "../../src/host/operators.ts";

const TOKEN = "an-admin-token-of-some-length";

function start() {
  const operator = operators(TOKEN, "/console");
  const post = (token: string) =>
    operator.routes.request("/", { method: "POST", body: new URLSearchParams({ token }) });
  return { operator, post };
}

function asking(headers: Record<string, string>): Request {
  return new Request("http://host.example/console", { headers });
}

function cookieOf(response: Response): string {
  return response.headers.get("set-cookie")?.split(";")[0] ?? "";
}

describe("operators", () => {
  it.each([
    ["the token", `Bearer ${TOKEN}`, true],
    ["another case of the scheme", `bearer ${TOKEN}`, true],
    ["a prefix of the token", `Bearer ${TOKEN.slice(0, -1)}`, false],
    ["an empty token", "Bearer ", false],
    ["another scheme", `Basic ${TOKEN}`, false],
  ])("knows a bearer by %s", (_, authorization, known) => {
    expect(start().operator.bearer(asking({ authorization })) !== null).toBe(known);
  });

  it("lets a browser in that has shown the token, by an HttpOnly cookie", async () => {
    const { operator, post } = start();
    const response = await post(TOKEN);
    expect([response.status, response.headers.get("location")]).toEqual([303, "/console"]);
    expect(response.headers.get("set-cookie")).toMatch(/; HttpOnly; SameSite=Lax/);
    const request = asking({ cookie: cookieOf(response) });
    expect(operator.browser(request)).toMatchObject({ tenants: "all" });
    expect(operator.bearer(request)).toBeNull();
  });

  it("keeps everybody else out", async () => {
    const { operator, post } = start();
    const response = await post("a-guess");
    expect([response.status, response.headers.get("set-cookie")]).toEqual([401, null]);
    expect(await response.text()).toContain("not the admin token");
    expect(operator.browser(asking({ cookie: "muster_operator=guess" }))).toBeNull();
    expect(operator.browser(asking({}))).toBeNull();
  });

  it("makes links that work once", async () => {
    const { operator } = start();
    const path = operator.link().replace("/sign-in", "/");
    const [first, second] = [await operator.routes.request(path), await operator.routes.request(path)];
    expect([first.status, second.status]).toEqual([303, 401]);
    expect(operator.browser(asking({ cookie: cookieOf(first) }))).not.toBeNull();
  });
});
