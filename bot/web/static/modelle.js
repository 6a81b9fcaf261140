// Moves the progress of a training or release along; when it ends, the page is loaded again to show the result.
const panel = document.getElementById("verlauf");
const put = (id, text) => { const node = document.getElementById(id); if (node) node.textContent = text; };

if (panel && panel.dataset.laeuft === "ja") {
  const source = new EventSource("/team/modelle/verlauf");
  source.onmessage = (event) => {
    const state = JSON.parse(event.data);
    const job = state.auftrag;
    if (job && document.getElementById("auftrag-anteil")) {
      document.getElementById("auftrag-anteil").value = job.share;
      put("auftrag-schritt", job.step);
      put("auftrag-rest", job.seconds_left === null ? "" : `noch etwa ${Math.round(job.seconds_left)} s`);
    }
    if (state.wechsel) put("wechsel-schritt", state.wechsel.message || state.wechsel.step);
    if (!state.laeuft) { source.close(); location.reload(); }
  };
}
