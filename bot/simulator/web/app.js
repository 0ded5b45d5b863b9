// The page: the clock, the row of people, which phones are shown, and who hears which event.
import { get, listen, post } from "./api.js";
import { avatar, failed, field, h, icon, openSheet, toast } from "./dom.js";
import { dayWords, keep, lang, setLang, t, timeWords, wallClock } from "./i18n.js";
import { Phone } from "./phone.js";

const $ = (id) => document.getElementById(id);
const params = new URLSearchParams(location.search);
const narrow = matchMedia("(max-width: 700px)");
const PHONE_WIDTH = 352;

const phones = new Map();
let shown = null;
let state = null;
let clock = { base: 0, at: 0, running: false };

const now = () => new Date(clock.base + (clock.running ? performance.now() - clock.at : 0));

const app = {
  now,
  get bot() { return state.bot; },
  online: false,
  unreadChanged: () => drawPeople(),
};

// -- the clock ----------------------------------------------------------------------------------

function setClock(iso, running = clock.running) {
  clock = { base: wallClock(iso).getTime(), at: performance.now(), running };
  drawClock();
}

let drawn = "";
function drawClock() {
  if (state === null) return;
  const moment = now();
  const words = dayWords(moment) + timeWords(moment);
  if (words === drawn) return;
  const newDay = drawn.slice(0, -5) !== words.slice(0, -5);
  drawn = words;
  $("clock-day").textContent = dayWords(moment);
  $("clock-time").textContent = timeWords(moment);
  $("clock").dateTime = moment.toISOString().slice(0, 16);
  if (newDay) for (const phone of phones.values()) phone.draw();
}

async function moveClock(body) {
  try {
    setClock((await post("/sim/clock", body)).clock);
  } catch (error) {
    failed(error);
  }
}

// -- the people -----------------------------------------------------------------------------------

function chooseShown() {
  const ids = [...phones.keys()];
  const asked = params.get("phones");
  let kept = null;
  try {
    kept = localStorage.getItem("phones");
  } catch {
    // Nothing is remembered in a private window.
  }
  const wanted = (asked ?? kept ?? "").split(",").map(Number).filter((id) => phones.has(id));
  const room = Math.max(1, Math.floor((innerWidth - 18) / PHONE_WIDTH));
  shown = new Set(wanted.length ? wanted : ids.slice(0, room));
}

