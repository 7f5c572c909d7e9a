// The table

function makeTable() {
  byId("gradient-head").innerHTML = `∂${values[DATA.error].html}/∂name`;
  const groups = [
    ["Weights", ({ trained }) => trained],
    ["Inputs", ({ trained, leaf }) => !trained && leaf !== null],
    ["Computed", ({ leaf }) => leaf === null],
  ];
  for (const [title, isIn] of groups) {
    const places = [...values.keys()].filter((place) => isIn(values[place]));
    const body = byId("values").createTBody();
    body.innerHTML = `<tr><th scope="rowgroup" colspan="4">${title}</th></tr>`;
    for (const place of places) body.append(row(place));
    body.hidden = body.rows.length === 1;
  }
}

function row(place) {
  const { html, leaf, name } = values[place];
  const made = document.createElement("tr");
  made.dataset.row = place;
  made.innerHTML = `<th scope="row">${html}</th><td class="data"></td>
    <td class="gradient"></td><td class="data updated"></td>`;
  if (leaf !== null) {
    const input = document.createElement("input");
    Object.assign(input, { type: "text", autocomplete: "off" });
    input.setAttribute("aria-label", `value of ${name}`);
    input.addEventListener("change", () => takeNumber(input, leaf));
    made.cells[1].append(input);
  }
  return made;
}

function takeNumber(input, leaf) {
  const { x, wrong } = numberFrom(input.value);
  if (wrong) complain(input, wrong);
  else change(leaf, x);
}

function complain(input, words) {
  byId("complaint").textContent = words;
  for (const other of document.querySelectorAll("[aria-invalid]")) other.removeAttribute("aria-invalid");
  if (words) input.setAttribute("aria-invalid", "true");
}

function showTable(step) {
  for (const made of document.querySelectorAll("[data-row]")) {
    const place = Number(made.dataset.row);
    const numbers = known(place);
    ["data", "gradient", "updated"].forEach((kind, column) => {
      const { text, isAhead } = numbers[kind];
      const cell = made.cells[column + 1];
      const input = cell.querySelector("input");
      if (input) input.value = text.replace("−", "-");
      else cell.textContent = text;
      cell.classList.toggle("ahead", isAhead);
    });
    made.classList.toggle("current", step?.value === place);
    made.classList.toggle("back", step?.kind === "backward");
  }
  const row = document.querySelector("tr.current");
  if (row && !state.selected) bringIntoFrame(byId("side"), row);
  byId("rate").value = numberText(now().rate);
}

// The error by epoch

function showCurve() {
  const errors = state.epochs.map(errorOf);
  const finite = errors.filter(Number.isFinite);
  const [low, high] = [Math.min(0, ...finite), Math.max(...finite, 0) || 1];
  const points = errors.flatMap((error, epoch) => {
    const x = 70 + (epoch / Math.max(errors.length - 1, 1)) * 320;
    const y = 160 - ((error - low) / (high - low)) * 140;
    return Number.isFinite(error) ? [{ x: x.toFixed(1), y: y.toFixed(1), epoch }] : [];
  });
  const circles = points
    .filter(({ epoch }) => errors.length <= 40 || epoch === state.epoch)
    .map(({ x, y, epoch }) => {
      const look = epoch === state.epoch ? 'r="5" class="current"' : 'r="3"';
      return `<circle cx="${x}" cy="${y}" ${look}/>`;
    });
  const line = points.map(({ x, y }) => `${x} ${y}`).join("L");
  byId("curve").innerHTML = `<path class="axis" d="M70 20V160H390"/>
    <text x="62" y="24" text-anchor="end">${numberText(high)}</text>
    <text x="62" y="164" text-anchor="end">${numberText(low)}</text>
    <text x="70" y="180">epoch 1</text>
    <text x="390" y="180" text-anchor="end">${errors.length > 1 ? errors.length : ""}</text>
    ${points.length > 1 ? `<path d="M${line}"/>` : ""}${circles.join("")}`;
  const isKnown = known(DATA.error).data.text;
  const here = isKnown ? `${numberText(errors[state.epoch])} in epoch ${state.epoch + 1}` : "not yet computed";
  byId("history").textContent = `The error is ${here}.`;
}
