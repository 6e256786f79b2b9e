/** What was thrown while a secret was on its way that only the sink knows, having read it: whoever tells of it takes that secret out. */
export class FailedWithSecret {
  readonly thrown: unknown;
  readonly secret: string;

  constructor(thrown: unknown, secret: string) {
    this.thrown = thrown;
    this.secret = secret;
  }
}

/** Does something with a secret that a sink has read. */
export async function withReadSecret<T>(secret: string, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (thrown) {
    throw new FailedWithSecret(thrown, secret);
  }
}
