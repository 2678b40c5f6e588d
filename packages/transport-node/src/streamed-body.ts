/**
 * A body as it arrives. Node's own bridge would end the connection once nobody reads on, before its sender has the answer.
 *
 * @module
 */
import type { IncomingMessage } from "node:http";

/** Asks for more only when somebody reads. When nobody does any more, the rest runs by, as node lets unread bodies do. */
export function streamedBody(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  let isWanted = true;
  return new ReadableStream<Uint8Array>({
    start: (controller) => {
      incoming.on("data", (chunk: Buffer) => {
        if (!isWanted) return;
        incoming.pause();
        controller.enqueue(chunk);
      });
      incoming.once("end", () => {
        if (isWanted) controller.close();
      });
      incoming.once("error", (error) => controller.error(error));
      incoming.pause();
    },
    pull: () => {
      incoming.resume();
    },
    cancel: () => {
      isWanted = false;
      incoming.resume();
    },
  });
}
