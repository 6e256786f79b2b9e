import { AlreadyExists, NotFound } from "../../errors.js";
import type { Client } from "../../http/client.js";
import type { ObjectApi, Remote } from "../adapter.js";
import { noSecret } from "./no-secret.js";
import { atServer, type Turn } from "./server.js";
import type { WireChannel, WireSettings } from "./wire.js";

type Values = Readonly<Record<string, unknown>>;

const SMTP_WITH_TLS = 465;

/** Notification channels: one list in the settings, written whole with everybody else's channels and secrets in it. */
export function channelObjects(client: Client): ObjectApi {
  const subject = (name: unknown) => `Alert "${String(name)}"`;
  const there = async (turn: Turn, id: string): Promise<[readonly WireChannel[], WireChannel]> => {
    const channels = await channelsAt(turn);
    const channel = channels.find((one) => one.id === id);
    if (channel === undefined) throw new NotFound({ subject: subject(id), what: "is no notification channel" });
    return [channels, channel];
  };

  return {
    list: () => atServer(client, "Alert", async (turn) => (await channelsAt(turn)).map(remoteOf)),
    fetch: (_owner, id) => atServer(client, subject(id), async (turn) => remoteOf((await there(turn, id))[1])),
    create: (_owner, { name, channel }) =>
      atServer(client, subject(name), async (turn) => {
        const channels = await channelsAt(turn);
        if (channels.some(({ id }) => id === name))
          throw new AlreadyExists({ subject: subject(name), what: "is a notification channel already" });
        const made = channelToWire(String(name), channel as Values);
        await write(turn, [...channels, made]);
        return { remote: remoteOf(made), secrets: {} };
      }),
    update: (_owner, id, { channel }) =>
      atServer(client, subject(id), async (turn) => {
        if (channel === undefined) return;
        const [channels, now] = await there(turn, id);
        const values = { ...channelFromWire(now), secret: secretIn(now), ...(channel as Values) };
        const changed = { ...(now.name === undefined ? {} : { name: now.name }), ...channelToWire(id, values) };
        await write(
          turn,
          channels.map((one) => (one.id === id ? changed : one)),
        );
      }),
    remove: (_owner, id) =>
      atServer(client, subject(id), async (turn) => {
        const [channels] = await there(turn, id);
        await write(
          turn,
          channels.filter((one) => one.id !== id),
        );
      }),
    renewSecret: noSecret("Alert"),
  };
}

async function channelsAt(turn: Turn): Promise<readonly WireChannel[]> {
  return (await turn.send<WireSettings>("GET", "/api/settings", "cannot be read")).notifications?.channels ?? [];
}

async function write(turn: Turn, channels: readonly WireChannel[]): Promise<void> {
  await turn.send("PUT", "/api/settings", "cannot be changed", { notifications: { channels } });
}

function remoteOf(channel: WireChannel): Remote {
  const values = { alertId: channel.id, name: channel.id, channel: channelFromWire(channel) };
  return { id: channel.id, owner: undefined, builtIn: false, values };
}

/** Without its secret, which the server shows in clear to whoever may read the settings. */
function channelFromWire({ provider, url, fromAddress, host, port }: WireChannel): Values {
  return withoutEmpty({ provider, webhook: url, fromAddress, host, port });
}

/** Where each provider keeps the one secret that a channel has. */
const SECRET_NAMES: Readonly<Record<string, string>> = {
  webhook: "secret",
  smtp: "password",
  sendgrid: "apiKey",
  azure: "connectionString",
};

function secretIn(channel: WireChannel): unknown {
  return channel[SECRET_NAMES[String(channel.provider)] ?? ""];
}

function channelToWire(id: string, { provider = "webhook", webhook, secret, fromAddress, host, port }: Values): WireChannel {
  const own = withoutEmpty({ [SECRET_NAMES[String(provider)] ?? "secret"]: secret });
  if (provider === "webhook") return { id, provider, method: "POST", ...withoutEmpty({ url: webhook }), ...own };
  if (provider !== "smtp") return { id, provider: String(provider), ...withoutEmpty({ fromAddress }), ...own };
  // A server that wants a password wants the sender's.
  const login = secret === undefined || secret === null ? {} : { username: fromAddress };
  return { id, provider, ...withoutEmpty({ fromAddress, host, port }), secure: port === SMTP_WITH_TLS, ...login, ...own };
}

function withoutEmpty(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null));
}
