/**
 * Bytes of a stream, as many as are wanted at most.
 *
 * @module
 */

/** @returns undefined when there are more than `max`; the rest is never read */
export async function boundedBytes(body: ReadableStream<Uint8Array> | null, max: number): Promise<Buffer | undefined> {
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
