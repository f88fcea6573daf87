/**
 * Keeps the live parts of a page as the server has them: those with `data-live` and an id.
 *
 * While somebody looks at the page it is asked for again every few seconds, naming the version that it shows; the
 * server answers 304 where nothing changed. It never takes the place of what is being typed into.
 */

const PAUSE = 4_000; // milliseconds between two looks
const MOST = 60_000; // between two looks while the server does not answer
const TOKEN = /name="csrfmiddlewaretoken" value="[^"]*"/g; // another one in each answer

/** As the server sent each part last, whatever was opened in it since. @type {Map<string, string>} */
const sent = new Map();
let pause = PAUSE;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

for (const part of partsOf(document)) sent.set(part.id, plain(part));
document.addEventListener("visibilitychange", () => look());
wait();

function wait() {
  clearTimeout(timer);
  timer = setTimeout(look, pause);
}

async function look() {
  clearTimeout(timer);
  if (document.visibilityState === "hidden") return; // becoming visible begins again
  try {
    const answer = await fetch(location.href, {
      cache: "no-store",
      redirect: "manual",
      headers: { "If-None-Match": `"${document.body.dataset.version}"` },
    });
    if (answer.status === 200) renew(new DOMParser().parseFromString(await answer.text(), "text/html"));
    else if (answer.type === "opaqueredirect" || [403, 404].includes(answer.status)) return location.reload();
    else if (answer.status !== 304) throw new Error(`${answer.status}`);
    pause = PAUSE;
  } catch {
    pause = Math.min(2 * pause, MOST);
  }
  wait();
}

/** @param {Document} fresh the page as it is now */
function renew(fresh) {
  let complete = true;
  for (const part of partsOf(fresh)) {
    const now = document.getElementById(part.id);
    const markup = plain(part);
    if (now === null || sent.get(part.id) === markup) continue;
    if (isTypedInto(now)) {
      complete = false;
      continue;
    }
    sent.set(part.id, markup);
    replace(now, part);
  }
  if (complete) document.body.dataset.version = fresh.body.dataset.version;
}

/**
 * @param {HTMLElement} old
 * @param {HTMLElement} part
 */
function replace(old, part) {
  const focused = old.contains(document.activeElement) ? nameOf(document.activeElement) : null;
  for (const { id } of old.querySelectorAll("details[open][id]")) {
    part.querySelector(`#${CSS.escape(id)}`)?.setAttribute("open", "");
  }
  const fresh = document.adoptNode(part);
  old.replaceWith(fresh);
  if (focused === null) return;
  for (const control of fresh.querySelectorAll("a, button, summary")) {
    if (control instanceof HTMLElement && nameOf(control) === focused) return control.focus();
  }
}

/**
 * What a control does, so that it is found again.
 *
 * @param {Element | null} control
 */
function nameOf(control) {
  if (control === null) return null;
  return [control.getAttribute("href"), control.closest("form")?.action, control.textContent].join(" ");
}

/** @param {HTMLElement} part */
function isTypedInto(part) {
  const active = document.activeElement;
  return part.contains(active) && active?.matches("input, select, textarea");
}

/**
 * @param {Document} page
 * @returns {NodeListOf<HTMLElement>}
 */
function partsOf(page) {
  return page.querySelectorAll("[data-live][id]");
}

/** @param {HTMLElement} part */
function plain(part) {
  return part.outerHTML.replaceAll(TOKEN, "");
}
