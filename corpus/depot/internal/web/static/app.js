fetch(document.body.dataset.usage)
  .then((reply) => reply.json())
  .then((usage) => {
    for (const [bucket, bytes] of Object.entries(usage)) {
      const row = document.getElementById("usage").insertRow();
      row.insertCell().textContent = bucket + "/";
      row.insertCell().textContent = bytes;
    }
  });
