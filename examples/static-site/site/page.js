// What the stack knows and the page does not: `index.ts` makes config.json of it.
async function showPlace() {
  const place = document.querySelector("#place");
  const answer = await fetch("config.json");
  if (!answer.ok) {
    place.textContent = `config.json is not there (${answer.status}).`;
    return;
  }
  const { bucket, endpoint } = await answer.json();
  place.textContent = `From the bucket ${bucket} at ${endpoint}.`;
}

showPlace();
