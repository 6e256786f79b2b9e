import type { Environment } from "../http/settings.js";
import type { Sink } from "./sink.js";

export async function openSink(_name: string, _environment: Environment): Promise<Sink> {
  throw new Error("stub");
}
