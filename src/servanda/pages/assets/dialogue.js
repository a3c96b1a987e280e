// Minutes at the table: the score moves while one types, and what cannot be sent is kept here until the network is back.
"use strict";
(() => {
  const KEY = "servanda-minutes";
  const kept = document.getElementById("kept");
  const form = document.querySelector("form.queue");
  const read = () => { try { return JSON.parse(localStorage.getItem(KEY)) || []; } catch { return []; } };
  const write = (rows) => localStorage.setItem(KEY, JSON.stringify(rows));

  function tell() {
    if (!kept) return;
    const rows = read();
    kept.hidden = rows.length === 0;
    kept.replaceChildren();
    if (!rows.length) return;
    const waiting = rows.filter((row) => !row.problem), stuck = rows.filter((row) => row.problem);
    if (waiting.length) kept.append(`Kept on this machine, to be sent when the network is back: ${waiting.map((row) => row.item).join(", ")}. `);
    for (const row of stuck) {
      const link = document.createElement("a");
      link.href = row.to;
      link.textContent = row.item;
      kept.append(link, ` could not be saved: ${row.problem} `);
      const show = document.createElement("button");
      show.type = "button";
      show.className = "quiet";
      show.textContent = "Bring it back into the form";
      show.addEventListener("click", () => bring(row));
      kept.append(show, " ");
    }
  }

  // What somebody typed is never lost: it goes back into the form, over the item as it now is.
  function bring(row) {
    if (!form || form.dataset.item !== row.item) { location.href = row.to; return; }
    for (const [name, value] of new URLSearchParams(row.body)) {
      const field = form.elements.namedItem(name);
      if (value && field && "value" in field && !["token", "seen", "who", "side", "deed", "state", "keep"].includes(name)) field.value = value;
    }
    write(read().filter((other) => other.id !== row.id));
    tell();
  }

  // Somebody else changed the same: the page is shown anew, with theirs, before one's own is brought back over it.
  let clashed = false;
  async function send(row) {
    const token = document.querySelector("input[name=token]");
    const body = new URLSearchParams(row.body);
    if (token) body.set("token", token.value);
    const answer = await fetch(row.to, {
      method: "POST", body, redirect: "manual", headers: { accept: "application/json" }, credentials: "same-origin",
    });
    if (answer.type === "opaqueredirect" || answer.ok) return "";
    const told = await answer.json().catch(() => ({}));
    if (answer.status === 409) clashed = true;
    return told.error || `the program answered ${answer.status}`;
  }

  let busy = false;
  async function flush() {
    if (busy) return;
    busy = true;
    let sent = 0;
    try {
      for (const row of read().filter((one) => !one.problem)) {
        const problem = await send(row);
        const rows = read();
        const place = rows.findIndex((one) => one.id === row.id);
        if (place >= 0) {
          if (problem) rows[place].problem = problem; else { rows.splice(place, 1); sent += 1; }
          write(rows);
        }
      }
    } catch { /* still no network: everything stays where it is */ } finally { busy = false; }
    tell();
    if (sent && !read().length) location.reload();
  }

  if (form) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const data = new FormData(form, event.submitter);
      data.delete("token"); // that of the page is put in when it is sent: nothing secret is kept
      const row = { id: `${Date.now()}-${Math.random()}`, item: form.dataset.item, to: location.pathname + location.search, body: new URLSearchParams(data).toString() };
      let problem;
      try { problem = await send(row); } catch {
        write([...read().filter((one) => one.item !== row.item), row]); // the whole form: the latest says it all
        tell();
        return;
      }
      if (problem) { write([...read().filter((one) => one.item !== row.item), { ...row, problem }]); if (clashed) { location.reload(); return; } tell(); kept.scrollIntoView(); return; }
      write(read().filter((one) => one.item !== row.item)); // what could not be saved before is in what was saved now
      location.reload();
    });
    const score = document.getElementById("score");
    let timer = 0;
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(async () => {
        const data = new URLSearchParams(new FormData(form));
        for (const name of ["token", "deed", "who", "side", "seen", "decision", "until", "keep"]) data.delete(name);
        try {
          const answer = await fetch(`${location.pathname}/score?${data}`, { headers: { accept: "application/json" }, credentials: "same-origin" });
          if (!answer.ok) return;
          const told = await answer.json();
          const strong = document.createElement("b");
          strong.textContent = `${Math.round(told.score)} of 100`;
          score.replaceChildren(strong, ` concrete${told.questions.length ? `: ${told.questions.join(" · ")}` : ""}`);
        } catch { /* without the network the score stands still */ }
      }, 250);
    });
  }
  addEventListener("online", flush);
  setInterval(() => { if (read().some((row) => !row.problem)) flush(); }, 5000);
  tell();
  flush();
  if ("serviceWorker" in navigator && document.body) {
    const case_ = location.pathname.split("/")[1];
    // A page that came before the worker did is asked for once more, so that it opens without the network as well.
    navigator.serviceWorker.addEventListener("controllerchange", () => {
      const parts = [...document.querySelectorAll("link[rel=stylesheet], script[src]")].map((one) => one.href || one.src);
      for (const part of [location.href, ...parts]) fetch(part, { credentials: "same-origin", headers: { accept: "text/html, */*" } }).catch(() => {});
    });
    navigator.serviceWorker.register(`/${case_}/worker.js`, { scope: `/${case_}/` }).catch(() => {});
  }
})();
