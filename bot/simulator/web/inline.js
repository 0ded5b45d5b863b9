// The panel above the text field while somebody types `@bot query`: results, pages, choosing.
import { post } from "./api.js";
import { h, failed } from "./dom.js";
import { t } from "./i18n.js";

const PAUSE = 200;

export class InlinePanel {
  constructor(phone, composer) {
    this.phone = phone;
    this.composer = composer;
    this.node = h("div", { class: "panel inline-results", role: "listbox", hidden: true });
    this.node.addEventListener("scroll", () => {
      if (this.next && this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight < 30) this.fetchPage(this.next);
    });
    this.close();
  }

  get isOpen() { return !this.node.hidden; }

  close() {
    clearTimeout(this.timer);
    this.query = null;
    this.results = [];
    this.next = "";
    this.button = null;
    this.marked = -1;
    this.busy = false;
    this.node.hidden = true;
    this.round = (this.round ?? 0) + 1;
  }

  // `query` is what stands behind "@bot ", or null if the text is no inline query.
  ask(query) {
    if (query === this.query) return;
    if (query === null) {
      this.close();
      return;
    }
    clearTimeout(this.timer);
    this.query = query;
    this.round += 1;
    this.busy = false;
    if (this.node.hidden) {
      this.results = [];
      this.draw(t("searching"));
    }
    this.timer = setTimeout(() => this.fetchPage(""), PAUSE);
  }

  async fetchPage(offset) {
    if (this.busy) return;
    this.busy = true;
    const { round, query } = this;
    try {
      const page = await post(`${this.phone.path}/inline`, { query, offset });
      if (round !== this.round) return;
      const results = page.results.map((result) => ({ ...result, offset }));
      this.results = offset ? [...this.results, ...results] : results;
      this.offset = offset;
      this.next = page.next_offset;
      if (!offset) {
        this.button = page.button;
        this.marked = -1;
      }
      this.draw();
      if (!offset) this.node.scrollTop = 0;
    } catch (error) {
      if (round !== this.round) return;
      this.close();
      failed(error, this.phone.toasts);
    } finally {
      if (round === this.round) this.busy = false;
    }
  }

  draw(words = null) {
    this.node.setAttribute("aria-label", t("inlineResults"));
    this.node.hidden = false;
    const rows = this.results.map((result, at) =>
      h("button", { type: "button", role: "option", tabindex: "-1", class: at === this.marked ? "marked" : "", "aria-selected": String(at === this.marked), onclick: () => this.choose(result) },
        thumb(result), h("span", { class: "result-words" }, h("b", { text: result.title }), h("small", { text: result.description || result.text }))));
    if (this.button?.text) {
      rows.unshift(h("button", { type: "button", class: "result-button", text: this.button.text, onclick: () => this.pressButton() }));
    }
    if (words === null && !this.results.length) words = t("nothing");
    if (words !== null) rows.push(h("p", { text: words }));
    if (this.next) rows.push(h("button", { type: "button", class: "result-more", text: t("more"), onclick: () => this.fetchPage(this.next) }));
    this.node.replaceChildren(...rows);
  }

  move(step) {
    if (!this.results.length) return;
    this.marked = (this.marked + step + this.results.length) % this.results.length;
    const options = [...this.node.querySelectorAll("[role=option]")];
    options.forEach((node, at) => {
      node.classList.toggle("marked", at === this.marked);
      node.setAttribute("aria-selected", String(at === this.marked));
    });
    options[this.marked].scrollIntoView({ block: "nearest" });
  }

  chooseMarked() {
    if (!this.results.length) return true;
    this.choose(this.results[Math.max(0, this.marked)]);
    return true;
  }

  async choose(result) {
    const { query } = this;
    this.composer.clear();
    this.phone.atEnd = true;
    try {
      // The simulator offers the page it was asked for last; go back to the one that was meant.
      if (this.offset !== result.offset) await post(`${this.phone.path}/inline`, { query, offset: result.offset });
      await post(`${this.phone.path}/choose`, { result_id: result.id });
    } catch (error) {
      failed(error, this.phone.toasts);
    }
  }

  pressButton() {
    const start = this.button.start_parameter;
    this.composer.clear();
    if (start) this.phone.say(`/start ${start}`);
  }
}

function thumb(result) {
  // Nothing is fetched from elsewhere: only our own pictures are shown.
  if (result.thumb?.startsWith("/sim/")) return h("img", { class: "thumb", src: result.thumb, alt: "" });
  const hue = [...result.title].reduce((sum, char) => sum + char.codePointAt(0), 0) % 7;
  return h("span", { class: `thumb hue-${hue}`, "aria-hidden": "true", text: [...result.title.trim()][0] ?? "•" });
}
