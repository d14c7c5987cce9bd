// Says so when the hub does not answer: old figures must not pass for new ones.
"use strict";
(function () {
  var last = Date.now();
  function banner() { return document.getElementById("lost"); }
  function answered() {
    last = Date.now();
    if (banner()) { banner().hidden = true; }
  }
  function lost() {
    var shown = banner();
    if (!shown) { return; }
    var when = new Date(last).toLocaleTimeString(document.documentElement.lang);
    shown.textContent = shown.dataset.says.replace("{when}", when);
    shown.hidden = false;
  }
  document.addEventListener("htmx:afterRequest", function (event) {
    if (event.detail.successful) { answered(); }
  });
  document.addEventListener("htmx:sendError", lost);
  document.addEventListener("htmx:timeout", lost);
  document.addEventListener("htmx:responseError", function (event) {
    if (event.detail.xhr.status >= 500) { lost(); }
  });
  document.addEventListener("DOMContentLoaded", function () {
    var here = document.querySelector(".nav [aria-current]");
    if (here) { here.scrollIntoView({ block: "nearest", inline: "center" }); }
  });
  // What a form was told, also where it was refused (403, 413, 422), belongs where it was asked.
  document.addEventListener("htmx:beforeSwap", function (event) {
    var status = event.detail.xhr.status;
    if (status >= 400 && status < 500 && status !== 401) { event.detail.shouldSwap = true; }
  });
})();
