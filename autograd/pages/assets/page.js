// The controls

function makePhases() {
  for (const { title, kinds } of PHASES) {
    const item = document.createElement("li");
    item.textContent = title;
    item.style.setProperty("--steps", steps.filter(({ kind }) => kinds.includes(kind)).length);
    item.classList.toggle("back", kinds.includes("backward"));
    byId("phases").append(item);
  }
}

function showControls(step) {
  const current = PHASES.findIndex(({ kinds }) => kinds.includes(step?.kind));
  [...byId("phases").children].forEach((item, place) => {
    item.classList.toggle("done", place < current);
    if (place === current) item.setAttribute("aria-current", "step");
    else item.removeAttribute("aria-current");
  });
  const slider = byId("slider");
  slider.max = steps.length;
  slider.value = state.step;
  slider.setAttribute("aria-valuetext", byId("where").textContent);
  byId("previous").disabled = state.step === 0 && state.epoch === 0;
}

// Together

function show() {
  const step = steps[state.step - 1];
  complain(null, "");
  showPicture(step);
  showStep(step);
  showControls(step);
  showPanel();
  showTable(step);
  showCurve();
}

function showTheme(theme) {
  document.documentElement.dataset.theme = theme;
  byId("theme").textContent = theme === "dark" ? "Light" : "Dark";
}

const KEYS = {
  ArrowLeft: () => go(state.step - 1),
  ArrowRight: () => go(state.step + 1),
  Home: () => go(0),
  End: () => go(steps.length),
  " ": playOrPause,
  Escape: closePanel,
};

function onKey(event) {
  const { target, key } = event;
  const isTyping = target.matches("input[type=text]") || (key === " " && target.matches("button, [role=button]"));
  if (!(key in KEYS) || isTyping || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  KEYS[key]();
}

function start() {
  makePhases();
  makeTable();
  makeSelectable();
  const prefersDark = matchMedia("(prefers-color-scheme: dark)");
  const systemTheme = () => showTheme(prefersDark.matches ? "dark" : "light");
  prefersDark.addEventListener("change", systemTheme);
  systemTheme();
  const clicks = {
    theme: () => showTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark"),
    previous: () => go(state.step - 1),
    next: () => go(state.step + 1),
    play: playOrPause,
    epoch: () => startEpoch(state.epoch + 1),
    epochs: () => startEpoch(state.epoch + 10),
    reset,
  };
  for (const [id, onClick] of Object.entries(clicks)) byId(id).addEventListener("click", onClick);
  byId("slider").addEventListener("input", () => go(Number(byId("slider").value)));
  byId("rate").addEventListener("change", () => takeNumber(byId("rate"), null));
  document.addEventListener("keydown", onKey);
  reset();
}

start();
