import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { createBrowser, readPage } from "../../src/saml/browser.ts";

const read = (text: string) => readPage("http://idp.example/login?a=1", 200, null, text);

it("a form is read as browsers read it", () => {
  const { form } = read(`<FORM METHOD="POST" ACTION="/do?x=1&amp;y=2">
    <INPUT TYPE="HIDDEN" NAME="SAMLResponse" VALUE="PHg+&#39;&quot;&#x41;"/><input value="v"><input name="empty"></FORM>`);
  expect(form).toEqual({
    action: "http://idp.example/do?x=1&y=2",
    fields: { SAMLResponse: `PHg+'"A`, empty: "" },
  });
  expect(read("<p>No form.</p>").form).toBeUndefined();
});

it("a redirect is relative to where it was said", () => {
  expect(readPage("http://a.example/b/c", 302, "../d", "").location).toBe("http://a.example/d");
});

it("cookies come back to their host, until they are taken back", async () => {
  const seen: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers.cookie);
    const [cookie, location] = { "/": ["a=1; Path=/", "/next"], "/next": ["a=; Max-Age=0", undefined] }[
      request.url ?? ""
    ] ?? [undefined, undefined];
    response.writeHead(location === undefined ? 200 : 302, {
      ...(cookie !== undefined && { "set-cookie": cookie }),
      ...(location !== undefined && { location }),
    });
    response.end();
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = createBrowser();
  const page = await browser.settle(await browser.get(`${url}/`));
  await browser.get(`${url}/last`);
  server.close();
  expect(page.url).toBe(`${url}/next`);
  expect(seen.map((cookie) => cookie || undefined)).toEqual([undefined, "a=1", undefined]);
});

it("a page that posts a SAML message is followed, any other is where it ends", async () => {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    request.on("data", (data: Buffer) => bodies.push(String(data)));
    request.on("end", () => {
      const message = '<form action="/acs"><input name="SAMLResponse" value="x"></form>';
      response.end(request.url === "/idp" ? message : '<form action="/login"><input name="password"></form>');
    });
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = createBrowser();
  const page = await browser.settle(await browser.get(`${url}/idp`));
  server.close();
  expect([page.url, bodies]).toEqual([`${url}/acs`, ["SAMLResponse=x"]]);
});
