"""The DOM after scripts, shown again where no script runs, is what was seen; text, picture and print beside it."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2
import pytest
from playwright.async_api import Error as PlaywrightError

from cunzhao.collect.browser import behaviour, renditions
from tests.collect.browser.looking import Looker, Seen, looking, size_of
from tests.collect.site import Site

SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40" fill="{}"/></svg>'
SVG = {"Content-Type": "image/svg+xml"}


@pytest.fixture(scope="module")
def looker() -> Iterator[Looker]:
    with looking() as made:
        yield made


def look(looker: Looker, site: Site, html: str, *wanted: str, **more: object) -> Seen:
    site.pages["/"] = html.replace("ELSEWHERE", f"http://localhost:{site.port}")
    return looker.look(site.url("/"), *wanted, **more)  # type: ignore[arg-type]


def test_what_scripts_wrote_is_shown_without_them(looker: Looker, site: Site) -> None:
    seen = look(
        looker,
        site,
        "<!DOCTYPE html><title>题目</title><div id=a></div><script>a.textContent='脚本写的'</script>",
    )
    assert seen.html.startswith("<!DOCTYPE html>")
    assert "脚本写的" in looker.again(seen, site).text
    assert (seen.text, seen.rendered.title) == ("脚本写的", "题目")


def test_text_markup_and_quotes_come_back_as_they_were(looker: Looker, site: Site) -> None:
    written = '1 < 2 &amp; "x" \u00a0 &lt;b&gt;'
    html = f"""<p title='a"b&amp;lt;c' id=p>{written}</p><pre>\n\nzwei</pre><textarea>\n\nt</textarea>"""
    seen = look(looker, site, html)
    told = looker.again(seen, site, "p.textContent", "p.title", "document.querySelector('pre').textContent",
                        "document.querySelector('textarea').value")  # fmt: skip
    assert told.answers == ['1 < 2 & "x" \u00a0 <b>', 'a"b&lt;c', "\nzwei", "\nt"]


@pytest.mark.parametrize("mode", ["open", "closed"])
def test_a_shadow_tree_is_shown_with_its_style_and_slots(looker: Looker, site: Site, mode: str) -> None:
    script = f"""customElements.define('x-a', class extends HTMLElement {{ constructor() {{ super();
      const root = this.attachShadow({{mode: '{mode}'}}); root.innerHTML = '<b>im Schatten</b><slot></slot><span></span>';
      root.querySelector('span').attachShadow({{mode: '{mode}'}}).innerHTML = '<u>tiefer</u>';
      const sheet = new CSSStyleSheet(); sheet.replaceSync(':host{{display:block;background:rgb(0,128,0);height:50px}}');
      root.adoptedStyleSheets = [sheet]; }} }})"""
    seen = look(looker, site, f"<body style='margin:0'><x-a>hell</x-a><script>{script}</script>")
    again = looker.again(seen, site, picture=True)
    assert looker.pixels(again.picture, (900, 40)) == [(0, 128, 0)]
    assert seen.html.count(f'<template shadowrootmode="{mode}">') == 2
    for words in ("im Schatten", "hell", "tiefer"):
        assert words in seen.text


def test_a_closed_shadow_tree_in_a_frame_of_another_origin_is_written_too(looker: Looker, site: Site) -> None:
    site.pages["/inner"] = (
        "<p id=h></p><script>h.attachShadow({mode:'closed'}).innerHTML='<b>verborgen</b>'</script>"
    )
    seen = look(looker, site, "<iframe src=ELSEWHERE/inner></iframe>")
    assert "verborgen" in seen.text
    assert "shadowrootmode" in seen.html


def test_a_template_that_made_no_shadow_tree_makes_none_later(looker: Looker, site: Site) -> None:
    script = "d.innerHTML = '<template shadowrootmode=open>NIE GESEHEN</template>sichtbar'"
    seen = look(looker, site, f"<div id=d></div><script>{script}</script>")
    assert looker.again(seen, site, "!!d.shadowRoot").answers == [False]


def test_a_canvas_is_its_picture(looker: Looker, site: Site) -> None:
    script = "const x=c.getContext('2d');x.fillStyle='rgb(200,0,0)';x.fillRect(0,0,100,100)"
    seen = look(
        looker,
        site,
        f"<body style='margin:0'><canvas id=c width=100 height=100>fallback</canvas><script>{script}</script>",
    )
    again = looker.again(seen, site, picture=True)
    assert looker.pixels(again.picture, (50, 50), (150, 50)) == [(200, 0, 0), (255, 255, 255)]
    assert "fallback" not in again.text


def test_a_canvas_that_scripts_may_not_read_is_taken_from_the_screen(looker: Looker, site: Site) -> None:
    site.pages["/red.svg"] = (200, SVG, SQUARE.format("red"))
    script = "const i=new Image();i.src='ELSEWHERE/red.svg';i.onload=()=>c.getContext('2d').drawImage(i,0,0)"
    seen = look(
        looker,
        site,
        f"<body style='margin:0'><canvas id=c width=40 height=40></canvas><script>{script}</script>",
    )
    assert looker.pixels(looker.again(seen, site, picture=True).picture, (20, 20)) == [(255, 0, 0)]


def test_what_a_blob_address_names_is_inlined(looker: Looker, site: Site) -> None:
    script = f"""const made = (text, type) => URL.createObjectURL(new Blob([text], {{type}}));
      i.src = made('{SQUARE.format("rgb(1,2,3)")}', 'image/svg+xml');
      d.style.backgroundImage = `url("${{made('{SQUARE.format("rgb(4,5,6)")}', 'image/svg+xml')}}")`;
      const l = document.createElement('link'); l.rel='stylesheet'; l.href=made('p{{color:rgb(7,8,9)}}','text/css'); document.head.append(l);
      f.src = made('<p>aus dem Blob</p>', 'text/html')"""
    seen = look(
        looker, site,
        "<body style='margin:0'><img id=i style='display:block'><div id=d style='height:40px'></div><p id=p>x</p>"
        f"<iframe id=f></iframe><script>{script}</script>",
    )  # fmt: skip
    again = looker.again(seen, site, "getComputedStyle(p).color", picture=True)
    assert looker.pixels(again.picture, (20, 20), (20, 60)) == [(1, 2, 3), (4, 5, 6)]
    assert again.answers == ["rgb(7, 8, 9)"]
    assert "aus dem Blob" in again.text
    assert "blob:" not in seen.html.partition("<script>")[0]


def test_an_image_behind_a_revoked_blob_address_is_drawn(looker: Looker, site: Site) -> None:
    script = f"""const u = URL.createObjectURL(new Blob(['{SQUARE.format("rgb(9,9,9)")}'], {{type: 'image/svg+xml'}}));
      i.onload = () => URL.revokeObjectURL(u); i.src = u"""
    seen = look(looker, site, f"<body style='margin:0'><img id=i><script>{script}</script>")
    assert looker.pixels(looker.again(seen, site, picture=True).picture, (20, 20)) == [(9, 9, 9)]


def test_styles_that_scripts_inserted_adopted_or_switched_off_are_written_as_in_force(
    looker: Looker, site: Site
) -> None:
    seen = look(
        looker, site,
        "<style id=a></style><style id=b>p{color:red}</style><style id=c>p{font-style:italic}</style><p id=p>x"
        """<script>a.sheet.insertRule('p{text-indent:7px}'); b.sheet.deleteRule(0); b.sheet.insertRule('p{color:rgb(0,9,0)}');
        const s = new CSSStyleSheet(); s.replaceSync('p{letter-spacing:3px}'); document.adoptedStyleSheets = [s];
        c.disabled = true</script>""",
    )  # fmt: skip
    asked = ["textIndent", "color", "letterSpacing", "fontStyle"]
    told = looker.again(seen, site, *(f"getComputedStyle(p).{name}" for name in asked))
    assert told.answers == ["7px", "rgb(0, 9, 0)", "3px", "normal"]


def test_a_style_nobody_changed_keeps_its_own_text(looker: Looker, site: Site) -> None:
    css = "p{color:#ff0000}/* Kommentar */@import 'x.css';"
    assert css in look(looker, site, f"<style>{css}</style><p>x").html


def test_forms_show_what_was_in_them_but_never_a_password(looker: Looker, site: Site) -> None:
    seen = look(
        looker, site,
        "<input id=t value=alt><input id=w type=password value=anfangs><input id=k type=checkbox><input id=r type=radio checked>"
        "<select id=s><option selected>a<option>b</select><textarea id=x>alt</textarea>"
        "<script>t.value='neu';w.value='geheim';k.checked=true;r.checked=false;s.value='b';x.value='neu</textarea>'</script>",
    )  # fmt: skip
    told = looker.again(seen, site, "t.value", "w.value", "k.checked", "r.checked", "s.value", "x.value")
    assert told.answers == ["neu", "", True, False, "b", "neu</textarea>"]
    assert "anfangs" not in seen.html


def test_frames_of_every_origin_are_carried_inside(looker: Looker, site: Site) -> None:
    site.pages["/one/f"] = '<p>Rahmen "eins" &amp; <img src=x.svg><iframe src=/two></iframe>'
    site.pages["/one/x.svg"] = (200, SVG, SQUARE.format("rgb(0,0,99)"))
    site.pages["/two"] = "<p>Rahmen zwei<iframe srcdoc='<p>Rahmen drei'></iframe>"
    seen = look(
        looker, site, "<p>oben<iframe src=ELSEWHERE/one/f></iframe><iframe sandbox src=/two></iframe>"
    )
    del site.pages["/one/f"], site.pages["/two"]  # whoever asks again finds nothing
    again = looker.again(seen, site)
    for words, times in (("oben", 1), ('Rahmen "eins" &', 1), ("Rahmen zwei", 2), ("Rahmen drei", 2)):
        assert again.text.count(words) == seen.text.count(words) == times
    assert f'src="http://localhost:{site.port}/one/f"' in seen.html
    assert site.times("/one/x.svg") == 2  # by its own document's address


def test_frames_that_stand_in_each_other_without_end_are_left_at_a_depth(looker: Looker, site: Site) -> None:
    for n in range(12):
        site.pages[f"/{n}"] = f"<p>Tiefe {n}<iframe src=/{n + 1}></iframe>"
    seen = look(looker, site, "<iframe src=/0></iframe>")
    assert "Tiefe 4" in seen.text and "Tiefe 5" not in seen.text
    assert ("dom", "frames left out") in seen.rendered.failed


def test_an_object_that_holds_a_document_is_shown_as_a_frame(looker: Looker, site: Site) -> None:
    site.pages["/inner"] = "<p>im Objekt"
    seen = look(looker, site, "<object type=text/html data=/inner width=300 height=100>Ersatz</object>")
    again = looker.again(seen, site)
    assert "im Objekt" in again.text and "Ersatz" not in again.text


def test_the_image_that_was_chosen_is_the_one_named(looker: Looker, site: Site) -> None:
    for name in ("small", "large", "fallback"):
        site.pages[f"/{name}.svg"] = (200, SVG, SQUARE.format("red"))
    html = (
        "<picture><source srcset='large.svg' media='(min-width:900px)'><img id=i src=fallback.svg></picture>"
    )
    seen = look(looker, site, html + "<img id=j srcset='small.svg 1x, huge.svg 2x'>")
    assert seen.html.count(f'src="{site.url("/large.svg")}"') == 1
    assert f'data-cunzhao-seen="{site.url("/small.svg")}"' in seen.html
    assert "small.svg 1x, huge.svg 2x" in seen.html  # what else there was stays named


def test_noscript_is_not_shown_since_it_was_not(looker: Looker, site: Site) -> None:
    seen = look(looker, site, "<noscript>bitte einschalten</noscript><p>Seite")
    assert "bitte" not in looker.again(seen, site).text + seen.text


def test_dialogs_and_popovers_over_the_page_stay_over_it(looker: Looker, site: Site) -> None:
    html = "<dialog id=d>Dialog</dialog><div id=p popover>Popover</div><div popover>zu</div><p>Seite"
    seen = look(looker, site, html + "<script>d.showModal();p.showPopover()</script>")
    again = looker.again(seen, site, "getComputedStyle(d).position", "getComputedStyle(p).position")
    assert "Dialog" in again.text and "Popover" in again.text and "zu" not in again.text
    assert again.answers == ["fixed", "fixed"]


def test_relative_names_follow_an_address_that_script_changed(looker: Looker, site: Site) -> None:
    site.pages["/deep/x.svg"] = (200, SVG, SQUARE.format("rgb(0,0,99)"))
    script = "history.pushState(0,'','/deep/page');const i=new Image();i.src='x.svg';document.body.append(i)"
    seen = look(looker, site, f"<body style='margin:0'><script>{script}</script>")
    assert looker.pixels(looker.again(seen, site, picture=True).picture, (20, 20)) == [(0, 0, 99)]
    assert "<base" not in look(looker, site, "<p>x").html


def test_a_fragment_in_the_address_adds_no_base(looker: Looker, site: Site) -> None:
    site.pages["/"] = "<p id=x>x"
    assert "<base" not in looker.look(site.url("/#x")).html


def test_svg_and_formulas_keep_their_names(looker: Looker, site: Site) -> None:
    seen = look(
        looker,
        site,
        "<svg viewBox='0 0 9 9'><linearGradient id=g /><use xlink:href='#g'/></svg><math><mi>x</mi></math>",
    )
    asked = (
        "document.querySelector('svg').firstChild.localName",
        "document.querySelector('use').getAttributeNS('http://www.w3.org/1999/xlink','href')",
    )
    assert looker.again(seen, site, *asked).answers == ["linearGradient", "#g"]


# ---- hostile pages


def test_a_page_that_overrides_every_prototype_is_written_all_the_same(looker: Looker, site: Site) -> None:
    script = """for (const proto of [Array.prototype, String.prototype, Map.prototype, Set.prototype, Node.prototype, Element.prototype,
        Document.prototype, Object, JSON, Promise.prototype, RegExp.prototype])
      for (const name of Object.getOwnPropertyNames(proto)) { try { proto[name] = () => { throw 'nein' } } catch {} }
      window.fetch = window.getComputedStyle = window.setTimeout = null"""
    seen = look(
        looker,
        site,
        f"<p>Text<form><input name=attributes><input name=childNodes><input name=firstChild></form><script>{script}</script>",
    )
    assert "Text" in looker.again(seen, site).text


def test_names_that_hide_methods_of_the_document_change_nothing(looker: Looker, site: Site) -> None:
    names = "querySelectorAll querySelector createElementNS images scripts body documentElement title getElementsByTagName doctype fonts readyState"
    images = "".join(f"<img name={name}>" for name in names.split())
    fields = "".join(
        f"<input name={n}>"
        for n in [
            "attributes",
            "childNodes",
            "localName",
            "tagName",
            "getAttribute",
            "hasAttribute",
            "matches",
            "nodeType",
        ]
    )
    seen = look(looker, site, f"<title>T</title>{images}<form id=f class=k>{fields}</form><p>Text")
    assert '<form id="f" class="k">' in seen.html and seen.rendered.title == "T"
    assert seen.rested


@pytest.mark.parametrize("many", [20_000, pytest.param(200_000, marks=pytest.mark.long)])
def test_a_page_of_very_many_elements_is_written(looker: Looker, site: Site, many: int) -> None:
    seen = look(looker, site, "<p>Anfang</p>" + "<b>x</b>" * many + "<p>Ende</p>", limit_s=60)
    assert seen.html.count("<b>x</b>") == many and "Ende" in seen.text


def test_elements_nested_without_end_do_not_break_the_writing(looker: Looker, site: Site) -> None:
    script = "let e=document.body;for(let n=0;n<5000;n++)e=e.appendChild(document.createElement('i'));e.textContent='unten'"
    seen = look(looker, site, f"<style>i{{display:none}}</style><p>Text<script>{script}</script>", limit_s=60)
    assert "Text" in seen.html


def test_a_document_that_writes_without_end_is_written_as_far_as_it_got(looker: Looker, site: Site) -> None:
    seen = look(
        looker,
        site,
        "<p>Anfang<script>setInterval(()=>{document.write('<p>mehr</p>')},1)</script>",
        limit_s=4,
    )
    assert "mehr" in seen.text


def test_a_script_that_never_ends_is_ended_and_the_page_written(
    looker: Looker, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        behaviour, "_RESTORE_S", 1.0
    )  # it takes all that it is given, and a processor with it
    monkeypatch.setattr(renditions, "_PING_S", 5.0)
    seen = look(
        looker, site, "<p>Text<script>setTimeout(()=>{for(;;);},100)</script>", "dom", "screenshot", limit_s=2
    )
    assert not seen.rested
    assert "Text" in seen.html and seen.body("screenshot")


def test_more_than_the_bound_is_cut_and_that_is_told(looker: Looker, site: Site) -> None:
    script = "const t='y'.repeat(1e6);for(let n=0;n<25;n++){const p=document.createElement('p');p.textContent=t;p.hidden=true;document.body.append(p)}"
    seen = look(looker, site, f"<p>Text<script>{script}</script>", limit_s=60)
    assert 15_000_000 < len(seen.html) <= 20_000_000 and seen.html.endswith("</html>")
    assert ("dom", "cut") in seen.rendered.failed


def test_a_page_that_goes_elsewhere_meanwhile_is_told_as_an_error_of_the_browser(
    looker: Looker, site: Site
) -> None:
    site.pages["/next"] = "<p>die nächste"
    # Once it is being read: only a reader scrolls.
    site.pages["/"] = "<p style='height:6000px'>Text<script>onscroll=()=>{location='/next'}</script>"
    with pytest.raises(PlaywrightError):
        looker.look(site.url("/"), quiet_s=60)


# ---- pictures


def test_the_screenshot_shows_the_whole_height(looker: Looker, site: Site) -> None:
    html = "<body style='margin:0'><div style='height:5000px'></div><div style='height:40px;background:rgb(0,0,200)'></div>"
    seen = look(looker, site, html, "screenshot")
    assert size_of(seen.body("screenshot")) == (1000, 5040)
    assert looker.pixels(seen.body("screenshot"), (500, 5020), (500, 100)) == [(0, 0, 200), (255, 255, 255)]


def test_a_page_taller_than_the_bound_is_cut_and_that_is_told(looker: Looker, site: Site) -> None:
    seen = look(looker, site, "<body style='margin:0'><div style='height:50000px'></div>", "screenshot")
    assert size_of(seen.body("screenshot")) == (1000, 16384)
    assert ("screenshot", "cut at 16384 of 50000 px") in seen.rendered.failed


def test_the_print_says_where_and_when_and_shows_chinese(looker: Looker, site: Site) -> None:
    seen = look(looker, site, "<meta charset=utf-8><p>国务院办公厅通知" + "<p>段落" * 200, "pdf")
    document = pypdfium2.PdfDocument(seen.body("pdf"))
    first = "".join(document[0].get_textpage().get_text_range().split())
    assert "国务院办公厅通知" in first and site.url("/") in first and "UTC" in first
    assert f"1/{len(document)}" in first and len(document) > 2


def test_a_title_an_address_or_a_text_of_the_page_cannot_break_the_footer(looker: Looker, site: Site) -> None:
    site.pages["/?q=<script>"] = "<p>x"
    site.pages["/?q=%3Cscript%3E"] = "<p>x"
    document = pypdfium2.PdfDocument(looker.look(site.url("/?q=<script>"), "pdf").body("pdf"))
    assert "/?q=" in document[0].get_textpage().get_text_range()


def test_nothing_is_made_that_was_not_wanted(looker: Looker, site: Site) -> None:
    site.pages["/"] = "<p>x"
    seen = looker.look(site.url("/"), "text")
    assert [r.kind for r in seen.rendered.renditions] == ["text"]
    assert seen.html
