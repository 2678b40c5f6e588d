/**
 * What nobody on `node:http` can be faster than: reads the JSON of the request, and answers with JSON of the size of a
 * User.
 *
 * @module
 */
import type { IncomingMessage } from "node:http";
import { person } from "../corpus/people.ts";
import { listen, ready } from "../http/service.ts";

const ID = "00000000-0000-7000-8000-000000000000";

const { server, url } = await listen();
const meta = {
  resourceType: "User",
  created: "2026-01-01T00:00:00.000Z",
  lastModified: "2026-01-01T00:00:00.000Z",
  location: `${url}/scim/v2/${ID}/Users/${ID}`,
  version: 'W/"1"',
};
const stored = { ...person(0), id: ID, meta };

server.on("request", async (request, response) => {
  const sent = request.method === "POST" ? JSON.parse(await readText(request)) : stored;
  const text = JSON.stringify({ ...sent, id: ID, meta });
  response.writeHead(request.method === "POST" ? 201 : 200, {
    "content-type": "application/scim+json",
    "content-length": Buffer.byteLength(text),
  });
  response.end(text);
});
ready({ scimUrl: `${url}/scim/v2/${ID}`, token: "none", someId: ID });

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
