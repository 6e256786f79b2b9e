import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InvalidInput, ReadOnly, Refused, Unreachable } from "../../provider/errors.js";
import type { Environment } from "../../provider/http/settings.js";
import { openSink } from "../../provider/sinks/index.js";
import type { Delivered, KeyPlace, Sink } from "../../provider/sinks/sink.js";
import { type ApiAnswer, startApi } from "./api-server.js";
import { operated } from "./operated.js";

/** A sink with the server that it speaks to, and ways to look at and to disturb it. */
export interface SinkUnderTest {
  /** As in the operator's file, with `type`, and `{project}` and `{key}` in the place. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Variables that the settings name. Their values must be in no error. */
  readonly environment: Environment;
  /** The secret that is in use at a place, seen past the sink. */
  held(place: KeyPlace): string | undefined | Promise<string | undefined>;
  /** From now on it refuses every write for lack of rights, repeating in its words what it was sent where it can. */
  refuse(): void;
  /** From now on every request gets this answer. Absent where there are no requests. */
  answerAll?(answer: ApiAnswer): void;
  /** Works again. */
  recover(): void;
  close(): void | Promise<void>;
}

interface Traits {
  /** Whether the sink gives back what it was given before. */
  readonly restores: boolean;
}

const SECRET = "gh_live_Zx81-first-value-of-the-key";
const SECOND = "gh_live_Qp27-second-value-of-the-key";
const ODD_NAMES = ["..", ".", "../../etc/passwd", "a/b", "a\\b", "a\nb", "a\0b", "{project}", "%2e%2e", "a?b#c", ""];

export function placeOf(project: string, key: string): KeyPlace {
  return { controlPlane: "main", project, key, environment: "production" };
}

/** What every sink does, over real HTTP where it has a server. */
export function sinkConformance(type: string, start: () => Promise<SinkUnderTest>, { restores }: Traits): void {
  describe(`the sink type ${type}, as every sink,`, () => {
    let tested: SinkUnderTest;
    let environment: Environment;
    let sink: Sink;

    beforeAll(async () => {
      tested = await start();
      environment = operated({ tested: { type, ...tested.settings } }, tested.environment);
      sink = await openSink("tested", environment);
    });
    afterAll(async () => tested?.close());

    it("makes a secret the one in use at its place, and says where it is", async () => {
      const delivered = await sink.deliver(placeOf("delivered", "api"), SECRET);
      expect(await tested.held(placeOf("delivered", "api"))).toBe(SECRET);
      expect(delivered.place).not.toBe("");
      expect(JSON.stringify(delivered)).not.toContain(SECRET);
    });

    it("takes the same secret twice, and another one after it", async () => {
      const place = placeOf("again", "api");
      const first = await sink.deliver(place, SECRET);
      const second = await sink.deliver(place, SECRET);
      expect(await tested.held(place)).toBe(SECRET);
      expect(second.place).toBe(first.place);
      await sink.deliver(place, SECOND);
      expect(await tested.held(place)).toBe(SECOND);
    });

    it("keeps keys apart whose names read the same when joined", async () => {
      const [left, right] = [placeOf("a-b", "c"), placeOf("a", "b-c")];
      await sink.deliver(left, SECRET);
      await sink.deliver(right, SECOND);
      expect([await tested.held(left), await tested.held(right)]).toEqual([SECRET, SECOND]);
    });

    it("refuses a name that could leave its place, before anything is sent", async () => {
      for (const odd of ODD_NAMES) {
        const errors = [placeOf("project", odd), placeOf(odd, "key")].map((place) => errorOf(sink.deliver(place, SECRET)));
        for (const error of await Promise.all(errors)) expect(error, JSON.stringify(odd)).toBeInstanceOf(InvalidInput);
      }
    });

    it("tells a refusal as one, in words and without the secret or its own credential", async () => {
      tested.refuse();
      const error = await errorOf(sink.deliver(placeOf("refused", "api"), SECRET));
      tested.recover();
      expect(error).toBeInstanceOf(Refused);
      expect(String(error)).toContain('sink "tested"');
      expectNoSecret(error);
      expect(await tested.held(placeOf("refused", "api"))).toBeUndefined();
    });

    it("writes nothing in a read-only run", async () => {
      const reading = await openSink("tested", { ...environment, GATEHOUSE_READ_ONLY: "1" });
      const place = placeOf("read-only", "api");
      expect(await errorOf(reading.deliver(place, SECRET))).toBeInstanceOf(ReadOnly);
      expect(await tested.held(place)).toBeUndefined();
    });

    it(restores ? "gives a former secret back, also twice" : "says that it gives no former secret back", async () => {
      const place = placeOf("restored", "api");
      const former: Delivered = await sink.deliver(place, SECRET);
      await sink.deliver(place, SECOND);
      expect(sink.restore !== undefined).toBe(restores);
      if (sink.restore === undefined) return;
      await sink.restore(place, former);
      expect(await tested.held(place)).toBe(SECRET);
      await sink.restore(place, former);
      expect(await tested.held(place)).toBe(SECRET);
    });

    it("refuses to give back what it never had", async () => {
      if (sink.restore === undefined) return;
      const place = placeOf("never", "api");
      await sink.deliver(place, SECRET);
      const error = await errorOf(sink.restore(place, { place: "elsewhere", version: "999" }));
      expect(error).toBeInstanceOf(Refused);
      expect(await tested.held(place)).toBe(SECRET);
      expectNoSecret(error);
    });

    it("cannot tell what became of the secret when its server fails", async () => {
      if (tested.answerAll === undefined) return;
      tested.answerAll({ status: 500, body: { message: `broke while it stored ${SECRET}` } });
      const error = await errorOf(sink.deliver(placeOf("failing", "api"), SECRET));
      tested.recover();
      expect(error).toBeInstanceOf(Unreachable);
      expectNoSecret(error);
    });

    it("follows no redirect", async () => {
      if (tested.answerAll === undefined) return;
      const elsewhere = await startApi(() => ({ status: 200, body: {} }));
      tested.answerAll({ status: 307, headers: { location: `${elsewhere.url}/taken` } });
      const error = await errorOf(sink.deliver(placeOf("redirected", "api"), SECRET));
      tested.recover();
      await elsewhere.close();
      expect(error).toSatisfy((thrown) => thrown instanceof Unreachable || thrown instanceof Refused);
      expect(elsewhere.requests).toEqual([]);
    });

    it("cannot tell what became of the secret when nothing listens", async () => {
      if (tested.answerAll === undefined) return;
      await tested.close();
      const error = await errorOf(sink.deliver(placeOf("gone", "api"), SECRET));
      expect(error).toBeInstanceOf(Unreachable);
      expectNoSecret(error);
    });

    function expectNoSecret(error: unknown): void {
      const told = inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true });
      for (const secret of [SECRET, SECOND, ...Object.values(tested.environment)]) expect(told).not.toContain(secret);
    }
  });
}

async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}
