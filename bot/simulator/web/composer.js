// The lower part of a phone: text field, attachments, command menu, reply keyboard, START.
import { upload } from "./api.js";
import { failed, field, h, icon, iconButton, openMenu, openSheet, toast } from "./dom.js";
import { t } from "./i18n.js";
import { InlinePanel } from "./inline.js";
import { sizeWords } from "./messages.js";

const PLACES = [
  ["外滩", "Waitan", 31.2397, 121.4903], ["陆家嘴", "Lujiazui", 31.2385, 121.5025], ["人民广场", "People's Square", 31.2304, 121.4737],
  ["张江高科", "Zhangjiang Hi-Tech Park", 31.2019, 121.5887], ["虹桥火车站", "Hongqiao Station", 31.1944, 121.3186], ["松江新城", "Songjiang New Town", 31.0326, 121.2276],
];
const ACCEPT = { photo: "image/*", document: "", voice: "audio/*" };
const TITLES = { photo: "sendPhoto", document: "sendFile", voice: "sendVoice" };
const MOST_BYTES = 20 * 1024 * 1024;

export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.editing = null;
    this.replying = null;
    this.keysHidden = false;
    this.keysOf = "";
    this.chosen = 0;
    this.inline = new InlinePanel(phone, this);
    this.area = h("textarea", { rows: 1, maxlength: 4096, autocomplete: "off", enterkeyhint: "send", name: "message" });
    this.commandList = h("div", { class: "panel commands", role: "listbox", hidden: true });
    this.modeBar = h("div", { class: "mode", hidden: true });
    this.attach = iconButton("clip", t("attach"), (event) => this.openAttach(event.currentTarget), "attach");
    this.slash = iconButton("slash", t("commands"), () => this.toggleCommands(), "slash");
    this.keysButton = iconButton("keyboard", t("keyboardHide"), () => this.toggleKeys(), "keys-toggle");
    this.sendButton = iconButton("send", t("send"), () => this.submit(), "send");
    this.bar = h("div", { class: "bar" }, this.attach, this.area, this.slash, this.keysButton, this.sendButton);
    this.big = h("button", { type: "button", class: "big-button" });
    this.keys = h("div", { class: "keys", role: "group", hidden: true });
    this.picker = h("input", { type: "file", class: "sr", tabindex: "-1", "aria-hidden": "true" });
    this.node = h("footer", { class: "composer" }, this.commandList, this.inline.node, this.modeBar, this.bar, this.big, this.keys, this.picker);
    this.area.addEventListener("input", () => this.typed());
    this.area.addEventListener("keydown", (event) => this.keyDown(event));
    this.area.addEventListener("paste", (event) => {
      const file = event.clipboardData.files[0];
      if (!file) return;
      event.preventDefault();
      this.offerFile(file, file.type.startsWith("image/") ? "photo" : "document");
    });
    this.picker.addEventListener("change", () => {
      const file = this.picker.files[0];
      this.picker.value = "";
      if (file) this.offerFile(file, this.picking);
    });
    this.relabel();
  }

  relabel() {
    for (const [node, key] of [[this.attach, "attach"], [this.slash, "commands"], [this.sendButton, "send"]]) {
      node.title = t(key);
      node.setAttribute("aria-label", t(key));
    }
    this.commandList.setAttribute("aria-label", t("commands"));
    this.drawMode();
    if (this.phone.chat) this.draw();
  }

  // -- what stands there now ----------------------------------------------------------------------

  draw() {
    const { chat, about } = this.phone;
    const fresh = chat.messages.length === 0;
    const big = about.blocked ? "unblock" : fresh ? (about.invite ? "startInvite" : "start") : null;
    this.big.hidden = big === null;
    this.bar.hidden = big !== null;
    if (big) {
      this.big.textContent = t(big);
      this.big.dataset.does = big;
      this.big.onclick = () => (about.blocked ? this.phone.act("block", { blocked: false }) : this.phone.say(about.invite ? `/start ${about.invite}` : "/start"));
    }
    const keyboard = big ? null : chat.reply_keyboard;
    this.area.placeholder = keyboard?.placeholder || t("write");
    this.area.setAttribute("aria-label", `${t("write")}: ${about.name}`);
    const signature = JSON.stringify(keyboard);
    if (signature !== this.keysOf) {
      this.keysOf = signature;
      this.keysHidden = false;
      this.keys.replaceChildren(...(keyboard?.rows ?? []).map((row) => h("div", { class: "keys-row" }, row.map((key) => this.keyNode(key)))));
    }
    this.keys.hidden = !keyboard || this.keysHidden;
    this.keysButton.hidden = !keyboard;
    const label = t(this.keysHidden ? "keyboardShow" : "keyboardHide");
    this.keysButton.title = label;
    this.keysButton.setAttribute("aria-label", label);
    this.keysButton.setAttribute("aria-pressed", String(!this.keysHidden));
    this.slash.hidden = chat.commands.length === 0 || this.area.value !== "";
    this.sendButton.disabled = !this.area.value.trim();
  }

  keyNode(key) {
    const symbol = { contact: "person", location: "pin" }[key.request];
    return h("button", { type: "button", onclick: () => this.useKey(key) }, symbol ? icon(symbol) : null, h("span", { text: key.text }));
  }

  toggleKeys() {
    this.keysHidden = !this.keysHidden;
    this.draw();
  }

  async useKey(key) {
    if (key.request === "contact") this.shareNumber();
    else if (key.request === "location") this.askPlace();
    else {
      await this.phone.say(key.text);
      if (this.phone.chat.reply_keyboard?.one_time) this.keysHidden = true;
      this.draw();
    }
  }

  // -- writing ------------------------------------------------------------------------------------

  typed() {
    const text = this.area.value;
    this.chosen = 0;
    this.drawCommands(/^\/[a-z0-9_]*$/i.test(text) && !this.editing ? text.slice(1).toLowerCase() : null);
    const prefix = `@${this.phone.app.bot.username} `;
    this.inline.ask(text.toLowerCase().startsWith(prefix.toLowerCase()) && !this.editing ? text.slice(prefix.length) : null);
    if (this.phone.chat) this.draw();
    this.area.style.height = "";
    if (this.area.scrollHeight > this.area.clientHeight) this.area.style.height = `${Math.min(this.area.scrollHeight, 140)}px`;
  }

  fill(text) {
    this.area.value = text;
    this.area.focus();
    this.typed();
  }

  clear() {
    this.area.value = "";
    this.typed();
  }

  keyDown(event) {
    if (event.isComposing) return;
    const panel = this.inline.isOpen ? this.inline : this.commandList.hidden ? null : this;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (panel && step) {
      panel.move(step);
      event.preventDefault();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      if (panel && panel.chooseMarked()) return;
      this.submit();
    } else if (event.key === "Tab" && panel === this && !event.shiftKey) {
      event.preventDefault();
      this.fill(`/${this.matching[this.chosen].command} `);
    } else if (event.key === "Escape") {
      if (panel) { this.inline.close(); this.drawCommands(null); } else if (this.editing || this.replying) this.leaveMode();
    } else if (event.key === "ArrowUp" && !this.area.value && this.phone.chat) {
      const mine = this.phone.chat.messages.findLast((message) => !message.from_bot && message.text && !message.via_bot);
      if (mine) { event.preventDefault(); this.edit(mine); }
    }
  }

  async submit() {
    const text = this.area.value.trim();
    if (!text) return;
    const { editing, replying } = this;
    this.leaveMode();
    const done = editing
      ? await this.phone.act("edit", { message_id: editing.message_id, text })
      : await this.phone.say(text, replying ? { reply_to: replying.message_id } : {});
    if (done === null && !this.area.value) this.fill(text);
  }

  edit(message) {
    this.editing = message;
    this.replying = null;
    this.drawMode();
    this.fill(message.text);
  }

  replyTo(message) {
    this.replying = message;
    this.editing = null;
    this.drawMode();
    this.area.focus();
  }

  leaveMode() {
    this.editing = this.replying = null;
    this.drawMode();
    this.clear();
  }

  drawMode() {
    const message = this.editing ?? this.replying;
    this.modeBar.hidden = !message;
    if (!message) return;
    this.modeBar.replaceChildren(icon(this.editing ? "edit" : "reply"),
      h("div", {}, h("b", { text: t(this.editing ? "editing" : "reply") }), h("span", { text: message.text || t("messages") })),
      iconButton("close", t("cancel"), () => this.leaveMode()));
  }

  // -- the command menu -----------------------------------------------------------------------------

  toggleCommands() {
    this.drawCommands(this.commandList.hidden ? "" : null);
    this.area.focus();
  }

  drawCommands(prefix) {
    const all = this.phone.chat?.commands ?? [];
    this.matching = prefix === null ? [] : all.filter(({ command }) => command.startsWith(prefix));
    this.commandList.hidden = this.matching.length === 0;
    this.commandList.replaceChildren(...this.matching.map(({ command, description }, at) =>
      h("button", { type: "button", role: "option", tabindex: "-1", class: at === this.chosen ? "marked" : "", "aria-selected": String(at === this.chosen), onclick: () => this.runCommand(command) },
        h("b", { text: `/${command}` }), h("span", { text: description }))));
  }

  move(step) {
    this.chosen = (this.chosen + step + this.matching.length) % this.matching.length;
    [...this.commandList.children].forEach((node, at) => {
      node.classList.toggle("marked", at === this.chosen);
      node.setAttribute("aria-selected", String(at === this.chosen));
      if (at === this.chosen) node.scrollIntoView({ block: "nearest" });
    });
  }

  chooseMarked() {
    this.runCommand(this.matching[this.chosen].command);
    return true;
  }

  async runCommand(command) {
    this.clear();
    this.drawCommands(null);
    await this.phone.say(`/${command}`);
  }

  // -- attachments ----------------------------------------------------------------------------------

  openAttach(anchor) {
    const pick = (kind) => () => {
      this.picking = kind;
      this.picker.accept = ACCEPT[kind];
      this.picker.click();
    };
    openMenu(anchor, [
      { icon: "photo", text: t("photo"), run: pick("photo") },
      { icon: "file", text: t("file"), run: pick("document") },
      { icon: "mic", text: t("voice"), run: pick("voice") },
      { icon: "pin", text: t("location"), run: () => this.askPlace() },
      { icon: "person", text: t("contact"), run: () => this.askContact() },
    ], t("attach"));
  }

  offerFile(file, kind) {
    if (file.size > MOST_BYTES) {
      toast(t("tooBig"), this.phone.toasts);
      return;
    }
    const caption = field(t("caption"), { maxlength: 1024 });
    const url = kind === "photo" ? URL.createObjectURL(file) : null;
    const about = h("p", { class: "file-name", text: `${file.name} · ${sizeWords(file.size)}` });
    const run = async () => {
      try {
        this.phone.atEnd = true;
        await upload(`${this.phone.path}/file`, kind, file, caption.input.value.trim());
      } catch (error) {
        failed(error, this.phone.toasts);
        return false;
      }
      return true;
    };
    openSheet(this.phone.node, {
      title: t(TITLES[kind]), body: [url ? h("img", { class: "preview", src: url, alt: "", onload: () => URL.revokeObjectURL(url) }) : about, caption.node],
      actions: [{ text: t("cancel") }, { text: t("send"), main: true, run }],
    });
  }

  askPlace() {
    const typed = field(t("coordinates"), { inputmode: "text", placeholder: "31.2304, 121.4737" });
    const send = (latitude, longitude) => { this.phone.atEnd = true; return this.phone.act("location", { latitude, longitude }); };
    const list = h("div", { class: "places" }, PLACES.map(([zh, en, latitude, longitude]) =>
      h("button", { type: "button", onclick: () => { close(); send(latitude, longitude); } }, icon("pin"), h("span", { text: t("langLabel") === "EN" ? zh : en }),
        h("small", { text: `${latitude.toFixed(2)}, ${longitude.toFixed(2)}` }))));
    const run = async () => {
      const found = typed.input.value.match(/^\s*(-?\d+(?:\.\d+)?)\s*[,，\s]\s*(-?\d+(?:\.\d+)?)\s*$/);
      if (!found || Math.abs(found[1]) > 90 || Math.abs(found[2]) > 180) {
        toast(t("badCoordinates"), this.phone.toasts);
        return false;
      }
      return (await send(Number(found[1]), Number(found[2]))) !== null;
    };
    const close = openSheet(this.phone.node, { title: t("placeTitle"), body: [list, typed.node], actions: [{ text: t("cancel") }, { text: t("send"), main: true, run }] });
  }

  askContact() {
    const name = field(t("name"), { maxlength: 64 });
    const number = field(t("number"), { maxlength: 20, inputmode: "tel", placeholder: "13800000000" });
    const run = async () => {
      if (!name.input.value.trim() || !number.input.value.trim()) {
        toast(t("needBoth"), this.phone.toasts);
        return false;
      }
      this.phone.atEnd = true;
      return (await this.phone.act("contact", { name: name.input.value.trim(), phone: number.input.value.trim() })) !== null;
    };
    openSheet(this.phone.node, { title: t("contactTitle"), body: [name.node, number.node], actions: [{ text: t("cancel") }, { text: t("send"), main: true, run }] });
  }

  shareNumber() {
    const { name, phone } = this.phone.about;
    openSheet(this.phone.node, {
      title: t("shareTitle"), body: [h("p", { text: t("shareNumber", name) }), h("p", { class: "number", text: phone ?? t("noNumber") })],
      actions: [{ text: t("cancel") }, { text: t("share"), main: true, run: () => { this.phone.atEnd = true; this.phone.act("contact", { own: true }); } }],
    });
  }
}
