// Talking to the simulator: JSON requests, uploads, and the WebSocket that tells what changed.
async function answered(reply) {
  let body = null;
  try {
    body = await reply.json();
  } catch {
    // A page that is no JSON: the status says enough.
  }
  if (!reply.ok) throw new Error(body?.error ?? `${reply.status} ${reply.statusText}`);
  return body;
}

export async function get(path) {
  return answered(await fetch(path, { cache: "no-store" }));
}

export async function post(path, body) {
  return answered(
    await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }),
  );
}

export async function upload(path, kind, file, caption) {
  const form = new FormData();
  form.append("kind", kind);
  if (caption) form.append("caption", caption);
  form.append("file", file, file.name || "file.bin");
  return answered(await fetch(path, { method: "POST", body: form }));
}

// Calls `onEvent` for every event and `onState(true|false)` when the line comes and goes.
export function listen(onEvent, onState) {
  let wait = 300;
  const connect = () => {
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/sim/events`);
    socket.onopen = () => { wait = 300; onState(true); };
    socket.onmessage = (message) => onEvent(JSON.parse(message.data));
    socket.onclose = () => {
      onState(false);
      setTimeout(connect, wait);
      wait = Math.min(wait * 2, 5000);
    };
  };
  connect();
}