function toggle(id) {
  if (narrow.matches) shown = new Set([id]);
  else if (!shown.delete(id)) shown.add(id);
  if (params.get("phones") === null) keep("phones", [...shown].join(","));
  drawShown();
  if (shown.has(id)) phones.get(id).node.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function visible(id) {
  if (!narrow.matches) return shown.has(id);
  return id === ([...shown].find((other) => phones.has(other)) ?? [...phones.keys()][0]);
}

function drawShown() {
  for (const [id, phone] of phones) phone.show(visible(id));
  const none = ![...phones.keys()].some(visible);
  $("strip").querySelector(".nobody")?.remove();
  if (none) $("strip").append(h("p", { class: "nobody", text: t("nobody") }));
  drawPeople();
}

function drawPeople() {
  const focused = document.activeElement?.dataset?.person;
  $("people").setAttribute("aria-label", t("people"));
  $("people").replaceChildren(
    ...[...phones].map(([id, phone]) =>
      h("button", { type: "button", class: "person", "data-person": id, "aria-pressed": String(visible(id)), onclick: () => toggle(id) },
        avatar(phone.about.name, id), h("b", { text: phone.about.name }),
        phone.role ? h("small", { text: phone.role }) : null,
        phone.unread ? h("span", { class: "badge", "aria-label": `${phone.unread} ${t("unread")}`, text: String(phone.unread) }) : null)),
  );
  if (focused) $("people").querySelector(`[data-person="${focused}"]`)?.focus();
}

// Fetches the state and brings the row of phones in line with it.
async function loadState() {
  state = await get("/sim/state");
  setClock(state.clock, state.running);
  document.title = `${state.bot.name} · ${t("subtitle")}`;
  const fresh = [];
  for (const about of state.phones) {
    const known = phones.get(about.user_id);
    if (known) {
      known.setAbout(about);
      continue;
    }
    const phone = new Phone(app, about);
    phones.set(about.user_id, phone);
    $("strip").append(phone.node);
    fresh.push(phone);
  }
  if (shown === null) {
    chooseShown();
    // An address that names the phones also says in which order they stand.
    if (params.get("phones")) for (const id of shown) $("strip").append(phones.get(id).node);
  }
  drawShown();
  return fresh;
}

async function reload() {
  try {
    const fresh = await loadState();
    await Promise.all((fresh.length ? fresh : [...phones.values()]).map((phone) => phone.load()));
  } catch (error) {
    failed(error);
  }
}

function addPhone() {
  const name = field(t("strangerName"), { maxlength: 64 });
  const number = field(t("strangerPhone"), { maxlength: 20, inputmode: "tel", placeholder: "+8613800000000" });
  const add = async () => {
    if (!name.input.value.trim()) {
      toast(t("needName"));
      name.input.focus();
      return false;
    }
    try {
      const about = await post("/sim/phones", {
        name: name.input.value, phone: number.input.value.trim() || null, language_code: lang === "zh" ? "zh-hans" : "en",
      });
      if (!phones.has(about.user_id)) await reload();
      if (!visible(about.user_id)) toggle(about.user_id);
      phones.get(about.user_id)?.node.scrollIntoView({ block: "nearest", inline: "end" });
    } catch (error) {
      failed(error);
      return false;
    }
    return true;
  };
  openSheet(document.body, {
    title: t("strangerTitle"), body: [name.node, number.node],
    actions: [{ text: t("cancel") }, { text: t("add"), main: true, run: add }],
  });
}

// -- the bar on top -------------------------------------------------------------------------------

function drawTop() {
  const dark = document.documentElement.dataset.theme === "dark";
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
  $("product").textContent = t("product");
  $("subtitle").textContent = t("subtitle");
  $("offline").textContent = t("offline");
  $("clock-box").setAttribute("aria-label", t("clock"));
  for (const [id, key] of [["plus-10", "plus10"], ["plus-60", "plus60"], ["tomorrow", "tomorrow"]]) $(id).textContent = t(key);
  const tool = (id, name, label, words) => {
    $(id).replaceChildren(icon(name), ...(words ? [h("span", { class: id === "lang" ? "" : "tool-words", text: words })] : []));
    $(id).setAttribute("aria-label", label);
    $(id).title = label;
  };
  tool("add-phone", "addPerson", t("addPhone"), t("addPhone"));
  tool("theme", dark ? "sun" : "moon", t(dark ? "toLight" : "toDark"));
  tool("lang", "globe", t("language"), t("langLabel"));
  drawn = "";
  drawClock();
}

$("plus-10").onclick = () => moveClock({ seconds: 600 });
$("plus-60").onclick = () => moveClock({ seconds: 3600 });
$("tomorrow").onclick = () => moveClock({ to: "tomorrow 08:30" });
$("add-phone").onclick = addPhone;
$("theme").onclick = () => {
  const root = document.documentElement;
  root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
  keep("theme", root.dataset.theme);
  drawTop();
};
$("lang").onclick = () => {
  setLang(lang === "zh" ? "en" : "zh");
  drawTop();
  for (const phone of phones.values()) phone.relabel();
  drawShown();
};
narrow.addEventListener("change", () => shown && drawShown());
setInterval(drawClock, 1000);

// -- what the simulator tells ---------------------------------------------------------------------

function onEvent(event) {
  const phone = phones.get(event.user_id);
  if (event.type === "chat") phone ? phone.load() : reload();
  else if (event.type === "typing") phone?.typingNow();
  else if (event.type === "callback_answer") phone?.answered(event);
  else if (event.type === "clock") setClock(event.clock);
  else if (event.type === "toast") toast(event.text);
  else if (event.type === "phones") loadState().then((fresh) => fresh.forEach((one) => one.load())).catch(failed);
}

drawTop();
await reload();
listen(onEvent, (online) => {
  const again = online && !app.online && app.seen;
  app.online = online;
  app.seen = app.seen || online;
  $("offline").hidden = online;
  if (again) loadState().then(() => phones.forEach((phone) => phone.load())).catch(failed);
  else if (online) phones.forEach((phone) => phone.load());
  document.documentElement.dataset.ready = String(online);
});
