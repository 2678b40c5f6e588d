/** Makes identifiers that sort by creation (UUID version 7, RFC 9562 §5.7). Injected. */
export type NewId = () => string;
