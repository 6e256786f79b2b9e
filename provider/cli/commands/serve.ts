import { Option } from "commander";
import { PLANS } from "../../../schema/kinds/organization.js";
import { EXIT, type ExitCode, InvalidInput } from "../../errors.js";
import { type RunningServer, type ServerOptions, startServer } from "../../server/index.js";
import { type CommandLine, jsonOption } from "../command-line.js";
import { type Console, standardConsole } from "../console.js";
import { portNumber } from "../options.js";

interface ServeInput {
  readonly port: number;
  readonly data: string | undefined;
  readonly profile: string | undefined;
  readonly plan: "free" | "starter" | "pro" | "enterprise" | undefined;
  /** Overlapping writes lose data, on profiles whose system does so. */
  readonly lostWrites: boolean;
  /** One line on standard error for each request. */
  readonly verbose: boolean;
  readonly console: Console;
}

/** `gatehouse serve`: the embedded control plane, until a signal ends it. */
async function serve({ port, data, profile, plan, lostWrites, verbose, console }: ServeInput): Promise<ExitCode> {
  const { GATEHOUSE_BOOTSTRAP_EMAIL: bootstrapEmail, GATEHOUSE_BOOTSTRAP_PASSWORD, GATEHOUSE_BOOTSTRAP_TOKEN } = process.env;
  const bootstrapToken = GATEHOUSE_BOOTSTRAP_PASSWORD || GATEHOUSE_BOOTSTRAP_TOKEN;
  const server = await started({
    port,
    ...(data === undefined ? {} : { dataFile: data }),
    ...(profile === undefined ? {} : { profile }),
    ...(plan === undefined ? {} : { plan }),
    ...(bootstrapToken ? { bootstrapToken } : {}),
    ...(bootstrapEmail ? { bootstrapEmail } : {}),
    lostWrites,
    ...(verbose ? { log: console.progress } : {}),
  });
  const shown = server.bootstrapToken !== undefined && !bootstrapToken ? server.bootstrapToken : undefined;
  const email = server.bootstrapEmail;
  if (console.asJson) {
    const first = { ...(email === undefined ? {} : { bootstrapEmail: email }), ...(shown === undefined ? {} : { bootstrapToken: shown }) };
    console.json({ url: server.url, port: server.port, ...first });
  } else {
    console.result(`Embedded control plane at ${server.url}`);
    if (email !== undefined) console.result(firstLogin(String(profile).toUpperCase(), email, shown));
    else if (shown !== undefined) console.result(`Bootstrap token, shown this once: ${shown}\n  export GATEHOUSE_TOKEN=${shown}`);
    if (data === undefined) console.result("Everything is in memory and gone at the end; --data FILE keeps it.");
  }
  await new Promise<void>((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
  await server.close();
  return EXIT.fine;
}

/** How to log in where a profile has logins. `shown` is the password that was made up. */
function firstLogin(system: string, email: string, shown: string | undefined): string {
  const password = shown ?? "(that of GATEHOUSE_BOOTSTRAP_PASSWORD)";
  const exported = shown === undefined ? "" : ` GATEHOUSE_${system}_PASSWORD=${shown}`;
  return `First administrator: ${email}, password${shown === undefined ? "" : ", shown this once"}: ${password}\n  export GATEHOUSE_${system}_EMAIL=${email}${exported}`;
}

/** A server that cannot start is told what it was given: a taken port, another profile's data file, a profile that is none. */
async function started(options: ServerOptions): Promise<RunningServer> {
  try {
    return await startServer(options);
  } catch (cause) {
    const what = `cannot start: ${cause instanceof Error ? cause.message : String(cause)}`;
    const advice = "Give another --port (0 picks a free one), --data or --profile.";
    throw new InvalidInput({ subject: "the embedded control plane", what, advice, cause });
  }
}

export const serveCommand: CommandLine = {
  name: "serve",
  summary: "run the embedded control plane on 127.0.0.1",
  arguments: [],
  options: [
    new Option("--port <number>", "port; 0 picks a free one").argParser(portNumber).default(8787),
    new Option("--data <file>", "SQLite file that keeps everything; memory when absent"),
    new Option("--profile <system>", "whose rules it follows").default("gatehouse"),
    new Option("--plan <plan>", "plan of the organization at first start").choices(PLANS).default("pro"),
    jsonOption(),
    new Option("--lost-writes", "lose what overlaps while answering that it is done, as Routerly does (profile routerly)").default(false),
    new Option("--verbose", "one line on standard error for each request").default(false),
  ],
  run: ({ json, ...options }) => serve({ ...(options as Omit<ServeInput, "console">), console: standardConsole(json) }),
};
