import { createServer } from "node:http";
import { expect, test } from "vitest";
import { Client } from "../../provider/http/client.js";

/** Answers these bodies with 500, one request each, and 201 to what comes after. */
async function startFailing(bodies: readonly object[]) {
  const left = [...bodies];
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.headers.authorization}`);
    const body = left.shift();
    response.writeHead(body === undefined ? 201 : 500, { "content-type": "application/json" }).end(JSON.stringify(body ?? { done: true }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  const client = new Client(
    { name: "main", system: "any", url: `http://127.0.0.1:${port}` },
    async () => ({ authorization: "Bearer t" }),
    {},
    { exclusive: true, wasNotDone: ({ body }) => (body as { code?: string }).code === "ELOCKED" },
  );
  return {
    asked,
    client,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

test("R-49 a creation that was surely not carried out is sent again until it is", async () => {
  await using server = await startFailing([{ code: "ELOCKED" }, { code: "ELOCKED" }]);
  expect((await server.client.send("POST", "/x", { body: {} })).status).toBe(201);
  expect(server.asked).toHaveLength(3);
});

test("R-51 any other fault of a creation is told and never tried again; that of a read is", async () => {
  await using server = await startFailing([{ message: "name is not a string" }, { message: "Unexpected end of JSON input" }]);
  expect((await server.client.send("POST", "/x", { body: {} })).status).toBe(500);
  expect((await server.client.send("GET", "/x")).status).toBe(201);
  expect(server.asked.map((line) => line.split(" ")[0])).toEqual(["POST", "GET", "GET"]);
});

test("several requests of one turn are not interrupted by others", async () => {
  await using server = await startFailing([]);
  const { client } = server;
  const order: string[] = [];
  const turn = (name: string) =>
    client.exclusively(async (inside) => {
      for (const step of [1, 2]) {
        await inside.send("GET", `/${name}`);
        order.push(`${name}${step}`);
      }
    });
  await Promise.all([turn("a"), turn("b")]);
  expect(order).toEqual(["a1", "a2", "b1", "b2"]);
});
