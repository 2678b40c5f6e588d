/**
 * Sessions of the hosts: the number of the sign-in that began them, in a cookie.
 *
 * @module
 */

export function sessionCookie(number: number): string {
  return `session=${number}; Path=/`;
}

export function takenBackCookie(): string {
  return "session=; Path=/; Max-Age=0";
}

/** 0 when there is none. */
export function readSession({ headers }: Request): number {
  const [, number] = /(?:^|; )session=(\d+)/.exec(headers.get("cookie") ?? "") ?? [];
  return Number(number ?? 0);
}
