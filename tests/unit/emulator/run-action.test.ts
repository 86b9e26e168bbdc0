import assert from "node:assert/strict";
import type { AccountStatus, EmulatorOptions } from "../../../emulator";
import { defaultAccount } from "../../../emulator";
import { ens } from "../../../emulator/ens";
import type { Action } from "../../../emulator/gateway/action";
import { CallParameters } from "../../../emulator/gateway/call-parameters";
import { runAction } from "../../../emulator/gateway/run-action";
import type { Service } from "../../../emulator/gateway/service";
import { sts } from "../../../emulator/sts";
import { World } from "../../../emulator/world/world";

/** What stands before all actions, shown with one that is of no service. */
describe("before any action of the emulator", () => {
  let runs = 0;
  const action: Action = {
    name: "CountRuns",
    run: () => {
      runs += 1;
      return { Runs: runs };
    },
  };
  beforeEach(() => {
    runs = 0;
  });

  function worldOf(options: EmulatorOptions = {}): World {
    return new World(options, { objectEndpoint: "localhost:9000" });
  }

  function run(service: Service, world: World, status?: AccountStatus) {
    const account = { ...defaultAccount, ...(status === undefined ? {} : { status }) };
    const call = { parameters: new CallParameters([]), account, peer: "127.0.0.1", world };
    return runAction({ service, action }, call);
  }

  it("nothing stands in the way of an active account", () => {
    assert.deepEqual(run(ens, worldOf(), "active"), { Runs: 1 });
    assert.deepEqual(run(sts, worldOf()), { Runs: 2 });
  });

  for (const [service, status, code] of [
    [ens, "noPermission", "NoPermission"],
    [ens, "accessDenied", "AccessDenied"],
    [ens, "arrears", "UserDisable"],
    [sts, "noPermission", "NoPermission"],
    [sts, "accessDenied", "NoPermission"],
    [sts, "arrears", "NoPermission"],
  ] as const) {
    it(`an account that is ${status} is refused by ${service.name} with ${code}`, () => {
      assert.throws(() => run(service, worldOf(), status), { name: "Error", code });
      assert.equal(runs, 0);
    });
  }

  it("a policy stands before the actions of ENS alone", () => {
    const Statement = [{ Effect: "Allow", Action: "ens:PutBucket", Resource: "*" }];
    const account = { ...defaultAccount, policy: JSON.stringify({ Version: "1", Statement }) };
    const call = { parameters: new CallParameters([]), account, peer: "127.0.0.1", world: worldOf() };
    assert.throws(() => runAction({ service: ens, action }, call), { code: "NoPermission" });
    assert.deepEqual(runAction({ service: sts, action }, call), { Runs: 1 });
  });

  it("the quota of ENS counts, and says how long to wait", () => {
    const world = worldOf({ quotaPerSecond: 1, quotaStatus: 429, clock: () => new Date(400) });
    run(ens, world);
    const refusal = { code: "Throttling.User", status: 429, headers: { "x-acs-retry-after": "600" } };
    assert.throws(() => run(ens, world), refusal);
    assert.equal(runs, 1);
  });

  it("a call that the account may not make counts too", () => {
    const world = worldOf({ quotaPerSecond: 1, clock: () => new Date(0) });
    assert.throws(() => run(ens, world, "arrears"), { code: "UserDisable" });
    assert.throws(() => run(ens, world), { code: "Throttling.User" });
  });

  it("STS has no quota", () => {
    assert.deepEqual(run(sts, worldOf({ quotaPerSecond: 0 })), { Runs: 1 });
  });
});
