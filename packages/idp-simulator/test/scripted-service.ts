/** A service that answers from a table and remembers what it was asked. */
export interface Asked {
  readonly line: string;
  readonly body: unknown;
  readonly headers: Headers;
}

export interface ScriptedService {
  readonly asked: Asked[];
  readonly fetch: (request: Request) => Promise<Response>;
}

/** @param answers by `METHOD path` without the query; a function makes the answer anew */
export function scriptedService(answers: Readonly<Record<string, unknown>>): ScriptedService {
  const asked: Asked[] = [];
  return {
    asked,
    fetch: async (request) => {
      const { pathname, search } = new URL(request.url);
      const text = await request.text();
      asked.push({
        line: `${request.method} ${pathname}${decodeURIComponent(search)}`,
        body: text === "" ? undefined : JSON.parse(text),
        headers: request.headers,
      });
      const answer = answers[`${request.method} ${pathname}`];
      if (answer instanceof Response) return answer.clone();
      if (answer === undefined) return Response.json({ status: "404", detail: "No such resource." }, { status: 404 });
      return answer === null ? new Response(null, { status: 204 }) : Response.json(answer);
    },
  };
}

/** A ListResponse. */
export function listOf(...resources: readonly object[]): object {
  return { totalResults: resources.length, Resources: resources };
}
