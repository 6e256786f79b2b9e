/** A refusal of a handler: its body is the system's own, word for word. */
export class Failure extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, body: Readonly<Record<string, unknown>>) {
    super(String(body.error));
    this.status = status;
    this.body = body;
  }
}

export const failure = (status: number, error: string): Failure => new Failure(status, { error });
export const notFound = (what = "Not found"): Failure => failure(404, what);
export const unauthorized = (): Failure => failure(401, "Unauthorized");
export const forbidden = (permission: string): Failure =>
  new Failure(403, { error: "Forbidden", message: `Required permission: ${permission}` });

/** What the framework of the system answers for anything that is thrown. */
export class Thrown extends Error {
  readonly statusCode = 500;
  readonly code: string | undefined;

  constructor(message: string, code?: string) {
    super(message);
    this.code = code;
  }
}
