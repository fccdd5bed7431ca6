// Sends webhooks to this application, as its senders would.
const WRONG = {
  condition: ["POST", "payments/B-1", '{"paymentId": "P-1", "settled": false}'],
  nobody: ["POST", "payments/Z-9", '{"paymentId": "P-1", "settled": true}'],
  method: ["PUT", "orders", '{"orderId": "B-1"}'],
  path: ["POST", "order", '{"orderId": "B-1"}'],
  json: ["POST", "orders", '{"orderId": B-1'],
};
const order = document.getElementById("order");
const wrong = document.getElementById("wrong");

async function send(method, path, body) {
  const response = await fetch(`rest-connector/events/${path}`, {
    method, body, headers: { "Content-Type": "application/json" },
  });
  return `${response.status} ${await response.text()}`;
}

function tell(form, answer, text, view) {
  const link = document.createElement("a");
  link.href = `rest-connector/console#/${view}`;
  link.textContent = text;
  form.querySelector("[role=status]").replaceChildren(`The answer: ${answer} `, link);
}

const newNumber = () => `B-${Date.now() % 1_000_000}`;
order.elements.orderId.value = newNumber();
order.addEventListener("submit", async (event) => {
  event.preventDefault();
  const values = Object.fromEntries(new FormData(order));
  const answer = await send("POST", "orders", JSON.stringify(values));
  tell(order, answer, `Watch order ${values.orderId}`, `instances?find=${encodeURIComponent(values.orderId)}`);
  order.elements.orderId.value = newNumber();
});
wrong.addEventListener("submit", async (event) => {
  event.preventDefault();
  tell(wrong, await send(...WRONG[wrong.elements.wrong.value]), "See why", "requests");
});
