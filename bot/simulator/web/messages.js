// One message as an element: bubble, quote, media, buttons. Only `html` comes as HTML, made safe by the server.
import { avatar, h, icon, iconButton, toast } from "./dom.js";
import { t, timeWords, wallClock } from "./i18n.js";

const COMMAND = /(^|[\s(（])(\/[a-z0-9_]{1,32})(?=$|[\s,.;:!?)，。；：！？）])/g;

// `acts` is what a message can ask its phone for: press, menu, jump, link, command.
export function messageNode(message, acts, spinning, language) {
  const mine = !message.from_bot;
  const bubble = h("div", { class: "bubble", lang: language });
  if (message.via_bot) bubble.append(h("div", { class: "via", text: `${t("via")} @${message.via_bot}` }));
  if (message.reply_to) bubble.append(quote(message.reply_to, acts));
  if (message.media) bubble.append(mediaNode(message.media, message.message_id));
  if (message.html) bubble.append(textNode(message, acts));
  bubble.append(metaNode(message, mine));
  const bare = message.media?.kind === "photo" && !message.html && !message.reply_to && !message.via_bot;
  const card = message.media && !message.html && message.media.kind !== "photo";
  const node = h("article", {
    class: `message ${mine ? "mine" : "theirs"}${bare ? " bare" : ""}${card ? " card" : ""}${message.media ? ` has-${message.media.kind}` : ""}${message.protected ? " locked" : ""}${message.buttons.length ? " has-buttons" : ""}`,
    "data-message": message.message_id, "aria-label": mine ? t("you") : message.sender,
  }, h("div", { class: "row" }, bubble, iconButton("more", t("messageMenu"), (event) => acts.menu(message, event.currentTarget), "message-menu")));
  if (message.buttons.length) node.append(buttonsNode(message, acts, spinning));
  bubble.addEventListener("contextmenu", (event) => {
    event.preventDefault();
    acts.menu(message, { x: event.clientX, y: event.clientY });
  });
  longPress(bubble, (at) => acts.menu(message, at));
  return node;
}

function longPress(node, run) {
  let timer = 0;
  const stop = () => clearTimeout(timer);
  node.addEventListener("pointerdown", (event) => {
    stop();
    if (event.pointerType === "touch") timer = setTimeout(() => run({ x: event.clientX, y: event.clientY }), 520);
  });
  for (const name of ["pointerup", "pointercancel", "pointermove", "pointerleave"]) node.addEventListener(name, stop);
}

function textNode(message, acts) {
  const node = h("div", { class: "text" });
  node.innerHTML = message.html;
  trimAroundBlocks(node);
  linkCommands(node, acts);
  for (const link of node.querySelectorAll("a")) {
    link.addEventListener("click", (event) => {
      if (acts.link(link.href)) event.preventDefault();
    });
  }
  for (const spoiler of node.querySelectorAll("tg-spoiler, .tg-spoiler")) {
    spoiler.tabIndex = 0;
    spoiler.addEventListener("click", () => spoiler.classList.add("seen"));
  }
  return node;
}

// A line break beside a block is the block's own: without this there would be an empty line.
function trimAroundBlocks(root) {
  for (const block of root.querySelectorAll("pre, blockquote")) {
    const { previousSibling: before, nextSibling: after } = block;
    if (before?.nodeType === Node.TEXT_NODE) before.data = before.data.replace(/\n$/, "");
    if (after?.nodeType === Node.TEXT_NODE) after.data = after.data.replace(/^\n/, "");
  }
}

// "/today" in a text can be tapped, as in Telegram.
function linkCommands(root, acts) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest("a, code, pre")) texts.push(walker.currentNode);
  for (const text of texts) {
    const parts = [];
    let last = 0;
    for (const hit of text.data.matchAll(COMMAND)) {
      const start = hit.index + hit[1].length;
      parts.push(text.data.slice(last, start), h("button", { type: "button", class: "command-link", text: hit[2], onclick: () => acts.command(hit[2]) }));
      last = start + hit[2].length;
    }
    if (parts.length) text.replaceWith(...parts, text.data.slice(last));
  }
}

function quote(replied, acts) {
  return h("button", { type: "button", class: "quote", onclick: () => acts.jump(replied.message_id) },
    h("b", { text: t("reply") }), h("span", { text: replied.text || acts.nameOf(replied.message_id) }));
}

function metaNode(message, mine) {
  const lock = message.protected ? h("span", { class: "lock", title: t("protected"), role: "img", "aria-label": t("protected") }, icon("lock")) : null;
  return h("span", { class: "meta" }, lock, message.edited ? h("span", { class: "edited", text: t("edited") }) : null,
    h("time", { datetime: message.date, text: timeWords(wallClock(message.date)) }), mine ? icon("ticks") : null);
}

// -- buttons --------------------------------------------------------------------------------------

const BADGES = { url: "out", copy: "copy", switch_inline: "inline", switch_inline_current: "inline" };

function buttonsNode(message, acts, spinning) {
  return h("div", { class: "buttons" }, message.buttons.map((row) =>
    h("div", { class: "buttons-row" }, row.map((button) => {
      const spins = button.kind === "callback" && spinning.has(`${message.message_id}:${button.data}`);
      return h("button", {
        type: "button", class: `inline-button${spins ? " spinning" : ""}`, "data-kind": button.kind, "data-data": button.data,
        "aria-busy": spins ? "true" : null, onclick: () => acts.press(message, button),
      }, h("span", { text: button.text }), BADGES[button.kind] ? icon(BADGES[button.kind]) : null);
    }))));
}

// -- media ----------------------------------------------------------------------------------------

