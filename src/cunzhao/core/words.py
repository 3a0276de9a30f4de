"""The words for the codes of captures, for every door. The Chinese ones stand with the capture record."""

import re

from cunzhao.evaluate.capture.words import (
    ENGINES,
    REASONS,
    ROLES,
    VERDICT_HELP,
    VERDICTS,
    engine_reason,
    reason,
)

__all__ = [
    "ENGINES",
    "REASONS",
    "ROLES",
    "VERDICTS",
    "VERDICT_HELP",
    "engine_reason",
    "engine_reason_words",
    "engine_words",
    "reason",
    "reason_words",
    "verdict_words",
    "warning_words",
]

_VERDICTS = {
    "complete": "complete", "partial": "partial", "challenge": "challenge", "login": "login wall",
    "error": "error page", "soft-404": "soft 404", "refused": "refused", "unreachable": "unreachable",
}  # fmt: skip
_ENGINES = {"http": "fetched without script", "browser": "by the browser", "import": "imported"}
_REASONS = {
    "timeout": "too slow", "host-unknown": "host unknown", "connect-failed": "no connection",
    "tls-failed": "TLS failed", "redirect-loop": "redirects in a loop", "body-too-large": "above the limit",
    "decompression-bomb": "unpacks to too much", "server-broke": "the answer broke off",
    "address-refused": "not a public address", "http-status": "the site answered with an error",
    "scheme-refused": "not http or https", "missing-requisites": "something could not be fetched",
    "script-drawn": "its text is drawn by script, which was not run",
    "script-images": "its pictures come by script, which was not run",
    "too-many": "too many requisites", "too-deep": "frames nested too deep", "file-too-large": "too large",
    "not-capturable": "a live connection cannot be kept", "blocked": "blocked by the page's own policy",
    "aborted": "given up by the page", "not-rendered": "not made, or not whole",
    "elsewhere": "led to another site", "late": "not finished in time", "challenge": "a script check",
    "login-wall": "a login is asked for", "soft-404": "the page says it is gone",
    "browser-missing": "no browser was found; install Chromium, Chrome or Edge",
    "browser-failed": "the browser broke off", "internal": "the program failed",
}  # fmt: skip
_ENGINE_REASONS = {
    "asked": "as asked", "static": "a static page needs no browser", "warc": "from another program's WARC",
    "script-drawn": "its text is drawn by script", "app-root": "an empty container that a script fills",
    "empty-content": "the container of its text is empty", "script-list": "its list is made by script",
    "script-text": "its text stands in a script", "script-images": "its pictures come by script",
    "script-chart": "its charts are drawn by script", "script-frame": "its frame is drawn by script",
    "script-redirect": "a script leads to another page", "noscript": "the page asks for script",
    "script-check": "the site checks its visitors by script", "little-text": "hardly any text without script",
}  # fmt: skip
#: What is missing or uncertain in what was read (`read.types.Document.warnings`), and what helps.
_WARNINGS = {
    "no-text": ("没有读到文字", "no text was found"),
    "charset-guessed": (
        "没有说明字符编码，按内容推断；如有乱字，请对照原件",
        "no character encoding is told; it was guessed: compare odd characters with the original",
    ),
    "main-text-disputed": (
        "几种方法对正文范围判断不一，请对照原貌",
        "methods disagree on where the main text ends: compare with the page",
    ),
    "scan-pages": (
        "有扫描页，其中的文字没有读；装上文字识别（pip install 'cunzhao[ocr]'），再运行 cunzhao rebuild 即可",
        "some pages are scans and were not read: pip install 'cunzhao[ocr]', then `cunzhao rebuild`",
    ),
    "ocr-text": (
        "有文字由图片识别而来，可能有错字，引用前请对照原件",
        "some text was recognised in pictures: check it against the original before quoting",
    ),
    "pages-broken": (
        "有几页已损坏，没有读出；请另取一份完好的文件",
        "some pages are damaged and were not read: get a sound copy of the file",
    ),
    "font-unreadable": (
        "有几页的字体不说明是什么字，读出的文字可能是乱码，请对照原件",
        "the fonts of some pages do not tell their characters: compare the text with the original",
    ),
    "macros-ignored": ("文件带有宏，没有运行", "the file holds macros; they were not run"),
    "formulas-uncomputed": (
        "有公式没有存计算结果，显示为空；用办公软件打开、保存后再导入",
        "some formulas have no stored result and show nothing: open and save the file in an office program, "
        "then import it",
    ),
    "hidden-left-out": (
        "隐藏的工作表、行、列没有读",
        "hidden sheets, rows and columns were left out",
    ),
    "cut": ("内容过长，只读了前面一部分", "too long: only the first part was read"),
    "flattened": (
        "页面嵌套过深，层次已压平，段落位置可能不准",
        "nested too deep: it was flattened, and places may be wrong",
    ),
    "pages-missing": (
        "文章分几页，后面有页没有取到；重新存照可再取",
        "the article goes on over pages that are missing: capture it again",
    ),
}


def warning_words(code: str) -> tuple[str, str]:
    """What is missing or uncertain in a document, and what helps, in Chinese and in English."""
    return _WARNINGS.get(code, (code, code))


def verdict_words(verdict: str) -> tuple[str, str]:
    """A verdict in Chinese and in English; what is not known is shown as it is."""
    return VERDICTS.get(verdict, verdict), _VERDICTS.get(verdict, verdict)


def reason_words(code: str) -> tuple[str, str]:
    """What stands behind a verdict or a missing requisite, in Chinese and in English."""
    status = re.fullmatch(r"status-(\d{3})", code)
    return reason(code), f"the site answered {status[1]}" if status else _REASONS.get(code, code)


def engine_reason_words(why: str) -> tuple[str, str]:
    """Why an engine was chosen, in Chinese and in English."""
    return engine_reason(why), _ENGINE_REASONS.get(why) or reason_words(why)[1]


def engine_words(engine: str, why: str) -> tuple[str, str]:
    """An engine and why it was chosen, in Chinese and in English."""
    chinese, english = engine_reason_words(why)
    return (
        f"{ENGINES.get(engine, engine)}：{chinese}",
        f"{_ENGINES.get(engine, engine)}: {english}",
    )
