// Small helpers: elements, icons, toasts, menus and sheets. Everything is set as text, never HTML.
import { t } from "./i18n.js";

const SVG = "http://www.w3.org/2000/svg";
const PATHS = {
  more: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  clip: "M19.5 11.2l-7.6 7.7a4.6 4.6 0 0 1-6.6-6.5l7.9-8a3.1 3.1 0 0 1 4.4 4.4l-7.8 7.8a1.5 1.5 0 0 1-2.2-2.1l7-7",
  send: "M5 12 3.6 4.9c-.1-.6.5-1.1 1-.8l16 7.2c.6.3.6 1.1 0 1.4l-16 7.2c-.5.3-1.1-.2-1-.8L5 12Zm0 0h7",
  slash: "M5 4.5h14a1.5 1.5 0 0 1 1.5 1.5v12a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 18V6A1.5 1.5 0 0 1 5 4.5ZM13.6 8.5l-3.2 7",
  keyboard: "M4.5 6h15A1.5 1.5 0 0 1 21 7.5v9a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 16.5v-9A1.5 1.5 0 0 1 4.5 6ZM7 10v.01M12 10v.01M17 10v.01M8 14.2h8",
  photo: "M5 4.5h14A1.5 1.5 0 0 1 20.5 6v12a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 18V6A1.5 1.5 0 0 1 5 4.5ZM8.5 9v.01M4 17l4.8-4.5 3.4 3 3.6-4 4.5 4.6",
  file: "M13.5 3.5H7A1.5 1.5 0 0 0 5.5 5v14A1.5 1.5 0 0 0 7 20.5h10a1.5 1.5 0 0 0 1.5-1.5V8.5l-5-5Zm0 0v5h5",
  mic: "M12 3.5a2.8 2.8 0 0 1 2.8 2.8v5.2a2.8 2.8 0 0 1-5.6 0V6.3A2.8 2.8 0 0 1 12 3.5ZM5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v2.5",
  pin: "M12 21s-7-6.1-7-11.4a7 7 0 0 1 14 0C19 14.9 12 21 12 21Zm0-9a2.4 2.4 0 1 0 0-4.8 2.4 2.4 0 0 0 0 4.8Z",
  person: "M12 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5c.6-4 3.6-6 7.5-6s6.9 2 7.5 6",
  addPerson: "M10 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM3 20.5c.6-4 3.4-6 7-6 1.6 0 3 .4 4.1 1.1M18.5 13.5v6M15.5 16.5h6",
  sun: "M12 16.2a4.2 4.2 0 1 0 0-8.4 4.2 4.2 0 0 0 0 8.4ZM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
  moon: "M20 14.3A8.3 8.3 0 0 1 9.7 4a8.3 8.3 0 1 0 10.3 10.3Z",
  globe: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM3.8 12h16.4M12 3.5c2.3 2.4 3.4 5.2 3.4 8.5s-1.1 6.1-3.4 8.5c-2.3-2.4-3.4-5.2-3.4-8.5S9.7 5.9 12 3.5Z",
  block: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM6 6l12 12",
  link: "M10 14a4 4 0 0 0 5.7 0l3.2-3.2a4 4 0 0 0-5.7-5.7l-1.2 1.2M14 10a4 4 0 0 0-5.7 0l-3.2 3.2a4 4 0 0 0 5.7 5.7l1.2-1.2",
  copy: "M9.5 8.5h9a1.5 1.5 0 0 1 1.5 1.5v9a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 8 19v-9a1.5 1.5 0 0 1 1.5-1.5ZM16 8.5V5A1.5 1.5 0 0 0 14.5 3.5h-9A1.5 1.5 0 0 0 4 5v9a1.5 1.5 0 0 0 1.5 1.5H8",
  edit: "M4 20l.9-4L16.3 4.6a1.8 1.8 0 0 1 2.6 0l.5.5a1.8 1.8 0 0 1 0 2.6L8 19.1 4 20ZM14 7l3 3",
  trash: "M4.5 6.5h15M9.5 6V4.5a1 1 0 0 1 1-1h3a1 1 0 0 1 1 1V6M6.5 6.5l.8 12.6a1.5 1.5 0 0 0 1.5 1.4h6.4a1.5 1.5 0 0 0 1.5-1.4l.8-12.6",
  reply: "M9.5 6 4 11.5 9.5 17M4.5 11.5H14a6 6 0 0 1 6 6v1",
  close: "M6 6l12 12M18 6 6 18",
  down: "M5.5 9l6.5 6.5L18.5 9",
  lock: "M6.5 10.5h11A1.5 1.5 0 0 1 19 12v7a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 5 19v-7a1.5 1.5 0 0 1 1.5-1.5ZM8 10.5V7.5a4 4 0 0 1 8 0v3",
  check: "M5 12.5l4.5 4.5L19 7",
  ticks: "M2 12.8l4.2 4.2L14.5 7.5M11.5 16.5l.6.5L20.5 7.5",
  out: "M8 16 17 7M9.5 7H17v7.5",
  inline: "M4 8h11l-3.5-3.5M20 16H9l3.5 3.5",
  play: "M8 5.5v13l10.5-6.5L8 5.5Z",
  pause: "M8.5 6v12M15.5 6v12",
  plane: "M20.5 4 3.5 10.8l6 2.7L20.5 4Zm0 0-5 16-6-6.5",
};

