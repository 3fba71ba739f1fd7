// The script that a landing page loads: keeps the click id that the short link brought, and reports conversions.
// It is text here because it runs in browsers as it stands: old syntax, no dependencies, nothing inline, no build.

/** At most 2 kB on the wire; a test counts. docs/conversions.md says how to use it. */
export const snippetSource = `(function (w, d) {
  'use strict';
  var me = d.currentScript;
  if (!me) return;
  var name = 'elido_click';
  var attr = function (n) { return me.getAttribute('data-' + n); };
  var url = new URL('/v1/public/conversions?key=' + encodeURIComponent(attr('key') || ''), me.src).href;
  var days = attr('days');
  var life = (days === null ? 90 : +days || 0) * 864e5;
  var click = null;
  var good = function (id) { return /^[\\w.~:-]{1,128}$/.test(id || ''); };

  function keep(id) {
    click = id;
    if (!life) return;
    try {
      w.localStorage.setItem(name, JSON.stringify([id, Date.now() + life]));
    } catch (e) {
      d.cookie = name + '=' + id + ';path=/;max-age=' + life / 1e3 + ';samesite=lax'
        + (w.location.protocol === 'https:' ? ';secure' : '');
    }
  }

  function kept() {
    try {
      var row = JSON.parse(w.localStorage.getItem(name));
      if (row) {
        if (row[1] > Date.now()) return row[0];
        w.localStorage.removeItem(name);
      }
    } catch (e) {}
    var cookie = new RegExp('(?:^|; )' + name + '=([^;]+)').exec(d.cookie);
    return cookie && cookie[1];
  }

  function convert(about) {
    var row = { event: 'conversion.recorded' };
    for (var field in about || {}) row[field] = about[field];
    if (!row.click_id && click) row.click_id = click;
    if (!row.click_id && !row.email) return false;
    var text = JSON.stringify(row);
    try {
      if (w.navigator.sendBeacon && w.navigator.sendBeacon(url, text)) return true;
    } catch (e) {}
    w.fetch(url, { method: 'POST', body: text, keepalive: true, mode: 'no-cors', credentials: 'omit' })
      .catch(function () {});
    return true;
  }

  var landed = new URLSearchParams(w.location.search).get(name);
  if (good(landed)) keep(landed);
  else if (life && good(landed = kept())) click = landed;

  var waiting = w.elido;
  w.elido = { convert: convert, push: convert, click: function () { return click; } };
  if (Array.isArray(waiting)) waiting.forEach(convert);
})(window, document);
`;
