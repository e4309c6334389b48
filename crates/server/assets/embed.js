// <script src="https://…/embed.js" data-form="…" async></script> puts a form where the line stands.
(() => {
  "use strict";
  const script = document.currentScript;
  const site = new URL(script.src);
  const frame = document.createElement("iframe");
  const address = new URL(`/f/${encodeURIComponent(script.dataset.form)}`, site);
  const here = new URL(location.href);
  address.searchParams.set("embed", "1");
  address.searchParams.set("page", here.origin + here.pathname);
  address.searchParams.set("referrer", document.referrer);
  for (const [name, value] of here.searchParams) {
    if (name.startsWith("utm_")) address.searchParams.set(name, value);
  }
  frame.src = address.href;
  frame.title = script.dataset.title || "お問い合わせ";
  // The form has colours of its own, whatever this page and the device have.
  frame.style.cssText = "display:block;width:100%;height:40rem;border:0;color-scheme:light";
  addEventListener("message", ({ source, origin, data }) => {
    if (source === frame.contentWindow && origin === site.origin && data?.noren === "height") {
      frame.style.height = `${data.height}px`;
    }
  });
  // Who has sent a long form looks at its end; what is said about it stands at the beginning of a page that is shorter.
  let pages = 0;
  frame.addEventListener("load", () => {
    pages += 1;
    if (pages > 1 && frame.getBoundingClientRect().top < 0) frame.scrollIntoView();
  });
  script.after(frame);
})();
