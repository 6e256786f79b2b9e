import { lookup } from "node:dns/promises";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { expect, test } from "vitest";

test("a test cannot connect to, or look up, anything but this machine", async () => {
  expect(() => connect(80, "192.0.2.1")).toThrow("192.0.2.1 is not this machine");
  expect(() => connect({ host: "example.test", port: 80 })).toThrow("example.test is not this machine");
  expect(() => lookup("example.test")).toThrow("example.test is not this machine");
  await expect(fetch("http://192.0.2.1/")).rejects.toMatchObject({ cause: { message: expect.stringContaining("not this machine") } });
});

test("a test can connect to this machine", async () => {
  const server = createServer((socket) => socket.end("here")).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  const [greeting] = await once(connect(address.port, "127.0.0.1"), "data");
  expect(String(greeting)).toBe("here");
  server.close();
});
