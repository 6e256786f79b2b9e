import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from "fastify";

/** A comment as the fake platforms keep it. */
export interface KeptComment {
  readonly id: number;
  readonly author: string;
  body: string;
}

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** What a platform answers instead of doing its work, to the next request of a method and path. */
export interface Fault {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** It does its work first, and answers this after. */
  readonly afterwards?: boolean;
  /** What somebody else does at this moment. */
  readonly meanwhile?: () => void;
  /** For how many requests; one when absent. */
  readonly times?: number;
}

/** The part of a platform that all of them have: comments, pages, faults, and a list of what was asked. */
export class ForgeServer {
  readonly comments: KeptComment[] = [];
  readonly requests: SeenRequest[] = [];
  readonly app: FastifyInstance = fastify();
  /** Comments on a page, whatever is asked for. */
  pageSize = 100;
  readonly #faults: { fault: Fault; left: number }[] = [];
  #nextId = 101;
  #barrier: { waiting: (() => void)[]; size: number } | undefined;

  constructor() {
    const faulty = new WeakSet<FastifyRequest>();
    this.app.addHook("preHandler", async (request, reply) => {
      this.requests.push({ method: request.method, path: pathOf(request), query: queryOf(request), body: request.body });
      const due = this.#due(request, false);
      if (due === undefined) return;
      faulty.add(request);
      await answerWith(reply, due);
    });
    this.app.addHook("onSend", async (request, reply, payload) => {
      const due = faulty.has(request) ? undefined : this.#due(request, true);
      if (due === undefined) return payload;
      reply.code(due.status).headers({ ...due.headers });
      return JSON.stringify(due.body ?? {});
    });
  }

  get url(): string {
    return this.app.listeningOrigin;
  }

  /** Methods and paths of the requests that were to change something. */
  get writes(): string[] {
    return this.requests
      .filter(({ method, path }) => method !== "GET" && !path.endsWith("/graphql"))
      .map(({ method, path }) => `${method} ${path}`);
  }

  fail(fault: Fault): void {
    this.#faults.push({ fault, left: fault.times ?? 1 });
  }

  /** Lists are not answered before so many were asked for: whoever asks sees the same. */
  holdListsUntil(size: number): void {
    this.#barrier = { waiting: [], size };
  }

  add(author: string, body: string): KeptComment {
    const comment = { id: this.#nextId++, author, body };
    this.comments.push(comment);
    return comment;
  }

  /** One page of the comments, with the header that names the next one. */
  async page(request: FastifyRequest, reply: FastifyReply): Promise<readonly KeptComment[]> {
    await this.#pass();
    const number = Number(queryOf(request).page ?? 1);
    const end = number * this.pageSize;
    if (end < this.comments.length) {
      const next = new URL(request.url, this.url);
      next.searchParams.set("page", String(number + 1));
      reply.header("link", `<${next.href}>; rel="next"`);
    }
    return this.comments.slice(end - this.pageSize, end).map((comment) => ({ ...comment }));
  }

  take(id: number): KeptComment | undefined {
    return this.comments.find((comment) => comment.id === id);
  }

  drop(id: number): boolean {
    const index = this.comments.findIndex((comment) => comment.id === id);
    if (index >= 0) this.comments.splice(index, 1);
    return index >= 0;
  }

  async listen(): Promise<this> {
    await this.app.listen({ host: "127.0.0.1", port: 0 });
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.app.close();
  }

  async #pass(): Promise<void> {
    const barrier = this.#barrier;
    if (barrier === undefined) return;
    await new Promise<void>((resolve) => {
      barrier.waiting.push(resolve);
      if (barrier.waiting.length < barrier.size) return;
      this.#barrier = undefined;
      for (const go of barrier.waiting) go();
    });
  }

  #due(request: FastifyRequest, afterwards: boolean): Fault | undefined {
    const due = this.#faults.find(
      ({ fault, left }) =>
        left > 0 && fault.method === request.method && fault.path === pathOf(request) && (fault.afterwards ?? false) === afterwards,
    );
    if (due === undefined) return undefined;
    due.left--;
    due.fault.meanwhile?.();
    return due.fault;
  }
}

function answerWith(reply: FastifyReply, { status, headers = {}, body = {} }: Fault): FastifyReply {
  return reply.code(status).headers(headers).send(body);
}

function pathOf(request: FastifyRequest): string {
  return request.url.split("?")[0] ?? "";
}

function queryOf(request: FastifyRequest): Readonly<Record<string, string>> {
  return request.query as Record<string, string>;
}
