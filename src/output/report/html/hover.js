"use strict";
(function () {
  // Marks of a chart carry their values as titles. Where scripts run, a value shows at once, and for a touch, too.
  var tip = document.createElement("div");
  tip.className = "tip";
  tip.setAttribute("aria-hidden", "true");
  tip.hidden = true;
  document.body.appendChild(tip);
  var shown = null;

  function markOf(target) {
    for (var node = target; node && node.nodeName.toLowerCase() !== "svg"; node = node.parentNode) {
      var first = node.firstElementChild;
      if (first && first.nodeName.toLowerCase() === "title") {
        return node;
      }
    }
    return null;
  }

  function hide() {
    if (shown) {
      // The browser's own, slower label comes back with the title.
      shown.mark.insertBefore(shown.title, shown.mark.firstChild);
      shown = null;
    }
    tip.hidden = true;
  }

  function show(event) {
    var mark = event.target.closest && event.target.closest(".chart svg") ? markOf(event.target) : null;
    if (!mark) {
      if (!shown || !shown.mark.contains(event.target)) {
        hide();
      }
      return;
    }
    hide();
    shown = { mark: mark, title: mark.firstElementChild };
    mark.removeChild(shown.title);
    tip.textContent = shown.title.textContent;
    tip.hidden = false;
    var left = Math.min(event.clientX + 12, window.innerWidth - tip.offsetWidth - 8);
    var top = event.clientY + 16;
    if (top + tip.offsetHeight > window.innerHeight) {
      top = event.clientY - tip.offsetHeight - 8;
    }
    tip.style.left = Math.max(8, left) + "px";
    tip.style.top = Math.max(8, top) + "px";
  }

  document.addEventListener("pointerover", show);
  document.addEventListener("pointerdown", show);
  document.addEventListener("scroll", hide, true);
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") {
      hide();
    }
  });
})();
