/**
 * What to copy where at the identity provider, in the words of its own screens.
 *
 * @module
 */
import type { Context } from "hono";
import { html } from "hono/html";
import { renderPage } from "../page.ts";
import { facts, table } from "../parts.ts";
import type { ConsoleEnv } from "../viewer.ts";

export async function setupPage(context: Context<ConsoleEnv>): Promise<Response> {
  const tenant = context.req.param("tenant") ?? "";
  const guide = await context.env.viewer.admin.connections.setupGuide(tenant);
  const { name, screen, copy, ownLabels, metadata, attributeNames, nameId, whereToChange, quirks } = guide;
  const steps = copy.map(({ label, text }) => [label, html`<code>${text}</code>`]);
  const body = html`<p>${screen}</p>
    <h2>Copy to ${name}</h2>
    ${table(`What to copy to ${name}`, ["Its field", "Our value"], steps, "Import our metadata.")}
    <h2>Send</h2>
    ${facts([
      ["E-mail address, as the attribute", html`<code>${attributeNames.email}</code>`],
      ["Name, as the attribute", html`<code>${attributeNames.name}</code>`],
      ["NameID", `${nameId.default}. ${nameId.advice}`],
      ["Attributes are set at", whereToChange.attributes],
      ["What is signed is set at", whereToChange.signing],
    ])}
    <h2>Bring back</h2>
    ${facts([
      [metadata === "address" ? "Metadata, by address or as a file" : "Metadata, as a file", ownLabels.metadata],
      ["Sign-On URL", ownLabels.ssoUrl],
      ["Entity ID", ownLabels.entityId],
      ["SAML certificate (X.509)", ownLabels.certificate],
    ])}
    <h2>Good to know</h2>
    <ul>${quirks.map((quirk) => html`<li>${quirk}</li>`)}</ul>`;
  return renderPage(context, { title: `Set up ${name}`, body, tenant });
}
