#!/usr/bin/env node
/** A policy pack without a rule: what any pack costs, for comparison with ours. */
import { PolicyPack } from "@pulumi/policy";

process.chdir(new URL("../..", import.meta.url).pathname);
new PolicyPack("empty", { policies: [] });
