"use strict";
// Loads the chat on a partner's page: <script src="https://…/widget.js" data-language="lv" defer></script>
(() => {
  const settings = /* settings */ null;
  const script = document.currentScript;
  const language = script.dataset.language in settings.labels ? script.dataset.language : "lv";
  const chat = new URL("/?language=" + language, script.src).href;
  const label = script.dataset.label || settings.labels[language];

  function link() {
    const anchor = document.createElement("a");
    anchor.href = chat;
    anchor.target = "_blank";
    anchor.rel = "noopener noreferrer";
    anchor.textContent = label;
    return anchor;
  }

  function frame() {
    const opener = document.createElement("button");
    opener.type = "button";
    opener.textContent = label;
    opener.addEventListener("click", () => {
      const chatFrame = document.createElement("iframe");
      chatFrame.src = chat;
      chatFrame.title = label;
      chatFrame.referrerPolicy = "no-referrer";
      chatFrame.width = "100%";
      chatFrame.height = "640";
      opener.replaceWith(chatFrame);
    });
    return opener;
  }

  script.after(settings.mayBeFramed ? frame() : link());
})();
