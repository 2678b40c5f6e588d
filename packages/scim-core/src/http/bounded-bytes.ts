/**
 * The bytes of a body, as many as are wanted at most.
 *
 * @module
 */

/**
 * Reads a stream whole, or not to its end.
 *
 * @param body null is an empty one
 * @param max how many bytes there may be
 * @returns undefined when there are more; the rest is never read
 * @throws whatever the stream breaks off with
 * @example
 * const bytes = await boundedBytes(response.body, 64 * 1024);
 * if (bytes === undefined) throw new Error("The answer is too large.");
 */
export async function boundedBytes(
  body: ReadableStream<Uint8Array> | null,
  max: number,
): Promise<Buffer<ArrayBuffer> | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    // Leaving the loop cancels the stream.
    if (size > max) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * Reads the body of a request whole, or not to its end. One that announces too much is not touched: whoever begins to
 * read it may cut the client off before it has its answer. A length that was announced is what frames the body (RFC 9112
 * §6.3, RFC 9113 §8.1.1), no more of it arrives: then it is taken at once, which costs a fraction of a stream.
 *
 * @param request whose body nobody has read
 * @param max how many bytes there may be
 * @returns undefined when there are more
 * @throws whatever the body breaks off with
 * @example
 * const bytes = await boundedBody(request, 64 * 1024);
 * if (bytes === undefined) return new Response(null, { status: 413 });
 */
export async function boundedBody(request: Request, max: number): Promise<Buffer<ArrayBuffer> | undefined> {
  const announced = request.headers.get("content-length") ?? "";
  if (Number(announced) > max) return undefined;
  if (!/^\d+$/.test(announced)) return boundedBytes(request.body, max);
  const bytes = Buffer.from(await request.arrayBuffer());
  return bytes.byteLength > max ? undefined : bytes;
}
