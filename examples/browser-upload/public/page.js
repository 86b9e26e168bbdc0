import { abandon, UploadError, upload } from "./upload.js";

/**
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} kind
 * @returns {T}
 */
function element(id, kind) {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`There is no ${kind.name} with the id ${id}.`);
}

const drop = element("drop", HTMLLabelElement);
const input = element("file", HTMLInputElement);
const limits = element("limits", HTMLSpanElement);
const section = element("upload", HTMLElement);
const name = element("name", HTMLHeadingElement);
const progress = element("progress", HTMLProgressElement);
const numbers = element("numbers", HTMLParagraphElement);
const toggle = element("toggle", HTMLButtonElement);
const cancel = element("cancel", HTMLButtonElement);
const problem = element("problem", HTMLParagraphElement);
const status = element("status", HTMLParagraphElement);
const result = element("result", HTMLElement);
const done = element("done", HTMLHeadingElement);
const picture = element("picture", HTMLImageElement);
const link = element("link", HTMLAnchorElement);
const lifetime = element("lifetime", HTMLSpanElement);
const another = element("another", HTMLButtonElement);

/** @type {File | undefined} */
let file;
/** While an upload runs: what stops it. @type {AbortController | undefined} */
let running;
/** Whether it stopped for lack of a network, and not by the user. */
let waiting = false;

/** @param {File} chosen */
function choose(chosen) {
  file = chosen;
  name.textContent = chosen.name;
  showProgress(0);
  show(section);
  toggle.focus();
  start();
}

async function start() {
  if (file === undefined || running !== undefined) return;
  const [current, controller] = [file, new AbortController()];
  running = controller;
  waiting = false;
  problem.textContent = "";
  toggle.textContent = "Pause";
  section.classList.remove("paused");
  say(`Uploading ${current.name}.`);
  try {
    const uploaded = await upload(current, {
      signal: controller.signal,
      onProgress: (bytes) => {
        if (running === controller) showProgress(bytes);
      },
    });
    running = undefined;
    showResult(current, uploaded);
  } catch (error) {
    // A run that was stopped has nothing more to say.
    if (running !== controller) return;
    running = undefined;
    showProblem(error);
  }
}

/** @param {string} note */
function pause(note) {
  running?.abort();
  running = undefined;
  waiting = false;
  toggle.textContent = "Resume";
  section.classList.add("paused");
  say(note);
}

/** @param {unknown} error */
function showProblem(error) {
  const known = error instanceof UploadError;
  problem.textContent = known ? error.message : "Something went wrong.";
  if (!known) console.error(error);
  waiting = !navigator.onLine;
  say("");
  if (known && error.final) return startOver();
  if (!waiting) problem.textContent += " Resume to go on from where it stopped.";
  toggle.textContent = "Resume";
}

/** @param {number} bytes */
function showProgress(bytes) {
  const size = file?.size ?? 0;
  const percent = size === 0 ? 0 : Math.floor((100 * bytes) / size);
  progress.value = percent;
  numbers.textContent = `${megabytes(bytes)} of ${megabytes(size)} MB, ${percent} %`;
  // A screen reader that is told of every step has no time for anything else.
  if (running !== undefined && percent >= 25) say(`${percent - (percent % 25)} % uploaded`);
}

/**
 * @param {File} uploaded
 * @param {{ url: string, picture: boolean, minutes: number }} where
 */
function showResult(uploaded, { url, picture: isPicture, minutes }) {
  say("");
  show(result);
  picture.hidden = !isPicture;
  if (isPicture) {
    picture.alt = uploaded.name.replace(/\.[^.]*$/, "").replace(/[-_]+/g, " ");
    picture.src = url;
  }
  link.href = url;
  link.textContent = `Open ${uploaded.name}`;
  lifetime.textContent = `The link works for ${minutes} minutes.`;
  done.focus();
}

/** Back to the choice of a file; what `problem` says stays. */
function startOver() {
  file = undefined;
  input.value = "";
  picture.removeAttribute("src");
  show(drop);
  input.focus();
}

/** @param {HTMLElement} shown */
function show(shown) {
  for (const one of [drop, section, result]) one.hidden = one !== shown;
}

/** To those who hear the page. @param {string} text */
function say(text) {
  if (status.textContent !== text) status.textContent = text;
}

/** @param {number} bytes */
function megabytes(bytes) {
  return (bytes / 1024 ** 2).toFixed(1);
}

input.addEventListener("change", () => {
  const [chosen] = input.files ?? [];
  if (chosen !== undefined) choose(chosen);
});
for (const type of ["dragover", "dragleave", "drop"]) {
  drop.addEventListener(type, (event) => {
    event.preventDefault();
    drop.classList.toggle("over", type === "dragover");
  });
}
drop.addEventListener("drop", ({ dataTransfer }) => {
  const [dropped] = dataTransfer?.files ?? [];
  if (dropped !== undefined) choose(dropped);
});
toggle.addEventListener("click", () => {
  if (running === undefined) start();
  else pause("Paused.");
});
cancel.addEventListener("click", () => {
  pause("Cancelled.");
  // What is left in the storage when this fails goes by the bucket's lifecycle rule.
  if (file !== undefined) abandon(file).catch(() => {});
  problem.textContent = "";
  startOver();
});
another.addEventListener("click", startOver);
addEventListener("online", () => {
  if (waiting) start();
});

const { types, largest } = await (await fetch("/api/limits")).json();
input.accept = types.join();
limits.textContent = `A picture, a PDF or an MP4 video, up to ${largest / 1024 ** 3}\u00a0GB`;
