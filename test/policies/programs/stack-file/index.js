import { StackFile } from "pulumi-gatehouse";

new StackFile("stack", { path: process.env.STACK_FILE });
