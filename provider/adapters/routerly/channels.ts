import { alert } from "../../../schema/kinds/alert.js";
import { AlreadyExists } from "../../errors.js";
import type { Client } from "../../http/client.js";
import type { ObjectApi, Remote } from "../adapter.js";
import { changedChannel, membersOf, newChannel } from "./channel-body.js";
import { noSecret } from "./no-secret.js";
import { atServer, type Turn } from "./server.js";
import type { WireChannel } from "./wire.js";

type Values = Readonly<Record<string, unknown>>;

/** Notification channels: one list in the settings, written whole with everybody else's channels and secrets in it. */
export function channelObjects(client: Client): ObjectApi {
  const subject = (name: unknown) => `Alert "${String(name)}"`;
  const there = (turn: Turn, id: string) => turn.find("Channel", "is no notification channel", (one) => one.id === id);

  return {
    list: () => atServer(client, "Alert", async (turn) => (await turn.list("Channel")).map(remoteOf)),
    fetch: (_owner, id) => atServer(client, subject(id), async (turn) => remoteOf(await there(turn, id))),
    create: (_owner, { name, channel }) =>
      atServer(client, subject(name), async (turn) => {
        const isOwn = ({ id }: WireChannel) => id === name;
        if ((await turn.list("Channel")).some(isOwn))
          throw new AlreadyExists({ subject: subject(name), what: "is a notification channel already" });
        const made = newChannel(String(name), channel as Values);
        const [, found] = await turn.createAndFind("Channel", () => rewrite(turn, (channels) => [...channels, made]), isOwn);
        return { remote: remoteOf(found), secrets: {} };
      }),
    update: (_owner, id, { channel }) =>
      atServer(client, subject(id), async (turn) => {
        if (channel === undefined) return;
        const changed = changedChannel(await there(turn, id), channel as Values);
        await rewrite(turn, (channels) => channels.map((one) => (one.id === id ? changed : one)));
      }),
    remove: (_owner, id) =>
      atServer(client, subject(id), async (turn) => {
        const isOwn = (one: WireChannel) => one.id === id;
        await there(turn, id);
        await turn.removeAndCheck("Channel", () => rewrite(turn, (channels) => channels.filter((one) => !isOwn(one))), isOwn);
      }),
    renewSecret: noSecret("Alert"),
  };
}

async function rewrite(turn: Turn, change: (channels: readonly WireChannel[]) => readonly WireChannel[]): Promise<void> {
  const channels = change(await turn.latest("Channel"));
  await turn.send("PUT", "/api/settings", "cannot be changed", { notifications: { channels } });
}

/** Without its secrets, which the server shows in clear to whoever may read the settings. */
function remoteOf(channel: WireChannel): Remote {
  const { fields } = alert.fields.channel;
  const members = Object.entries(membersOf(channel));
  const isSecret = (name: string) => fields?.[name]?.flags.secret === true;
  const shown = members.filter(([name]) => !isSecret(name));
  const hasSecrets = members.flatMap(([name, value]) => (isSecret(name) && value ? [`channel.${name}`] : []));
  const values = { alertId: channel.id, name: channel.id, channel: Object.fromEntries(shown) };
  return { id: channel.id, owner: undefined, builtIn: false, values, hasSecrets };
}
