// What scripts add to a form that works without them: the address by itself, the reading from typing, one submission a tap,
// and the height for the page that embeds it.
"use strict";

const form = document.querySelector("form");
const input = (name) => document.getElementById(name);

if (form) {
  const postal = input("postal_code");
  const fill = async () => {
    const code = postal.value.normalize("NFKC").replace(/\D/g, "");
    if (code.length !== 7 || postal.dataset.filled === code) return;
    const address = form.action.replace(/\/f\/([^/]+)\/submissions$/, `/public/v1/forms/$1/postal-codes/${code}`);
    const answer = await fetch(address).catch(() => null);
    if (!answer?.ok) return;
    const { items } = await answer.json();
    // Several places are a choice, which the button offers.
    if (items.length !== 1) return;
    postal.dataset.filled = code;
    for (const [name, text] of [["prefecture", items[0].prefecture], ["city", items[0].city], ["town", items[0].town]]) {
      const field = input(name);
      if (field && !field.value) field.value = text;
    }
  };
  if (postal) postal.addEventListener("input", fill);

  // Input methods show the kana before they become kanji.
  const [name, kana] = [input("name"), input("kana")];
  if (name && kana) {
    let reading = "";
    name.addEventListener("compositionupdate", ({ data }) => {
      if (/^[ぁ-ゖー\s　]+$/.test(data)) reading = data;
    });
    name.addEventListener("compositionend", ({ data }) => {
      if (data && reading && (!kana.value || kana.dataset.typed)) {
        const katakana = reading.trim().replace(/[ぁ-ゖ]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0x60));
        kana.value = [kana.value, katakana].filter(Boolean).join(" ");
        kana.dataset.typed = "yes";
      }
      reading = "";
    });
    kana.addEventListener("input", () => delete kana.dataset.typed);
  }

  form.addEventListener("submit", (event) => {
    // The buttons beside the postal code send elsewhere.
    if (event.submitter?.hasAttribute("formaction")) return;
    const button = form.querySelector("button.main");
    if (button.getAttribute("aria-busy")) event.preventDefault();
    button.setAttribute("aria-busy", "true");
  });
  // A page that comes back from the browser's memory may be sent again.
  addEventListener("pageshow", () => form.querySelector("button.main").removeAttribute("aria-busy"));
}

if (window.parent !== window) {
  document.documentElement.dataset.embedded = "";
  // The body's own height: the document is never less high than the frame, which could not shrink then.
  const tell = () => {
    parent.postMessage({ noren: "height", height: Math.ceil(document.body.getBoundingClientRect().height) }, "*");
  };
  new ResizeObserver(tell).observe(document.body);
  tell();
}
