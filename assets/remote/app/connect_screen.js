// The connection: which wall, under which name and role, colours of this page, and the way out.

import { h, icon } from "./dom.js";
import { chooseLanguage, ownLanguage, word } from "./words.js";

const THEMES = ["dark", "light", "high-contrast"];

export function connectScreen(app) {
  const screen = h("main", { class: "connect" });
  let sure = false;

  function fact(name, label, value) {
    return h("li", {}, icon(name), h("span", {}, h("span", { class: "note" }, label), h("b", {}, value)));
  }

  function themeButton(theme) {
    const chosen = document.documentElement.dataset.theme === theme;
    const choose = () => {
      app.setTheme(theme);
      draw();
    };
    return h("button", { class: chosen ? "plain current" : "plain", onclick: choose }, word(theme));
  }

  function languageButton(language, label) {
    const choose = () => {
      chooseLanguage(language);
      app.draw();
    };
    const chosen = ownLanguage() === language;
    return h("button", { class: chosen ? "plain current" : "plain", "data-language": language || "wall", onclick: choose }, label);
  }

  // The wall's own language, which everybody before it sees.
  function wallButton(language, label) {
    const ask = () => app.act("ui.language", { language });
    const shown = app.projection?.language === language;
    return h("button", { class: shown ? "plain current" : "plain", "data-press": true, onclick: ask }, label);
  }

  function forget() {
    if (sure) {
      app.forget();
      return;
    }
    sure = true;
    draw();
  }

  function trustHelp() {
    if (app.trusted !== false) return [];
    return [
      h("p", { class: "quiet" }, word("trust_hint")),
      h("a", { class: "help", href: "/trust" }, word("trust_link")),
    ];
  }

  function owner() {
    if (!app.canVerify) return [];
    const label = word(app.verifiable ? "owner_again" : "owner_enrol");
    return [
      h("h3", {}, word("owner")),
      h("p", { class: "quiet", id: "owner" }, word(app.verifiable ? "owner_known" : "owner_text")),
      h("button", { class: "plain", id: "enrol", onclick: () => app.enrol() }, label),
    ];
  }

  function draw() {
    screen.replaceChildren(
      h(
        "ul",
        { class: "facts" },
        fact("tablet", word("device"), app.identity.name),
        fact("hand", word("role"), app.role ? word(`role_${app.role}`) : "—"),
        fact("check", word("state"), word(app.state)),
        fact("lock", word("address"), location.host),
      ),
      ...trustHelp(),
      ...owner(),
      h("h3", {}, word("own_language")),
      h("div", { class: "choices" }, languageButton("", word("as_the_wall")), languageButton("ko", "한국어"), languageButton("en", "English")),
      h("h3", {}, word("wall_language")),
      h("div", { class: "choices two" }, wallButton("ko", "한국어"), wallButton("en", "English")),
      h("h3", {}, word("theme")),
      h("div", { class: "choices" }, THEMES.map(themeButton)),
      h("h3", {}, word("forget")),
      h("p", { class: "quiet" }, word("forget_text")),
      h(
        "button",
        { class: "plain forget", id: "forget", onclick: forget },
        word(sure ? "forget_sure" : "forget"),
      ),
    );
  }

  return {
    element: screen,
    title: () => word("connection"),
    hint: () => location.host,
    draw,
    tick() {},
    left() {
      sure = false;
    },
  };
}