function mediaNode(media, number) {
  switch (media.kind) {
    case "photo": return photo(media);
    case "voice": return voice(media, number);
    case "document": return documentCard(media);
    case "contact": return contact(media);
    case "venue":
    case "location": return place(media);
    default: return h("div", { class: "unsupported", text: `${t("unsupported")}${media.name ? ` (${media.name})` : ""}` });
  }
}

function photo(media) {
  const image = h("img", { src: media.url, alt: t("photo"), decoding: "async" });
  const button = h("button", { type: "button", class: "photo", "aria-label": t("photo"), onclick: () => view(media.url) }, image);
  image.addEventListener("error", () => button.replaceChildren(h("span", { class: "no-photo" }, icon("photo"), t("photo"))));
  return button;
}

function view(url) {
  const back = document.activeElement;
  const viewer = h("div", { class: "viewer", role: "dialog", "aria-modal": "true", "aria-label": t("photo"), tabindex: "-1" }, h("img", { src: url, alt: t("photo") }));
  const close = () => { viewer.remove(); back?.focus?.(); };
  viewer.addEventListener("click", close);
  viewer.addEventListener("keydown", (event) => event.key === "Escape" && close());
  document.body.append(viewer);
  viewer.focus();
}

function voice(media, number) {
  const seconds = media.duration ?? 0;
  const words = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  const bars = Array.from({ length: 28 }, (_, at) => {
    const bar = h("i");
    bar.style.height = `${4 + Math.round(Math.abs(Math.sin(at * 1.7 + number) * Math.cos(at * 0.45 + number * 2)) * 18)}px`;
    return bar;
  });
  const button = iconButton("play", t("play"), () => (audio.paused ? audio.play().catch((error) => toast(error.message)) : audio.pause()), "round");
  const audio = new Audio();
  audio.preload = "none";
  audio.src = media.url;
  audio.onplay = () => button.replaceChildren(icon("pause"));
  audio.onpause = audio.onended = () => button.replaceChildren(icon("play"));
  audio.ontimeupdate = () => bars.forEach((bar, at) => bar.classList.toggle("heard", at / bars.length < audio.currentTime / (audio.duration || seconds || 1)));
  return h("div", { class: "voice", role: "group", "aria-label": t("voiceMessage") }, button, h("div", {}, h("div", { class: "wave", "aria-hidden": "true" }, bars), h("small", { text: words })));
}

export function sizeWords(size) {
  if (size < 1024) return `${size} B`;
  return size < 1 << 20 ? `${(size / 1024).toFixed(1)} KB` : `${(size / (1 << 20)).toFixed(1)} MB`;
}

function documentCard(media) {
  const suffix = media.name.includes(".") ? media.name.split(".").pop().slice(0, 4) : "";
  return h("a", { class: "document", href: media.url, download: media.name, title: t("download") },
    h("span", { class: `file-icon f-${suffix.toLowerCase()}`, "aria-hidden": "true" }, suffix ? suffix.toUpperCase() : icon("file")),
    h("span", { class: "file-words" }, h("b", { text: media.name }), h("small", { text: sizeWords(media.size ?? 0) })));
}

function contact(media) {
  const digits = [...(media.phone ?? "")].reduce((sum, char) => sum + char.charCodeAt(0), 0);
  const number = /^\d{7,}$/.test(media.phone) ? `+${media.phone}` : media.phone;
  return h("div", { class: "contact", role: "group", "aria-label": t("contactCard") }, avatar(media.name || "?", digits),
    h("span", {}, h("b", { text: media.name }), h("small", { text: number })));
}

// A drawn map: streets follow from the coordinates, no picture is fetched from anywhere.
function place(media) {
  const seed = Math.abs(Math.sin(media.latitude * 97.3 + media.longitude * 31.7));
  const map = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  map.setAttribute("viewBox", "0 0 260 130");
  map.setAttribute("preserveAspectRatio", "xMidYMid slice");
  map.setAttribute("class", "map");
  map.setAttribute("aria-hidden", "true");
  const draw = (cls, d) => {
    const path = document.createElementNS(map.namespaceURI, "path");
    path.setAttribute("class", cls);
    path.setAttribute("d", d);
    map.append(path);
  };
  const shift = Math.round(seed * 44);
  draw("park", `M${150 + shift} 0h70v46l-52 8Z`);
  draw("park", `M0 ${92 - shift / 3}l58-9 14 56H0Z`);
  draw("water", `M${-20 + shift} 140C${40 + shift} 96 ${44 + shift} 60 ${96 + shift} 46S${196 + shift} ${30 + shift} 290 ${-12 + shift}`);
  for (let at = 0; at < 6; at += 1) {
    draw("street", `M${-30 + at * 58 - shift} -5l${24 + shift / 3} 145`);
    draw("street", `M-5 ${14 + at * 29 - shift / 4}l270 ${-16 + shift / 3}`);
  }
  draw("road", `M-5 ${96 - shift / 2}C80 ${70 + shift / 4} 150 84 265 ${44 + shift / 3}`);
  draw("road", `M${112 + shift / 2} -5l-26 145`);
  draw("pin", "M130 78s-15-14-15-26a15 15 0 0 1 30 0c0 12-15 26-15 26Z");
  draw("pin-eye", "M130 58a6 6 0 1 0 0-12 6 6 0 0 0 0 12Z");
  const coordinates = `${media.latitude.toFixed(4)}, ${media.longitude.toFixed(4)}`;
  const venue = media.kind === "venue";
  return h("div", { class: "place", role: "group", "aria-label": t(venue ? "venue" : "location") }, map,
    h("div", { class: "place-words" }, h("b", { text: venue ? media.title : t("location") }), h("small", { text: venue ? media.address : coordinates })));
}
