// A QR code leads to /q/#123456789012: what stands after «#» never leaves the browser by itself.
// Put it into the form and send it, so that the code stays out of addresses, logs and the browser's history.
"use strict";
(() => {
  const digits = location.hash.replace(/\D/g, "");
  const form = document.getElementById("code-form");
  if (!form || digits.length !== 12) return;
  history.replaceState(null, "", location.pathname);
  form.elements.code.value = digits;
  form.submit();
})();
