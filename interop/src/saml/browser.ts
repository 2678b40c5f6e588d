/**
 * A browser as far as SAML needs one: it keeps cookies of each host, and sees where a page would send it.
 *
 * @module
 */

/** What came back, and where it leads. */
export interface Page {
  readonly url: string;
  readonly status: number;
  readonly text: string;
  /** Of a redirect. */
  readonly location: string | undefined;
  /** The first form of the page. */
  readonly form: Form | undefined;
}

export interface Form {
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
}

export interface Browser {
  /** One request; redirects are not followed. */
  get(url: string): Promise<Page>;
  post(url: string, fields: Readonly<Record<string, string>>): Promise<Page>;
  /** Follows redirects, and forms that need nobody to fill them in, up to a page that is neither. */
  settle(page: Page): Promise<Page>;
}

const MOST_STEPS = 12;

export function createBrowser(): Browser {
  const cookies = new Map<string, Map<string, string>>();
  const request = async (url: string, init: RequestInit): Promise<Page> => {
    const jar = cookies.get(new URL(url).host) ?? new Map<string, string>();
    cookies.set(new URL(url).host, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url, { ...init, headers: { accept: "text/html", cookie }, redirect: "manual" });
    for (const line of response.headers.getSetCookie()) keepCookie(jar, line);
    return readPage(url, response.status, response.headers.get("location"), await response.text());
  };
  const browser: Browser = {
    get: (url) => request(url, {}),
    post: (url, fields) => request(url, { method: "POST", body: new URLSearchParams(fields) }),
    settle: async (first) => {
      let page = first;
      for (let step = 0; step < MOST_STEPS; step += 1) {
        const next = nextStep(browser, page);
        if (next === undefined) return page;
        page = await next;
      }
      throw new Error(`The browser was sent around ${MOST_STEPS} times, last to ${page.url}.`);
    },
  };
  return browser;
}

function nextStep(browser: Browser, { location, form }: Page): Promise<Page> | undefined {
  if (location !== undefined) return browser.get(location);
  if (form === undefined || !carriesMessage(form)) return undefined;
  return browser.post(form.action, form.fields);
}

function carriesMessage({ fields }: Form): boolean {
  return Object.hasOwn(fields, "SAMLRequest") || Object.hasOwn(fields, "SAMLResponse");
}

function keepCookie(jar: Map<string, string>, line: string): void {
  const [pair = "", ...attributes] = line.split(";");
  const at = pair.indexOf("=");
  const isOver = attributes.some((attribute) => /^\s*max-age=0$/i.test(attribute));
  if (isOver) jar.delete(pair.slice(0, at));
  else jar.set(pair.slice(0, at), pair.slice(at + 1));
}

/** @param location as the header had it */
export function readPage(url: string, status: number, location: string | null, text: string): Page {
  const resolve = (address: string) => new URL(address, url).href;
  return {
    url,
    status,
    text,
    location: location === null ? undefined : resolve(location),
    form: readForm(text, resolve),
  };
}

function readForm(html: string, resolve: (address: string) => string): Form | undefined {
  const [, attributes, content = ""] = /<form\b([^>]*)>(.*?)<\/form>/is.exec(html) ?? [];
  if (attributes === undefined) return undefined;
  const inputs = [...content.matchAll(/<input\b([^>]*)>/gi)].flatMap(([, input = ""]) => {
    const name = attributeOf(input, "name");
    return name === undefined ? [] : [[name, attributeOf(input, "value") ?? ""]];
  });
  return { action: resolve(attributeOf(attributes, "action") ?? ""), fields: Object.fromEntries(inputs) };
}

function attributeOf(attributes: string, name: string): string | undefined {
  const [, value] = new RegExp(`(?:^|\\s)${name}="([^"]*)"`, "i").exec(attributes) ?? [];
  return value === undefined ? undefined : unescapeHtml(value);
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' };

function unescapeHtml(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hexadecimal, name) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hexadecimal !== undefined) return String.fromCodePoint(Number.parseInt(hexadecimal, 16));
    return ENTITIES[name] ?? whole;
  });
}
