/**
 * What a person does at Keycloak's pages.
 *
 * @module
 */
import type { Browser, Form, Page } from "../browser.ts";
import { saidBy } from "./page.ts";
import { ADA } from "./realm.ts";

/** Where a sign-in went: to the page that asks for a password, or straight on. */
export interface Reached {
  readonly askedForPassword: boolean;
  /** What the browser is to post to the service. */
  readonly response: Form;
}

/**
 * Follows a sign-in up to the form with the response, which is not posted yet.
 *
 * @throws {Error} with what the page says when there is none
 */
export async function reachResponse(browser: Browser, first: Page): Promise<Reached> {
  let page = await advance(browser, first);
  const askedForPassword = page.form !== undefined && Object.hasOwn(page.form.fields, "password");
  if (page.form !== undefined && askedForPassword) {
    const { username, password } = ADA;
    const { action, fields } = page.form;
    page = await advance(browser, await browser.post(action, { ...fields, username, password }));
  }
  if (page.form?.fields.SAMLResponse === undefined) throw new Error(`No response: ${saidBy(page)}`);
  return { askedForPassword, response: page.form };
}

/** Follows redirects and the form with our request, but never one with a response. */
async function advance(browser: Browser, first: Page): Promise<Page> {
  let page = first;
  for (let step = 0; step < 8; step += 1) {
    if (page.location !== undefined) page = await browser.get(page.location);
    else if (page.form?.fields.SAMLRequest !== undefined) page = await browser.post(page.form.action, page.form.fields);
    else return page;
  }
  throw new Error(`The browser was sent around, last to ${page.url}.`);
}
