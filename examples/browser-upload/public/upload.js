/** What went wrong, in words for the user; `final` when the same file will not fare better. */
export class UploadError extends Error {
  /** @param {string} message @param {boolean} final */
  constructor(message, final = false) {
    super(message);
    this.final = final;
  }
}

/** How many parts are on their way at once, how often each is tried, and the pauses in between. */
const parallel = 3;
const pauses = [300, 1000];

/**
 * Uploads a file in parts, straight to the storage. Called again with the same file, after a failure or in another
 * visit, it goes on from the parts that the storage has.
 *
 * @param {File} file
 * @param {{ signal: AbortSignal, onProgress: (bytes: number) => void }} options
 * @returns {Promise<{ key: string, url: string, picture: boolean, minutes: number }>}
 */
export async function upload(file, { signal, onProgress }) {
  const { ticket, partSize, stored } = await begin(file, signal);
  /** Bytes sent of each part. @type {Map<number, number>} */
  const sent = new Map();
  const report = () => onProgress([...sent.values()].reduce((sum, bytes) => sum + bytes, 0));
  const parts = Array.from({ length: Math.ceil(file.size / partSize) }, (_, index) => index + 1);
  /** @param {number} part */
  const bytesOf = (part) => file.slice((part - 1) * partSize, part * partSize);
  for (const part of stored) sent.set(part, bytesOf(part).size);
  report();

  const left = parts.filter((part) => !sent.has(part));
  // The first part that fails ends the others.
  const failure = new AbortController();
  const either = AbortSignal.any([signal, failure.signal]);
  const worker = async () => {
    for (let part = left.shift(); part !== undefined; part = left.shift()) {
      const number = part;
      await sendPart(ticket, number, bytesOf(number), either, (bytes) => {
        sent.set(number, bytes);
        report();
      });
    }
  };
  try {
    await Promise.all(Array.from({ length: parallel }, worker));
  } catch (error) {
    failure.abort();
    throw error;
  }
  const result = await ask("complete", { ticket }, signal);
  localStorage.removeItem(memoryOf(file));
  return result;
}

/** Forgets an upload, here and in the storage. @param {File} file */
export async function abandon(file) {
  const memory = recall(file);
  localStorage.removeItem(memoryOf(file));
  if (memory !== undefined) await ask("abandon", { ticket: memory.ticket });
}

/**
 * @param {File} file
 * @param {AbortSignal} signal
 * @returns {Promise<{ ticket: string, partSize: number, stored: number[] }>}
 */
async function begin(file, signal) {
  const memory = recall(file);
  if (memory !== undefined) {
    try {
      return { ...memory, ...(await ask("parts", { ticket: memory.ticket }, signal)) };
    } catch (error) {
      if (!(error instanceof UploadError) || !error.final) throw error;
      // The server or the storage does not know it any more.
      localStorage.removeItem(memoryOf(file));
    }
  }
  const { name, size, type } = file;
  const begun = await ask("begin", { name, size, type }, signal);
  localStorage.setItem(memoryOf(file), JSON.stringify(begun));
  return { ...begun, stored: [] };
}

/** @param {File} file */
function memoryOf({ name, size, lastModified }) {
  return `upload ${name} ${size} ${lastModified}`;
}

/** @param {File} file @returns {{ ticket: string, partSize: number } | undefined} */
function recall(file) {
  return JSON.parse(localStorage.getItem(memoryOf(file)) ?? "null") ?? undefined;
}

/**
 * @param {string} ticket
 * @param {number} part
 * @param {Blob} bytes
 * @param {AbortSignal} signal
 * @param {(bytes: number) => void} onProgress
 */
async function sendPart(ticket, part, bytes, signal, onProgress) {
  for (let attempt = 0; ; attempt++) {
    try {
      const { url } = await ask("sign", { ticket, part }, signal);
      await put(url, bytes, signal, onProgress);
      return;
    } catch (error) {
      onProgress(0);
      const pause = pauses[attempt];
      const hopeless = !(error instanceof UploadError) || error.final || !navigator.onLine;
      if (hopeless || pause === undefined) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
      signal.throwIfAborted();
    }
  }
}

/**
 * With XMLHttpRequest, since `fetch` does not tell how much it has sent.
 *
 * @param {string} url
 * @param {Blob} bytes
 * @param {AbortSignal} signal
 * @param {(bytes: number) => void} onProgress
 * @returns {Promise<void>}
 */
function put(url, bytes, signal, onProgress) {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    signal.addEventListener("abort", abort);
    request.upload.onprogress = ({ loaded }) => onProgress(loaded);
    request.onload = () => {
      if (request.status === 200) return resolve();
      const id = request.getResponseHeader("x-oss-request-id") ?? "none";
      reject(new UploadError(`The storage answered with ${request.status} (request ${id}).`));
    };
    request.onerror = () => reject(lost("storage"));
    request.onabort = () => reject(signal.reason);
    request.onloadend = () => signal.removeEventListener("abort", abort);
    request.open("PUT", url);
    request.send(bytes);
  });
}

/**
 * Asks the server.
 *
 * @param {string} operation
 * @param {object} body
 * @param {AbortSignal} [signal]
 */
async function ask(operation, body, signal) {
  const response = await fetch(`/api/${operation}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    ...(signal === undefined ? {} : { signal }),
  }).catch((error) => {
    throw signal?.aborted ? error : lost("server");
  });
  const answer = await response
    .json()
    .catch(() => ({ error: `The server answered with ${response.status}.` }));
  if (response.ok) return answer;
  throw new UploadError(
    answer.error,
    response.status >= 400 && response.status < 500 && response.status !== 409,
  );
}

/** @param {string} whom */
function lost(whom) {
  return new UploadError(
    navigator.onLine
      ? `The connection to the ${whom} was lost.`
      : "You are offline. The upload goes on by itself once you are back.",
  );
}
