import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Reply } from "../answer";
import { answer } from "../answer";
import { defined } from "../defined";
import type { EmulatorAccount, EmulatorFault } from "../options";
import { defaultAccount } from "../options";
import { pause } from "../pause";
import { Refusal } from "../refusal";
import type { SeenRequest } from "../world/seen-request";
import type { World } from "../world/world";
import { authenticate } from "./authenticate";
import { Bytes } from "./bytes";
import { checkAccess } from "./check-access";
import { copyObject } from "./copy-object";
import { Cors } from "./cors";
import { deleteObjects, listObjects } from "./listings";
import { notImplemented, refuseForeign } from "./not-implemented";
import type { ObjectRequest, ObjectRequestHead } from "./object-request";
import { readRequestHead } from "./object-request";
import { receive, receiveOnly } from "./receive";
import { send } from "./send";
import type { KeyedRequest } from "./single-objects";
import { deleteObject, getObject, putObject } from "./single-objects";
import { xml } from "./xml";

/** The object storage behind ENS: what `ali-oss` and the vendor's other clients of it talk to. */
export class ObjectStorage {
  readonly #world: World;
  readonly #cors = new Cors();

  constructor(world: World) {
    this.#world = world;
  }

  /** Answers one request; hosts that are not of `ownHosts` have the bucket as their first label. */
  async answer(
    request: IncomingMessage,
    response: ServerResponse,
    ownHosts: readonly string[],
  ): Promise<SeenRequest> {
    const requestId = randomBytes(12).toString("hex").toUpperCase();
    const head = headOrRefusal(request, ownHosts);
    const asked = head instanceof Refusal ? undefined : head;
    let accessKeyId: string | undefined;
    const fault = asked && this.#faultFor(asked);
    const read = head instanceof Refusal ? head : await this.#receive(request, head, fault);
    await pause(this.#world.latencyMs);
    const { status, code } = await answer(response, fault, {
      act: () => {
        if (read instanceof Refusal) throw read;
        if (read.method === "OPTIONS") return this.#cors.preflight(read);
        const account = authenticate(read, this.#world);
        accessKeyId = account?.accessKeyId;
        return this.#operate(read, account);
      },
      refuse: (refusal) => this.#refusal(refusal, request, requestId),
      send: (reply) => {
        const allowed = asked && this.#cors.headers(asked);
        send(request, response, { ...reply, headers: { ...reply.headers, ...allowed } }, requestId);
      },
    });
    if (!(read instanceof Refusal)) read.body.letGo();
    return {
      time: this.#world.now(),
      service: "oss",
      action: request.method ?? "GET",
      status,
      requestId,
      ...defined({
        bucketName: asked?.bucket,
        key: asked?.key || undefined,
        accessKeyId,
        userAgent: request.headers["user-agent"],
        code,
      }),
    };
  }

  /** Answers a request of the default account, without a network and therefore without a signature. */
  answerInMemory(request: ObjectRequest): Reply {
    return this.#operate(request, defaultAccount);
  }

  #faultFor({ bucket, key, method }: ObjectRequestHead): EmulatorFault | undefined {
    return this.#world.faults.take({ service: "oss", bucketName: bucket, key, method });
  }

  /** The request with its body, as much of it as a fault takes; or why that cannot be. */
  async #receive(
    request: IncomingMessage,
    head: ObjectRequestHead,
    fault: EmulatorFault | undefined,
  ): Promise<ObjectRequest | Refusal> {
    if (fault !== undefined && "afterBytes" in fault && fault.afterBytes !== undefined) {
      await receiveOnly(request, fault.afterBytes);
      return { ...head, body: new Bytes([]) };
    }
    const body = await receive(request, this.#world.spool).catch(refusalOf);
    return body instanceof Refusal ? body : { ...head, body };
  }

  #refusal(error: Refusal, request: IncomingMessage, requestId: string): Reply {
    const refusal = xml(error.status, "Error", {
      Code: error.code,
      Message: error.message,
      RequestId: requestId,
      HostId: request.headers.host ?? "",
    });
    return { ...refusal, headers: { ...error.headers, ...refusal.headers } };
  }

  #operate(request: ObjectRequest, account: EmulatorAccount | undefined): Reply {
    const { bucket } = request;
    if (bucket === undefined) throw notImplemented();
    const keyed = { ...request, bucket };
    this.#admit(keyed, account);
    refuseForeign(request);
    return request.key === "" ? this.#bucketOperation(keyed) : this.#objectOperation(keyed, account);
  }

  #admit(request: KeyedRequest, account: EmulatorAccount | undefined): void {
    if (!this.#world.buckets.hasPhysical(request.bucket)) {
      throw new Refusal("NoSuchBucket", 404, "The specified bucket does not exist.");
    }
    checkAccess(request, account, this.#world);
  }

  #bucketOperation(request: KeyedRequest): Reply {
    const { method, query } = request;
    if (query.has("cors")) return this.#corsOperation(request);
    if (method === "POST" && query.has("delete")) return deleteObjects(this.#world.objects, request);
    if (method === "GET" && query.has("uploads")) return this.#world.uploads.listUploads(request);
    if (method === "GET") return listObjects(this.#world.objects, request);
    throw notImplemented();
  }

  #corsOperation(request: KeyedRequest): Reply {
    switch (request.method) {
      case "PUT":
        return this.#cors.put(request);
      case "GET":
        return this.#cors.get(request);
      case "DELETE":
        return this.#cors.delete(request);
      default:
        throw notImplemented();
    }
  }

  #objectOperation(request: KeyedRequest, account: EmulatorAccount | undefined): Reply {
    const { method, query } = request;
    const { objects, uploads, spool } = this.#world;
    const now = this.#world.now();
    const inParts = query.has("uploadId");
    const source = request.headers["x-oss-copy-source"];
    switch (method) {
      case "PUT":
        if (source === undefined) {
          return inParts ? uploads.putPart(request, now) : putObject(objects, request, now);
        }
        if (inParts) throw notImplemented();
        return copyObject(objects, request, source, (read) => this.#admit(read, account), { now, spool });
      case "GET":
        return inParts ? uploads.listParts(request) : getObject(objects, request);
      case "HEAD":
        return getObject(objects, request);
      case "DELETE":
        return inParts ? uploads.abort(request) : deleteObject(objects, request);
      case "POST":
        if (query.has("uploads")) return uploads.initiate(request, now);
        if (inParts) return uploads.complete(request, now);
        throw notImplemented();
      default:
        throw new Refusal(
          "MethodNotAllowed",
          405,
          "The specified method is not allowed against this resource.",
        );
    }
  }
}

/** What is read, or why it cannot be. */
function headOrRefusal(request: IncomingMessage, ownHosts: readonly string[]): ObjectRequestHead | Refusal {
  try {
    return readRequestHead(request, ownHosts);
  } catch (error) {
    return refusalOf(error);
  }
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  throw error;
}
