import { expect, it } from "vitest";
import type { Browser, Page } from "../../src/saml/browser.ts";
import { readPage } from "../../src/saml/browser.ts";
import { reachResponse } from "../../src/saml/keycloak/login.ts";
import { saidBy } from "../../src/saml/keycloak/page.ts";
import { ADA } from "../../src/saml/keycloak/realm.ts";

const page = (text: string, status = 200): Page => readPage("http://idp.example/", status, null, text);
const login = page(
  '<form action="/auth"><input name="username"><input name="password"><input name="code" value="7"></form>',
);
const response = page(
  '<FORM METHOD="POST" ACTION="http://sp.example/acs"><INPUT NAME="SAMLResponse" VALUE="x"/></FORM>',
);

function browserTo(answer: Page): Browser & { readonly posted: unknown[] } {
  const posted: unknown[] = [];
  return {
    posted,
    get: async () => answer,
    post: async (url, fields) => {
      posted.push([url, fields]);
      return answer;
    },
    settle: async () => answer,
  };
}

it("a person who is asked for a password gives it, and the response is not posted yet", async () => {
  const browser = browserTo(response);
  expect(await reachResponse(browser, login)).toEqual({ askedForPassword: true, response: response.form });
  const { username, password } = ADA;
  expect(browser.posted).toEqual([["http://idp.example/auth", { username, password, code: "7" }]]);
});

it("a session at Keycloak asks for nothing", async () => {
  expect(await reachResponse(browserTo(login), response)).toEqual({ askedForPassword: false, response: response.form });
});

it("a page that is neither is quoted, without its markup", async () => {
  const refusal = page(
    "<head><title>x</title></head><style>p{}</style><h1>We are sorry</h1><p>Invalid  requester</p>",
    400,
  );
  await expect(reachResponse(browserTo(refusal), refusal)).rejects.toThrow(
    "No response: status 400, We are sorry Invalid requester",
  );
  expect(saidBy(page("x".repeat(300)))).toHaveLength("status 200, ".length + 200);
});
