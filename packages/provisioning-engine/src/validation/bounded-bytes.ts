/**
 * Bytes of a stream, as many as are wanted at most.
 *
 * @module
 */

/** @returns undefined when there are more than `max`; the rest is never read */
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
 * The bytes of a body. One that announces too many is not touched: whoever begins to read it may cut the client off before
 * it has its answer.
 *
 * @returns undefined when there are more than `max`
 */
export async function boundedBody(request: Request, max: number): Promise<Buffer<ArrayBuffer> | undefined> {
  if (Number(request.headers.get("content-length") ?? 0) > max) return undefined;
  return boundedBytes(request.body, max);
}
