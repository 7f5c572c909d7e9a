// Graphviz as a WebAssembly module, run by the browser (or Node) that runs Python.
(bytes) => {
  const EBADF = 8; // no file is open: layouts read and write memory alone
  let memory = null;
  const view = () => new DataView(memory.buffer);
  const system = {
    environ_get: () => 0,
    environ_sizes_get: (count, size) => {
      view().setUint32(count, 0, true);
      view().setUint32(size, 0, true);
      return 0;
    },
    clock_time_get: (clock, precision, time) => {
      view().setBigUint64(time, 0n, true);
      return 0;
    },
    random_get: (start, length) => {
      new Uint8Array(memory.buffer, start, length).fill(0); // the same picture each time
      return 0;
    },
    proc_exit: (status) => {
      throw new Error(`Graphviz ended with status ${status}`);
    },
  };
  const module = new WebAssembly.Module(bytes);
  for (const { name } of WebAssembly.Module.imports(module)) {
    system[name] ??= () => EBADF;
  }
  const instance = new WebAssembly.Instance(module, { wasi_snapshot_preview1: system });
  const graphviz = instance.exports;
  memory = graphviz.memory;

  const written = (text) => {
    const encoded = new TextEncoder().encode(text + "\0");
    const start = graphviz.malloc(encoded.length);
    new Uint8Array(memory.buffer).set(encoded, start);
    return start;
  };
  const read = (start, length) => {
    const text = new Uint8Array(memory.buffer, start, length);
    return new TextDecoder().decode(text);
  };
  const readToNull = (start) =>
    read(start, new Uint8Array(memory.buffer).indexOf(0, start) - start);

  return (source, format, engine) => {
    const arguments_ = [source, format, engine].map(written);
    const length = graphviz.malloc(4);
    try {
      const picture = graphviz.graphviz_render(...arguments_, length);
      if (picture === 0) {
        throw new Error(readToNull(graphviz.graphviz_last_error()) || "Graphviz failed");
      }
      const text = read(picture, view().getUint32(length, true));
      graphviz.graphviz_free(picture);
      return text;
    } finally {
      [...arguments_, length].forEach(graphviz.free);
    }
  };
};
