// Keys for the reading page. Everything they do is a link or a button of the page: without this script nothing is lost.
"use strict";
(() => {
  const one = (rule, inside = document) => inside.querySelector(rule);
  const text = one(".words");
  const passages = text ? [...text.querySelectorAll(".passage")] : [];
  const points = (said) => [...said].length; // the register counts characters, not halves of them
  const isTyping = (node) => node.matches("textarea, select, input:not([type=radio]):not([type=checkbox])");

  const send = (form) => form.requestSubmit(one("button", form)); // the answer is the value of the button

  const offset = (passage, node, at) => {
    if (!passage.contains(node)) return null;
    const range = document.createRange();
    range.selectNodeContents(passage);
    range.setEnd(node, at);
    return Number(passage.dataset.start) + points(range.toString());
  };
  const marked = () => {
    const chosen = getSelection();
    if (!text || !chosen.rangeCount || chosen.isCollapsed) return null;
    const range = chosen.getRangeAt(0);
    const met = passages.filter((passage) => range.intersectsNode(passage));
    if (!met.length || !text.contains(range.commonAncestorContainer)) return null;
    const [first, last] = [met[0], met[met.length - 1]];
    const from = offset(first, range.startContainer, range.startOffset) ?? Number(first.dataset.start);
    const to = offset(last, range.endContainer, range.endOffset)
      ?? Number(last.dataset.start) + points(last.textContent);
    return [from, to];
  };

  const ask = (key) => {
    const field = one(`[data-focus="${key}"]`);
    if (!field) return;
    const details = field.closest("details");
    if (details) details.open = true;
    (field.form && key === "c" ? one("[name=kind]:checked", field.form) || field : field).focus();
  };
  const split = () => {
    const form = one("#split"), chosen = getSelection(), here = one(".passage.here");
    const at = form && here && chosen.rangeCount ? offset(here, chosen.anchorNode, chosen.anchorOffset) : null;
    if (at === null) return ask("s");
    form.elements.cut.value = at;
    send(form);
  };
  const own = () => {
    const form = one("#own"), found = marked();
    if (!form || !found) return ask("n");
    [form.elements.from.value, form.elements.to.value] = found;
    form.elements.words.disabled = true;
    send(form);
  };
  const kind = (field) => {
    field.checked = true;
    if (!field.form.dataset.blind) return field.focus();
    if (field.value === "commitment") return one("[name=parties]", field.form).focus();
    send(field.form);
  };
  const press = (key) => {
    if (key === "s") return split();
    if (key === "n") return own();
    if (key === "c") return ask("c");
    if (key === "?") { const help = one("#help"); help.open = !help.open; return help.scrollIntoView({ block: "nearest" }); }
    const wanted = one(`[data-key="${CSS.escape(key)}"], [data-also="${CSS.escape(key)}"]`);
    if (!wanted || wanted.disabled) return false;
    if (wanted.matches("input")) kind(wanted); else wanted.click();
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const field = document.activeElement;
    if (event.key === "Escape") return field.blur();
    if (isTyping(field)) {
      if (event.key === "Enter" && field.name === "says") { event.preventDefault(); send(field.form); }
      return;
    }
    if (event.key.startsWith("Arrow") && field.matches("input")) return;
    if (press(event.key) !== false && event.key.length === 1) event.preventDefault();
  });
  passages.forEach((passage) => passage.addEventListener("click", () => {
    if (getSelection().isCollapsed && !passage.classList.contains("here"))
      one(`#p${passage.dataset.start}`).click();
  }));

  const here = one(".passage.here"), problem = one("#problem");
  if (problem) problem.scrollIntoView({ block: "center" });
  else if (here && /[?&](at|after|from|words)=/.test(location.search)) {
    const narrow = matchMedia("(max-width: 60rem)").matches;
    (narrow ? one("#card") : here).scrollIntoView({ block: narrow ? "start" : "center" });
  }
})();