export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else if (name === "text") node.textContent = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `i i-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

export function iconButton(name, label, onclick, cls = "") {
  return h("button", { type: "button", class: `icon-button ${cls}`, "aria-label": label, title: label, onclick }, icon(name));
}

export function initials(name) {
  const words = name.trim().split(/\s+/);
  if (/^[\u3400-\u9fff]/.test(name)) return [...words[0]].slice(-2).join("");
  return words.slice(0, 2).map((word) => [...word][0] ?? "").join("").toUpperCase();
}

export function avatar(name, number) {
  return h("span", { class: `avatar hue-${Math.abs(number) % 7}`, "aria-hidden": "true", text: initials(name) });
}

export function toast(text, place = document.getElementById("toasts"), ms = 3600) {
  const node = h("div", { class: "toast", text });
  place.append(node);
  while (place.children.length > 3) place.firstChild.remove();
  setTimeout(() => node.remove(), Math.max(ms, text.length * 70));
}

export function failed(error, place) {
  toast(error.message || String(error), place);
}

// A menu beside `anchor` (an element, or {x, y}); items are {icon, text, run, danger, ticked} or null for a line.
export function openMenu(anchor, items, label) {
  closeMenu();
  const back = document.activeElement;
  const menu = h("div", { class: "menu", role: "menu", "aria-label": label });
  for (const item of items) {
    if (item === null) menu.append(h("hr", { role: "separator" }));
    else
      menu.append(
        h("button", {
          type: "button", role: item.ticked === undefined ? "menuitem" : "menuitemradio", class: item.danger ? "danger" : "",
          "aria-checked": item.ticked === undefined ? null : String(item.ticked),
          onclick: () => { closeMenu(); item.run(); },
        }, item.icon ? icon(item.icon) : null, h("span", { text: item.text }), item.ticked ? h("span", { class: "tick" }, icon("check")) : null),
      );
  }
  document.body.append(menu);
  const box = anchor instanceof Element ? anchor.getBoundingClientRect() : { left: anchor.x, right: anchor.x, top: anchor.y, bottom: anchor.y };
  const { offsetWidth: width, offsetHeight: height } = menu;
  const left = box.left + width > innerWidth - 8 ? box.right - width : box.left;
  const top = box.bottom + 4 + height > innerHeight - 8 ? box.top - height - 4 : box.bottom + 4;
  menu.style.left = `${Math.max(8, left)}px`;
  menu.style.top = `${Math.max(8, top)}px`;
  const buttons = [...menu.querySelectorAll("button")];
  buttons[0]?.focus({ preventScroll: true });
  menu.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) buttons[(at + step + buttons.length) % buttons.length].focus();
    else if (event.key === "Escape" || event.key === "Tab") { closeMenu(); back?.focus?.(); }
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

export function closeMenu() {
  for (const menu of document.querySelectorAll(".menu")) menu.remove();
}

addEventListener("pointerdown", (event) => event.target.closest?.(".menu") || closeMenu(), true);
addEventListener("resize", closeMenu);

// A small window above one phone (or the page). `actions` are {text, run, danger, main}; `run` may
// return false to keep it open. Resolves nothing; closing puts the focus back.
export function openSheet(place, { title, body = [], actions, role = "dialog" }) {
  const back = document.activeElement;
  const heading = title ? h("h2", { text: title, id: `sheet-${Math.floor(performance.now() * 1000)}` }) : null;
  const veil = h("div", { class: place === document.body ? "veil page" : "veil" });
  const close = () => { veil.remove(); if (back?.isConnected) back.focus({ preventScroll: true }); };
  const run = async (action) => { if ((await action.run?.()) !== false) close(); };
  const form = h("form", { class: "sheet", role, "aria-modal": "true", "aria-labelledby": heading?.id, "aria-label": heading ? null : t("notice") },
    heading, body,
    h("div", { class: "actions" }, actions.map((action) => h("button", { type: action.main ? "submit" : "button", class: action.danger ? "danger" : "", text: action.text, onclick: action.main ? null : () => run(action) }))));
  form.addEventListener("submit", (event) => { event.preventDefault(); run(actions.find((action) => action.main)); });
  veil.append(form);
  veil.addEventListener("pointerdown", (event) => event.target === veil && close());
  veil.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { close(); event.stopPropagation(); }
    if (event.key !== "Tab") return;
    const stops = [...form.querySelectorAll("button, input, textarea")];
    const edge = event.shiftKey ? stops[0] : stops.at(-1);
    if (document.activeElement === edge) { (event.shiftKey ? stops.at(-1) : stops[0]).focus(); event.preventDefault(); }
  });
  place.append(veil);
  (form.querySelector("input, textarea") ?? form.querySelector("button[type=submit]"))?.focus({ preventScroll: true });
  return close;
}

export function field(label, props = {}) {
  const input = h(props.rows ? "textarea" : "input", { type: props.rows ? null : "text", autocomplete: "off", ...props });
  return { input, node: h("label", {}, label, input) };
}

export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = h("textarea", { class: "sr" });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}
