// The script that a landing page loads: keeps the click id that the short link brought, reports conversions and, if asked to,
// that a person touched the page. It is text here because it runs in browsers as it stands: old syntax, no dependencies,
// nothing inline, no build.

const source = `(function (w, d) {
  var me = d.currentScript;
  if (!me) return;
  var name = 'elido_click';
  var data = me.dataset;
  var src = me.src;
  var life = ('days' in data ? +data.days || 0 : 90) * 864e5;
  var click = null;
  var told;
  var good = function (id) { return /^[\\w.~:-]{1,128}$/.test(id || ''); };

  function keep(id) {
    click = id;
    if (!life) return;
    try {
      localStorage.setItem(name, JSON.stringify([id, Date.now() + life]));
    } catch (e) {
      d.cookie = name + '=' + id + ';path=/;max-age=' + life / 1e3 + ';samesite=lax'
        + (location.protocol === 'https:' ? ';secure' : '');
    }
  }

  function kept() {
    try {
      var row = JSON.parse(localStorage.getItem(name));
      if (row) {
        if (row[1] > Date.now()) return row[0];
        localStorage.removeItem(name);
      }
    } catch (e) {}
    var cookie = new RegExp('(?:^|; )' + name + '=([^;]+)').exec(d.cookie);
    return cookie && cookie[1];
  }

  function send(what, row) {
    var url = new URL('/v1/public/' + what + '?key=' + encodeURIComponent(data.key || ''), src).href;
    var text = JSON.stringify(row);
    try {
      if (navigator.sendBeacon(url, text)) return true;
    } catch (e) {}
    fetch(url, { method: 'POST', body: text, keepalive: true, mode: 'no-cors', credentials: 'omit' })
      .catch(function () {});
    return true;
  }

  function convert(about) {
    var row = { event: 'conversion.recorded' };
    for (var field in about) row[field] = about[field];
    if (!row.click_id && click) row.click_id = click;
    return row.click_id || row.email ? send('conversions', row) : false;
  }

  function touched(e) {
    told = told || e.isTrusted && send('landings', { click_id: landed });
  }

  var landed = new URLSearchParams(location.search).get(name);
  if (good(landed)) {
    keep(landed);
    if ('beacon' in data) ['pointerdown', 'keydown', 'wheel'].forEach(function (event) {
      addEventListener(event, touched, { capture: true, passive: true });
    });
  } else if (life && good(landed = kept())) click = landed;

  var waiting = w.elido;
  w.elido = { convert: convert, push: convert, click: function () { return click; } };
  if (Array.isArray(waiting)) waiting.forEach(convert);
})(window, document);
`;

/** Without its indentation: at most 2 kB on the wire, uncompressed; a test counts. docs/conversions.md says how to use it. */
export const snippetSource = source.replace(/^ +/gm, '');
