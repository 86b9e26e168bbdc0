import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Action } from "../../provider/ens/action";
import { ensService } from "../../provider/ens/action";
import { getBucketInfo } from "../../provider/ens/actions/get-bucket-info";
import { putBucket } from "../../provider/ens/actions/put-bucket";
import { putBucketAcl } from "../../provider/ens/actions/put-bucket-acl";
import { Client } from "../../provider/ens/client";
import { parseEndpoint } from "../../provider/ens/endpoint";
import { CancelledError, ConnectionError } from "../../provider/ens/errors";
import { Slots } from "../../provider/ens/retry/slots";
import { systemTiming } from "../../provider/ens/retry/timing";
import { Agents } from "../../provider/ens/transport/agents";
import { Lookup } from "../../provider/lifecycle/settings/lookup";
import { failing } from "../support/failing";

const bucketName = "media-assets";
const acl = { bucketName, bucketAcl: "private" } as const;
const bucket = { ...acl, logicalBucketType: "standard" } as const;
const explanation =
  "The deployment was cancelled before ENS had answered. Nothing was changed.\nRun the command again to go on.\n";

describe("a write whose answer does not come", () => {
  let server: Server;
  let url: string;
  let cancel: AbortController;
  let onRequest: (respond: (code: string) => void, destroy: () => void) => void;

  beforeEach(async () => {
    cancel = new AbortController();
    server = createServer((request, response) => {
      const respond = (code: string) =>
        response
          .writeHead(400, { "content-type": "application/json", connection: "close" })
          .end(JSON.stringify({ Code: code, Message: "", RequestId: "R" }));
      request.resume().on("end", () => onRequest(respond, () => request.socket.destroy()));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    server.close();
    server.closeAllConnections();
  });

  function call<Request>(action: Action<Request, unknown>, request: Request, endpoint = url) {
    const transport = { agents: new Agents({ except: "" }), cancelled: cancel.signal };
    const retry = {
      budgetMs: 20_000,
      slots: new Slots(1),
      // Without waiting between attempts.
      timing: { ...systemTiming, random: () => 0 },
      tell: () => undefined,
      cancelled: cancel.signal,
    };
    const client = new Client({
      service: ensService,
      endpoint: parseEndpoint(endpoint) ?? assert.fail(endpoint),
      timeoutMs: 5000,
      retry,
      transport,
      keys: { origin: "the test", getKeys: async () => ({ accessKeyId: "a", accessKeySecret: "b" }) },
      howToSet: new Lookup(() => undefined, {}).howToSet,
    });
    return failing(client.call(action, request));
  }

  const cancelNow = () => cancel.abort(new CancelledError(explanation));

  for (const [action, request] of [
    [putBucket, bucket],
    [putBucketAcl, acl],
  ] as const) {
    it(`says that ${action.name} may have been done when it is cancelled, and how to go on`, async () => {
      onRequest = cancelNow;
      const error = await call(action as Action<typeof bucket, unknown>, request as typeof bucket);
      assert.ok(CancelledError.isInstance(error));
      assert.equal(
        error.message,
        `The deployment was cancelled before ENS had answered; ${action.name} may have been done.\n` +
          "Run the command again to go on.\nDocs: pulumi-alicloud-ens/docs/errors.md#cancellederror",
      );
      assert.ok(CancelledError.isInstance(error.cause));
    });
  }

  it("changes nothing of what is said of a question", async () => {
    onRequest = cancelNow;
    assert.ok((await call(getBucketInfo, { bucketName })).message.startsWith(explanation));
  });

  it("says that nothing was changed when it is cancelled before it was sent", async () => {
    cancelNow();
    assert.ok((await call(putBucket, bucket)).message.startsWith(explanation));
  });

  it("says that nothing was changed when it is cancelled while ENS refuses it for being one of too many", async () => {
    onRequest = (respond) => {
      respond("Throttling.User");
      setTimeout(cancelNow, 60);
    };
    assert.ok((await call(putBucket, bucket)).message.startsWith(explanation));
  });

  it("says that it may have been done when an earlier attempt arrived and the last did not", async () => {
    onRequest = (_, destroy) => {
      server.close();
      destroy();
    };
    const error = await call(putBucketAcl, acl);
    assert.ok(ConnectionError.isInstance(error));
    assert.match(error.message, /after 6 attempts in .*: nothing listens there/);
    assert.match(error.message, /PutBucketAcl may have been done; doing it again is safe\./);
  });

  it("says that nothing was changed when no attempt arrived", async () => {
    await new Promise((resolve) => server.close(resolve));
    const error = await call(putBucketAcl, acl);
    assert.match(error.message, /nothing listens there.*\n.*nothing was changed/);
  });
});
