// One phone: its header, its list of messages and what happens there. The lower part is composer.js.
import { get, post } from "./api.js";
import { Composer } from "./composer.js";
import { avatar, copyText, failed, field, h, icon, iconButton, openMenu, openSheet, toast } from "./dom.js";
import { dayWords, t, wallClock } from "./i18n.js";
import { messageNode } from "./messages.js";

const NEAR_END = 60;
const PRESS_GIVES_UP = 15_000;

export class Phone {
  constructor(app, about) {
    this.app = app;
    this.about = about;
    this.chat = null;
    this.spinning = new Map();
    this.nodes = new Map();
    this.unread = 0;
    this.lastSeen = null;
    this.loading = null;
    this.wasTyping = 0;
    this.title = h("div", { class: "phone-title" });
    this.list = h("div", { class: "messages", role: "log", tabindex: "0", "aria-live": "polite" });
    this.toEnd = iconButton("down", t("toEnd"), () => this.scrollToEnd(true), "to-end");
    this.toEnd.hidden = true;
    this.toasts = h("div", { class: "phone-toasts", role: "status", "aria-live": "polite" });
    this.more = iconButton("more", t("menu"), (event) => this.openOwnMenu(event.currentTarget), "phone-menu");
    this.composer = new Composer(this);
    this.node = h("section", { class: "phone", "data-phone": about.user_id },
      h("header", { class: "phone-head" }, this.title, this.more),
      h("div", { class: "chat" }, this.list, this.toEnd, this.toasts), this.composer.node);
    this.list.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.node.addEventListener("dragover", (event) => event.preventDefault());
    this.node.addEventListener("drop", (event) => {
      event.preventDefault();
      const file = event.dataTransfer.files[0];
      if (file) this.composer.offerFile(file, file.type.startsWith("image/") ? "photo" : "document");
    });
    new ResizeObserver(() => this.atEnd && this.scrollToEnd()).observe(this.list);
    this.atEnd = true;
    this.drawHead();
  }

  get path() { return `/sim/phones/${this.about.user_id}`; }
  get shown() { return !this.node.hidden; }
  get role() { return this.about.label || (this.about.user_id >= 900_000 ? t("stranger") : ""); }

  async act(what, body = {}) {
    try {
      return await post(`${this.path}/${what}`, body);
    } catch (error) {
      failed(error, this.toasts);
      return null;
    }
  }

  // -- being told ---------------------------------------------------------------------------------

  // Fetches the chat; while a fetch runs, any number of calls lead to one more.
  async load() {
    if (this.loading) {
      this.again = true;
      return this.loading;
    }
    this.loading = (async () => {
      try {
        do {
          this.again = false;
          this.take(await get(this.path));
        } while (this.again);
      } catch (error) {
        failed(error, this.toasts);
      } finally {
        this.loading = null;
      }
    })();
    return this.loading;
  }

  take(chat) {
    this.chat = chat;
    this.about = chat;
    if (!chat.typing) this.wasTyping = 0;
    const newest = chat.messages.at(-1)?.message_id ?? 0;
    const before = this.unread;
    if (this.lastSeen === null || this.shown) this.lastSeen = newest;
    this.unread = chat.messages.filter((message) => message.from_bot && message.message_id > this.lastSeen).length;
    this.draw();
    if (before !== this.unread) this.app.unreadChanged();
  }

  setAbout(about) {
    this.about = this.chat ? Object.assign(this.chat, about) : about;
    this.drawHead();
    if (this.chat) this.composer.draw();
  }

  show(wanted) {
    const came = wanted && this.node.hidden;
    this.node.hidden = !wanted;
    if (!came || !this.chat) return;
    this.lastSeen = this.chat.messages.at(-1)?.message_id ?? 0;
    this.unread = 0;
    this.scrollToEnd();
  }

  typingNow() {
    this.wasTyping = performance.now();
    this.drawHead();
    setTimeout(() => this.drawHead(), 5100);
  }

  answered({ text, alert }) {
    this.spinning.clear();
    this.draw();
    if (!text) return;
    if (alert) openSheet(this.node, { title: this.app.bot.name, body: [h("p", { text })], actions: [{ text: t("ok"), main: true }], role: "alertdialog" });
    else toast(text, this.toasts);
  }

