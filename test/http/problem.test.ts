import { expect, test } from "vitest";
import { errorOf } from "../../provider/http/problem.js";

const answer = (status: number, body: unknown) => ({ status, body, requestId: "r-17", headers: {} });

test.each([
  [401, {}, "unauthorized"],
  [403, {}, "forbidden"],
  [404, { code: "not_found" }, "not-found"],
  [404, { code: "no_such_route" }, "refused"],
  [404, undefined, "refused"],
  [409, { code: "already_exists" }, "already-exists"],
  [409, { code: "quota_exceeded" }, "refused"],
  [422, {}, "refused"],
  [429, {}, "rate-limited"],
  [500, "not even an object", "unreachable"],
])("an answer of %s with %j is the error %s", (status, body, code) => {
  expect(errorOf(answer(status, body), "ApiKey", "cannot be created").code).toBe(code);
});

test("the message has the server's reasons, each with its property, and the request id", () => {
  const body = {
    detail: "The values are not valid",
    errors: [
      { property: "slug", reason: "is taken" },
      { property: "name", reason: "is empty" },
    ],
  };
  expect(errorOf(answer(422, body), 'Project "checkout"', "cannot be created").message).toBe(
    'Project "checkout": cannot be created: The values are not valid; slug: is taken; name: is empty [gatehouse:refused, request r-17]\n' +
      "  Change what is declared, or what stands in its way there, and run again.",
  );
});

test("a call that the address does not know is told apart from a refusal", () => {
  expect(errorOf(answer(404, undefined), "ApiKey", "cannot be created").message).toBe(
    "ApiKey: cannot be created: status 404 [gatehouse:refused, request r-17]\n" +
      "  It answers and knows no such call: check the system and the url of the control plane.",
  );
});
