// Buttons that copy a text or print the page. Without this file the texts stand in read-only fields, and browsers print by menu.
(() => {
  "use strict";
  document.querySelectorAll("[data-drucken]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
  document.querySelectorAll("[data-kopieren]").forEach((button) => {
    const field = document.getElementById(button.dataset.kopieren);
    const told = button.parentElement.querySelector("[role=status]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      let done = false;
      try {
        await navigator.clipboard.writeText(field.value);
        done = true;
      } catch {
        field.select();
        done = document.execCommand("copy");
      }
      told.textContent = done ? "Kopiert." : "Der Text ist markiert. Bitte mit Strg+C kopieren.";
    });
  });
})();