  // -- drawing ------------------------------------------------------------------------------------

  relabel() {
    this.nodes.clear();
    for (const [node, key] of [[this.toEnd, "toEnd"], [this.more, "menu"]]) {
      node.title = t(key);
      node.setAttribute("aria-label", t(key));
    }
    this.composer.relabel();
    this.draw();
  }

  drawHead() {
    const { name, label, user_id: id, blocked } = this.about;
    const typing = performance.now() - this.wasTyping < 5000 && this.wasTyping > 0;
    this.node.setAttribute("aria-label", label ? `${name}, ${label}` : name);
    this.list.setAttribute("aria-label", `${t("messages")}: ${name}`);
    const under = typing ? h("small", { class: "typing", text: `${this.app.bot.name} ${t("typing")}` })
      : blocked ? h("small", { class: "blocked", text: t("blockedNow") })
      : h("small", { text: this.role || `@${this.app.bot.username}` });
    this.title.replaceChildren(avatar(name, id), h("div", {}, h("h2", { text: name }), under));
  }

  draw() {
    if (!this.chat) return;
    this.drawHead();
    const stay = this.atEnd;
    const kept = new Map();
    const wanted = [];
    let day = "";
    let before = null;
    const today = this.app.now();
    for (const message of this.chat.messages) {
      const moment = wallClock(message.date);
      if (message.date.slice(0, 10) !== day) {
        day = message.date.slice(0, 10);
        wanted.push(this.dayNode(day, dayWords(moment, today), kept));
        before = null;
      }
      const spins = [...this.spinning.keys()].filter((key) => key.startsWith(`${message.message_id}:`)).join();
      const signature = JSON.stringify(message) + this.about.language_code + spins;
      const old = this.nodes.get(message.message_id);
      const node = old?.signature === signature ? old.node : messageNode(message, this.acts, this.spinning, this.about.language_code);
      node.classList.toggle("follows", before === message.from_bot);
      before = message.from_bot;
      kept.set(message.message_id, { signature, node });
      wanted.push(node);
    }
    if (!wanted.length) wanted.push(this.emptyNode());
    this.nodes = kept;
    place(this.list, wanted);
    this.composer.draw();
    if (stay) this.scrollToEnd();
    else this.scrolled();
  }

  dayNode(day, words, kept) {
    const signature = words;
    const old = this.nodes.get(day);
    const node = old?.signature === signature ? old.node : h("div", { class: "day" }, h("span", { text: words }));
    kept.set(day, { signature, node });
    return node;
  }

  emptyNode() {
    const { hint, invite } = this.about;
    return h("div", { class: "empty" }, icon("plane"), h("b", { text: t("emptyTitle") }), h("p", { text: hint || t(invite ? "emptyInvite" : "emptyText") }));
  }

  scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.list;
    if (!clientHeight) return;
    this.atEnd = scrollHeight - scrollTop - clientHeight < NEAR_END;
    this.toEnd.hidden = this.atEnd;
  }

  scrollToEnd(smooth = false) {
    this.atEnd = true;
    this.toEnd.hidden = true;
    this.list.scrollTo({ top: this.list.scrollHeight, behavior: smooth ? "smooth" : "instant" });
  }

  // -- what messages ask for ----------------------------------------------------------------------

  acts = {
    press: (message, button) => this.press(message, button),
    menu: (message, at) => this.openMessageMenu(message, at),
    jump: (id) => this.jump(id),
    link: (url) => this.openLink(url),
    command: (text) => this.say(text),
    nameOf: (id) => this.nameOf(id),
  };

  nameOf(id) {
    const media = this.chat.messages.find((message) => message.message_id === id)?.media;
    if (!media) return "…";
    const kinds = { photo: "photo", voice: "voiceMessage", location: "location" };
    return kinds[media.kind] ? t(kinds[media.kind]) : media.title || media.name || t("messages");
  }

  async say(text, more = {}) {
    this.atEnd = true;
    return this.act("text", { text, ...more });
  }

  async press(message, button) {
    if (button.kind === "copy") {
      await copyText(button.copy);
      toast(t("copied"), this.toasts);
    } else if (button.kind === "url") {
      if (!this.openLink(button.url)) open(button.url, "_blank", "noopener,noreferrer");
    } else if (button.kind === "callback") {
      await this.pressCallback(message, button);
    } else {
      this.composer.fill(`@${this.app.bot.username} ${button.query ?? ""}`);
    }
  }

  async pressCallback(message, button) {
    const key = `${message.message_id}:${button.data}`;
    if (this.spinning.has(key)) return;
    const mark = {};
    this.spinning.set(key, mark);
    this.draw();
    const reply = await this.act("press", { message_id: message.message_id, data: button.data });
    // The answer itself comes as an event, so that one which comes late is shown as well.
    if (reply?.answer && !this.app.online) this.answered(reply.answer);
    const stop = () => {
      if (this.spinning.get(key) === mark && this.spinning.delete(key)) this.draw();
    };
    if (reply === null || reply.answer) stop();
    else setTimeout(stop, PRESS_GIVES_UP);
  }

  jump(id) {
    const node = this.nodes.get(id)?.node;
    if (!node) return;
    node.scrollIntoView({ block: "center", behavior: "smooth" });
    node.classList.add("flash");
    setTimeout(() => node.classList.remove("flash"), 1200);
  }

  // Links to the bot stay in this phone; true if this was one.
  openLink(url) {
    const link = url.match(/^https?:\/\/t\.me\/([A-Za-z0-9_]+)\/?(?:\?start=([\w-]*))?$/);
    if (url.startsWith("tg:")) return true;
    if (link?.[1].toLowerCase() !== this.app.bot.username.toLowerCase()) return false;
    if (link[2]) this.say(`/start ${link[2]}`);
    return true;
  }

  openMessageMenu(message, at) {
    const mine = !message.from_bot;
    const items = [{ icon: "reply", text: t("reply"), run: () => this.composer.replyTo(message) }];
    if (message.text && !message.protected) items.push({ icon: "copy", text: t("copy"), run: async () => { await copyText(message.text); toast(t("copied"), this.toasts); } });
    if (mine && !message.via_bot && (message.text || ["photo", "document", "voice"].includes(message.media?.kind))) {
      items.push({ icon: "edit", text: t("edit"), run: () => this.composer.edit(message) });
    }
    items.push(null, { icon: "trash", text: t("remove"), danger: true, run: () => this.askDelete(message) });
    openMenu(at, items, t("messageMenu"));
  }

  askDelete(message) {
    openSheet(this.node, {
      title: t("deleteTitle"), body: [h("p", { text: t("deleteText") })],
      actions: [{ text: t("cancel") }, { text: t("remove"), danger: true, main: true, run: () => { this.act("delete", { message_id: message.message_id }); } }],
    });
  }

  openOwnMenu(anchor) {
    const chinese = (this.about.language_code ?? "").startsWith("zh");
    const { blocked } = this.about;
    openMenu(anchor, [
      { icon: "person", text: t("ownContact"), run: () => (this.about.phone ? this.composer.shareNumber() : toast(t("noNumber"), this.toasts)) },
      { icon: "link", text: t("deepLink"), run: () => this.askDeepLink() },
      null,
      { icon: "globe", text: t("phoneZh"), ticked: chinese, run: () => this.act("language", { language_code: "zh-hans" }) },
      { icon: "globe", text: t("phoneEn"), ticked: !chinese, run: () => this.act("language", { language_code: "en" }) },
      null,
      { icon: "block", text: t(blocked ? "unblock" : "block"), danger: !blocked, run: () => this.act("block", { blocked: !blocked }) },
    ], t("menu"));
  }

  askDeepLink() {
    const link = field(t("deepLinkField"), { maxlength: 200, value: this.about.invite ?? "" });
    openSheet(this.node, {
      title: t("deepLinkTitle"), body: [link.node],
      actions: [{ text: t("cancel") }, { text: t("open"), main: true, run: () => {
        const payload = link.input.value.trim().replace(/^.*[?&]start=/, "");
        if (payload) this.say(`/start ${payload}`);
        return Boolean(payload);
      } }],
    });
  }
}

// Puts exactly these children into `list`, moving and touching no more than needed.
function place(list, wanted) {
  const keep = new Set(wanted);
  for (const child of [...list.children]) if (!keep.has(child)) child.remove();
  wanted.forEach((node, at) => {
    if (list.children[at] !== node) list.insertBefore(node, list.children[at] ?? null);
  });
}
