// Times in the reader's zone, and an execution's page that stays up to date. Without it pages say the same, in UTC and as of when they were opened.
(function () {
  "use strict";
  var pad = function (n) { return (n < 10 ? "0" : "") + n; };

  function localize(root) {
    root.querySelectorAll("time[datetime]").forEach(function (each) {
      var at = new Date(each.getAttribute("datetime"));
      if (isNaN(at) || each.dataset.local) return;
      var day = at.getFullYear() + "-" + pad(at.getMonth() + 1) + "-" + pad(at.getDate());
      var clock = pad(at.getHours()) + ":" + pad(at.getMinutes()) + ":" + pad(at.getSeconds());
      each.title = each.getAttribute("datetime");
      each.dataset.local = "1";
      each.textContent = each.dataset.form === "clock" ? clock : day + " " + clock;
    });
  }

  localize(document);

  var live = document.getElementById("live");
  if (!live) return;

  var said = document.getElementById("said");
  var state = document.getElementById("state");
  var wait = 0;
  var quiet = 0;
  var timer = 0;
  var isBusy = false;
  var most = { running: 20, waiting: 60 };

  function pace() {
    return live.dataset.pace === "waiting" ? "waiting" : "running";
  }

  function isOver() {
    return live.dataset.pace === "over";
  }

  function say(words) {
    state.textContent = words;
  }

  function later() {
    clearTimeout(timer);
    if (isOver()) return say(live.dataset.over);
    if (document.hidden) return;
    if (quiet > 120) {
      state.replaceChildren(again());
      return;
    }
    timer = setTimeout(look, wait * 1000);
  }

  function again() {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "text";
    button.textContent = live.dataset.again;
    button.addEventListener("click", function () {
      quiet = 0;
      wait = 2;
      look();
    });
    return button;
  }

  // What somebody is filling in, or has the focus in, is left as it is.
  function isInUse(part) {
    if (part.contains(document.activeElement) && /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) return true;
    return Array.prototype.some.call(part.querySelectorAll("input:not([type=hidden]),textarea"), function (each) {
      return each.value !== each.defaultValue;
    });
  }

  function key(part) {
    // tokens of forms differ with every look and mean no change
    return part.innerHTML.replace(/value="[^"]*"/g, "").replace(/ open(="")?/g, "").replace(/<time[^>]*>[^<]*<\/time>/g, function (time) {
      return (/datetime="([^"]*)"/.exec(time) || ["", ""])[1];
    });
  }

  function swap(fresh) {
    var focus = document.activeElement && document.activeElement.id;
    fresh.querySelectorAll("[data-part]").forEach(function (part) {
      var old = live.querySelector('[data-part="' + part.dataset.part + '"]');
      if (!old || isInUse(old) || key(old) === key(part)) return;
      part.querySelectorAll("details[id]").forEach(function (each) {
        var before = document.getElementById(each.id);
        if (before) each.open = before.open;
      });
      localize(part);
      old.replaceWith(part);
    });
    live.dataset.pace = fresh.dataset.pace;
    live.dataset.edition = fresh.dataset.edition;
    if (fresh.dataset.said !== live.dataset.said) {
      live.dataset.said = fresh.dataset.said;
      said.textContent = fresh.dataset.said;
      document.title = fresh.dataset.title;
    }
    if (focus && document.getElementById(focus)) document.getElementById(focus).focus();
  }

  function look() {
    if (isBusy || document.hidden || isOver()) return;
    isBusy = true;
    var address = new URL(location.href);
    address.searchParams.set("part", "1");
    address.hash = "";
    fetch(address, { headers: { "If-None-Match": '"' + live.dataset.edition + '"' }, cache: "no-store", credentials: "same-origin" })
      .then(function (answer) {
        if (answer.status === 304) {
          quiet++;
          wait = Math.min(wait * 1.5, most[pace()]);
          say(live.dataset.on);
          return "";
        }
        if (answer.status === 401 || answer.status === 403 || answer.status === 404) {
          live.dataset.pace = "over";
          say(live.dataset.gone);
          return "";
        }
        if (!answer.ok) throw new Error(answer.status);
        return answer.text();
      })
      .then(function (text) {
        if (!text) return;
        swap(new DOMParser().parseFromString(text, "text/html").getElementById("live"));
        quiet = 0;
        wait = pace() === "waiting" ? 4 : 2;
        say(live.dataset.on);
      })
      .catch(function () {
        wait = Math.min(Math.max(wait, 2) * 2, 60);
        say(live.dataset.silent);
      })
      .then(function () {
        isBusy = false;
        later();
      });
  }

  document.addEventListener("visibilitychange", function () {
    clearTimeout(timer);
    if (!document.hidden && !isOver()) {
      quiet = 0;
      wait = 2;
      look();
    }
  });

  wait = 2;
  later();
  if (!isOver()) say(live.dataset.on);
})();
