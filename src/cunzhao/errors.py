"""The whole tree of errors, on one page.

Every error names its input and the mend, in Chinese and in English; `text` says it to a person, `as_json`
is the one JSON shape for all doors. A template may use `{input}` and the values the error was raised with.
"""

from __future__ import annotations

import errno
from typing import Any, ClassVar

SHOWN = 500  # characters of the input that an answer repeats


class CunzhaoError(Exception):
    """Base of all. `input` is what the user gave: a URL, a path, an id, a setting."""

    code: ClassVar[str] = "error"
    zh: ClassVar[str] = "出错：{detail}"
    en: ClassVar[str] = "error: {detail}"
    mend_zh: ClassVar[str] = "请重试；若再出现，请附日志反馈。"
    mend_en: ClassVar[str] = "Try again; if it comes back, report it with the log."

    def __init__(self, input: str, **values: Any) -> None:
        self.input = input
        self.values: dict[str, Any] = {"detail": "", **values}
        super().__init__(self.text("en"))

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.input, self.values)

    def _say(self, template: str) -> str:
        return template.format(input=self.input, **self.values)

    def message(self, lang: str) -> str:
        return self._say(self.en if lang == "en" else self.zh)

    def mend(self, lang: str) -> str:
        return self._say(self.mend_en if lang == "en" else self.mend_zh)

    def text(self, lang: str) -> str:
        """One line for a person: `input: what happened. What to do.`"""
        joint = ": " if lang == "en" else "："
        stop = ". " if lang == "en" else "。"
        return f"{self.input}{joint}{self.message(lang)}{stop}{self.mend(lang)}"

    def as_json(self, lang: str) -> dict[str, Any]:
        """The one error shape: `{"error": {"code", "input", "message", "mend"}}`."""
        parts = {"code": self.code, "input": self.input[:SHOWN]}
        return {"error": {**parts, "message": self.message(lang), "mend": self.mend(lang)}}


def _rebuild(kind: type[CunzhaoError], input: str, values: dict[str, Any]) -> CunzhaoError:
    """Errors cross process borders (reading workers), so they pickle by input and values."""
    return kind(input, **values)


class InternalError(CunzhaoError):
    """A fault of the program; what it was stands in the log, not on the page."""

    code = "internal"
    zh, en = "程序内部出错", "the program failed"
    mend_zh = "请重试；若再出现，请附启动窗口中的日志反馈。"
    mend_en = "Try again; if it comes back, report it with the log."


# --- what the user gave -------------------------------------------------------------------------------


class InputError(CunzhaoError):
    """The input itself cannot be used."""


class NotAUrl(InputError):
    code = "not-a-url"
    zh, en = "这不是网址", "this is not a URL"
    mend_zh = "请粘贴以 http:// 或 https:// 开头的完整网址。"
    mend_en = "Paste a full address that begins with http:// or https://."


class SchemeRefused(InputError):
    code = "scheme-refused"
    zh, en = "不抓取 {scheme}: 开头的地址", "addresses that begin with {scheme}: are not captured"
    mend_zh = "只支持 http 和 https；本机文件请用“导入文件”（cunzhao import）。"
    mend_en = "Only http and https are; bring files in with `cunzhao import`."


class UrlCredentials(InputError):
    code = "url-credentials"
    zh, en = "网址里带有用户名或密码", "the address carries a user name or a password"
    mend_zh = "存档会公开整个网址；请去掉 @ 之前的部分再保存。"
    mend_en = "An archive shows the whole address; take away what stands before the @."


class FileMissing(InputError):
    code = "file-missing"
    zh, en = "找不到这个文件", "there is no such file"
    mend_zh = "请检查路径和文件名。"
    mend_en = "Check the path and the name."


class EmptyInput(InputError):
    code = "empty"
    zh, en = "内容是空的（0 字节）", "it is empty (0 bytes)"
    mend_zh = "请确认文件已下载完整，再导入一次。"
    mend_en = "Check that it was downloaded whole, then import it again."


class FormatUnknown(InputError):
    code = "format-unknown"
    zh, en = "不认识的文件格式（{format}）", "unknown format ({format})"
    mend_zh = "可读：网页、TXT、Markdown、PDF、Word、WPS、Excel、CSV、OFD、RTF、WARC；请先另存为其中一种。"
    mend_en = (
        "Readable: HTML, TXT, Markdown, PDF, Word, WPS, Excel, CSV, OFD, RTF, WARC; save it as one of these."
    )


class FileBroken(InputError):
    code = "file-broken"
    zh, en = "{format} 文件已损坏，无法读取", "broken {format}: it cannot be read ({detail})"
    mend_zh = "请重新下载，或用原软件打开后另存一份。"
    mend_en = "Download it again, or open it in its own program and save a new copy."


class FileEncrypted(InputError):
    code = "file-encrypted"
    zh, en = "{format} 文件有密码保护", "the {format} is protected by a password"
    mend_zh = "请去掉密码后再导入。"
    mend_en = "Remove the password, then import it again."


class ConverterMissing(InputError):
    code = "converter-missing"
    zh, en = (
        "读取 {format} 文件需要 LibreOffice，本机没有找到",
        "reading {format} needs LibreOffice, which was not found",
    )
    mend_zh = (
        "原件已保存。请安装 LibreOffice（或在设置 read.office 中写明 soffice 的位置）后执行 cunzhao rebuild；"
        "也可以另存为 DOCX 后导入。"
    )
    mend_en = (
        "The original is kept. Install LibreOffice (or name its soffice in read.office), then run "
        "`cunzhao rebuild`; or save it as DOCX and import that."
    )


class ConversionFailed(InputError):
    code = "conversion-failed"
    zh, en = (
        "LibreOffice 没能转换这个 {format} 文件",
        "LibreOffice could not convert this {format} ({detail})",
    )
    mend_zh = "原件已保存。请用原软件打开后另存为 DOCX 再导入。"
    mend_en = "The original is kept. Open it in its own program, save it as DOCX and import that."


class FileTooLarge(InputError):
    code = "file-too-large"
    zh, en = "太大：超过 {limit} 字节", "too large: more than {limit} bytes"
    mend_zh = "可在设置中提高上限后重试。"
    mend_en = "Raise the limit in the settings, then try again."


class ReadTimeout(InputError):
    code = "read-timeout"
    zh, en = "{limit} 秒内没有读完", "reading did not end within {limit} s"
    mend_zh = "原件已保存；可在设置中提高 read.timeout 后执行 cunzhao rebuild。"
    mend_en = "The original is kept; raise read.timeout in the settings, then run `cunzhao rebuild`."


class ReadCrashed(InputError):
    code = "read-crashed"
    zh, en = "阅读程序中途退出（内存不足或文件有误）", "the reading worker died (memory, or a bad file)"
    mend_zh = "原件已保存；可在设置中提高 read.memory 后执行 cunzhao rebuild。"
    mend_en = "The original is kept; raise read.memory in the settings, then run `cunzhao rebuild`."


class WarcBroken(InputError):
    code = "warc-broken"
    zh = "WARC 在第 {offset} 字节处损坏或中断；此前的 {whole} 条记录完好"
    en = "the WARC is broken or cut at byte {offset}; the {whole} records before it are whole"
    mend_zh = "完好的记录已导入；请重新取得完整文件后再导入一次。"
    mend_en = "The whole records were imported; get the complete file and import it again."


class WarcNotSeekable(InputError):
    code = "warc-not-seekable"
    zh = "整个 WARC 压成了一块，无法逐条定位记录"
    en = "the WARC is compressed as one piece; its records cannot be reached one by one"
    mend_zh = "请用 warcio（pip install warcio）转换：warcio recompress 旧文件 新文件，再导入新文件。"
    mend_en = (
        "Convert it with warcio (pip install warcio): `warcio recompress OLD NEW`, then import the new file."
    )


class NoPages(InputError):
    """A WARC file was taken in, but nothing in it is a page of its own."""

    code = "no-pages"
    zh, en = "这个 WARC 文件里没有网页", "there is no page in this WARC file"
    mend_zh = "其中的记录已存入存档，但没有可显示的快照；请确认文件是否完整。"
    mend_en = "Its records are kept, but there is nothing to show; check that the file is the right one."


class NotFound(InputError):
    code = "not-found"
    zh, en = "没有这个{what}", "there is no such {what_en}"
    mend_zh = "请从列表中选择，或用 cunzhao list 查看编号。"
    mend_en = "Choose it from the list, or see the ids with `cunzhao list`."


class PageMissing(NotFound):
    """An address that no page of ours has. For programs it is a `not-found` like any other."""

    zh, en = "没有这个页面", "there is no such page"
    mend_zh = "请检查网址有没有写错，或从首页进入。"
    mend_en = "Check the address, or begin at the home page."


class UsageWrong(InputError):
    """Asked wrongly; `mend` and `mend_en` may say what to do instead."""

    code = "usage"
    zh, en = "{detail}", "{detail_en}"
    mend_zh, mend_en = "{mend}", "{mend_en}"

    def __init__(self, input: str, **values: Any) -> None:
        usual = {"mend": "请按提示修改后重试。", "mend_en": "Correct it and try again."}
        super().__init__(input, **{**usual, **values})


class NoSuchChoice(UsageWrong):
    """What was asked for by its name is not there: a division, a collection, a cursor that nobody gave."""


class NameInUse(UsageWrong):
    """Something else is called so, or the thing itself is."""


class FieldsWrong(InputError):
    """Fields of a fact that will not do; `fields` says of each, in Chinese, why."""

    code = "fields-wrong"
    zh, en = "填写有误（{detail}）", "this will not do ({detail_en})"
    mend_zh, mend_en = "请改好标出的各项，再保存一次。", "Correct them and save again."


class FactChanged(InputError):
    """A fact that was on the page when it was opened, and is no more as it was."""

    code = "fact-changed"
    zh, en = "这条数据已经不是原来的样子了", "this fact is no more as it was"
    mend_zh = "可能刚被改正，或页面被重新阅读；请刷新页面，再改一次。"
    mend_en = "It was corrected or read anew meanwhile; load the page again."


class EditConflict(InputError):
    """Somebody else has edited the same thing since it was opened."""

    code = "edit-conflict"
    zh, en = (
        "你打开之后，别人已经改过它，你的修改没有保存",
        "it was edited by somebody else since you opened it",
    )
    mend_zh = "请对照现在的内容，把你的修改合进去，再保存一次。"
    mend_en = "Compare with what it is now, put your changes in, and save again."


class LinkKnown(InputError):
    """A link that is kept already, perhaps in another spelling: `url`, `title`, `link` (its id)."""

    code = "link-known"
    zh, en = "已有这个链接：{title}（{url}）", "this link is kept already: {title} ({url})"
    mend_zh = "页面有更新，就给它再存一个快照；确是另一个页面，可仍作为新链接保存。"
    mend_en = "Take a new snapshot of it; or keep this as a link of its own if it is another page."


class QuoteMissing(InputError):
    """Words that a user names as standing in a text."""

    code = "quote-missing"
    zh, en = "正文里没有这段文字", "the text does not hold these words"
    mend_zh = "请从“正文”里原样复制，一次只复制连续的一段。"
    mend_en = "Copy them from the text as they stand there, in one piece."


class HostRefused(InputError):
    """Asked under a name that is not ours: some page may have pointed its name at us (DNS rebinding)."""

    code = "host-refused"
    zh, en = "本程序不以这个主机名提供服务", "this program does not answer under this host name"
    mend_zh = "请用启动时显示的地址打开；要用其他主机名，请在启动时指定（serve --name）。"
    mend_en = "Open the address shown at the start; name another host when starting (serve --name)."


class CrossSiteRefused(InputError):
    code = "cross-site"
    zh, en = "这个请求来自别的网站，未予执行", "the request came from another site and was not carried out"
    mend_zh = "请在存照自己的页面上操作。"
    mend_en = "Do it on a page of Cunzhao itself."


# --- who asks -----------------------------------------------------------------------------------------


class AccessError(InputError):
    """Who asks may not, or has not said who he is."""


class LoginNeeded(AccessError):
    code = "login-needed"
    zh, en = "需要先登录", "a login is needed"
    mend_zh = "请登录后再打开；程序请用有效的令牌（Authorization: Bearer …）。"
    mend_en = "Log in, then open it again; a program sends a valid token (Authorization: Bearer ...)."


class LoginRefused(AccessError):
    code = "login-refused"
    zh, en = "姓名或密码不对", "the name or the password is wrong"
    mend_zh = "请检查后再试；忘记密码请找管理员重设。"
    mend_en = "Check both and try again; an administrator can set a new password."


class TooManyAttempts(AccessError):
    code = "too-many-attempts"
    zh, en = "登录失败次数太多", "too many logins have failed"
    mend_zh = "请在 {minutes} 分钟后再试；已登录的人不受影响。"
    mend_en = "Try again in {minutes} minutes; who is logged in is not affected."


class RoleRefused(AccessError):
    code = "role-refused"
    zh, en = "您没有做这件事的权限（需要：{needed}）", "you may not do this (needed: {needed_en})"
    mend_zh = "如确有需要，请管理员调整您的角色或令牌的范围。"
    mend_en = "If you need it, ask an administrator for the role, or use a token of wider scope."


class FormStale(AccessError):
    """A form, or a request with a cookie, without the word that our own pages carry (CSRF)."""

    code = "form-stale"
    zh, en = "这个页面已过期，未执行", "this form is out of date; nothing was done"
    mend_zh = "请返回并刷新页面，再提交一次。"
    mend_en = "Go back, reload the page and send it again."


class PasswordWeak(AccessError):
    code = "password-weak"
    zh, en = "这个密码不能用：{detail}", "this password cannot be used: {detail_en}"
    mend_zh = "请用至少 10 个字符、不易猜到的密码，例如几个不相干的词。"
    mend_en = "Use at least 10 characters that nobody guesses: some words that do not belong together."


class NameTaken(AccessError):
    code = "name-taken"
    zh, en = "已有同名的用户", "there is a user of this name"
    mend_zh = "请换一个姓名；停用的用户可以重新启用。"
    mend_en = "Choose another name; a user who was shut out can be let in again."


class LastAdministrator(AccessError):
    code = "last-administrator"
    zh, en = "这是最后一位管理员", "this is the last administrator"
    mend_zh = "请先让另一位用户成为管理员。"
    mend_en = "Make another user administrator first."


class ShareGone(AccessError):
    code = "share-gone"
    zh, en = "这个共享链接不存在或已到期", "this shared link does not exist, or has ended"
    mend_zh = "请向分享的人要一个新的链接。"
    mend_en = "Ask whoever shared it for a new one."


# --- the fetch ----------------------------------------------------------------------------------------


class FetchError(CunzhaoError):
    """A fetch did not bring a usable answer."""


class HostUnknown(FetchError):
    code = "host-unknown"
    zh, en = "找不到主机 {host}", "the host {host} is unknown"
    mend_zh = "请检查网址有没有写错，或网络能否解析该域名。"
    mend_en = "Check the address, and whether the network resolves this name."


class ConnectFailed(FetchError):
    code = "connect-failed"
    zh, en = "无法连接 {host}", "no connection to {host} could be made"
    mend_zh = "网站可能已停用或端口不对；稍后再试，或检查网址。"
    mend_en = "The site may be down or the port wrong; try later, or check the address."


class TlsFailed(FetchError):
    code = "tls-failed"
    zh, en = "与 {host} 的加密连接失败（{detail}）", "TLS with {host} failed ({detail})"
    mend_zh = "证书可能过期或不受信任；请核实网址，或改用 http 地址。"
    mend_en = "The certificate may be expired or not trusted; check the address, or use http."


class FetchTimeout(FetchError):
    code = "timeout"
    zh, en = "{limit} 秒内没有响应完", "no complete answer within {limit} s"
    mend_zh = "网站较慢；可稍后再试，或在设置中提高 collect.timeout。"
    mend_en = "The site is slow; try later, or raise collect.timeout in the settings."


class TooManyRedirects(FetchError):
    code = "redirect-loop"
    zh, en = "跳转超过 {limit} 次，或循环跳转", "more than {limit} redirects, or a loop"
    mend_zh = "请在浏览器中打开，把最终的网址粘贴过来。"
    mend_en = "Open it in a browser and paste the address where it ends."


class BodyTooLarge(FetchError):
    code = "body-too-large"
    zh, en = "正文超过上限 {limit} 字节", "the body is larger than {limit} bytes"
    mend_zh = "可在设置中提高 collect.max_body 后重试。"
    mend_en = "Raise collect.max_body in the settings, then try again."


class DecompressionBomb(FetchError):
    code = "decompression-bomb"
    zh, en = "解压后超过 {limit} 字节，疑为压缩炸弹", "it unpacks to more than {limit} bytes"
    mend_zh = "未予阅读；若确认可信，可在设置中提高 read.max_decoded。"
    mend_en = "It was not read; if you trust it, raise read.max_decoded in the settings."


class ServerBroke(FetchError):
    code = "server-broke"
    zh, en = "服务器的应答中断或不合规范（{detail}）", "the answer broke off or is malformed ({detail})"
    mend_zh = "请稍后再试。"
    mend_en = "Try again later."


class AddressRefused(FetchError):
    code = "address-refused"
    zh = "{host} 指向内部地址（{address}），出于安全考虑，未予访问"
    en = "{host} is not a public address ({address}); it was not reached, for safety"
    mend_zh = "如确需抓取内网网站，请把它写进设置 egress.allow（或 CUNZHAO_ALLOW_HOSTS）。"
    mend_en = "To capture an intranet site, name it in egress.allow (or CUNZHAO_ALLOW_HOSTS)."


class HttpStatus(FetchError):
    """The page answered, with an error status; the answer is kept as a snapshot with verdict `error`."""

    code = "http-status"
    zh, en = "网站返回 {status} {phrase}", "the site answered {status} {phrase}"
    mend_zh = "应答已留存；页面可能已移走，请检查网址。"
    mend_en = "The answer is kept; the page may have moved, check the address."


class Challenge(FetchError):
    """The site answers with a script to run instead of the page (瑞数, 521); the answer is kept."""

    code = "challenge"
    zh, en = "网站要求先通过脚本验证（{status}），没有给出正文", "the site asks for a script check ({status})"
    mend_zh = "应答已留存；请在浏览器中打开，另存为网页后用“导入文件”保存。"
    mend_en = "The answer is kept; open it in a browser, save it, and bring the file in (`cunzhao import`)."


class LoginWall(FetchError):
    """The page asks for a login instead of showing what the link promised; the answer is kept."""

    code = "login-wall"
    zh, en = "页面要求先登录，没有给出正文", "the page asks for a login and does not show its text"
    mend_zh = "应答已留存；请登录后在浏览器中另存为网页，再用“导入文件”保存。"
    mend_en = "The answer is kept; log in, save the page, and bring the file in (`cunzhao import`)."


class SoftNotFound(FetchError):
    """The site answers 200 with a page that says the content is gone, or with its home page instead."""

    code = "soft-404"
    zh = "网站应答正常，但内容像是“页面不存在”的提示"
    en = "the site answers 200 with a page that says it is gone"
    mend_zh = "应答已留存；请核对网址，或到网站首页查找新的地址。"
    mend_en = "The answer is kept; check the address, or look for the new one on the site."


class BrowserMissing(FetchError):
    code = "browser-missing"
    zh, en = "这个页面要用浏览器抓取，但没有找到浏览器", "this page needs a browser, and none was found"
    mend_zh = "请安装 Chromium、Chrome 或 Edge，或在设置 collect.browser 中写明它的路径。"
    mend_en = "Install Chromium, Chrome or Edge, or name its program in collect.browser in the settings."


class BrowserFailed(FetchError):
    """The browser or the page's process ended or hung, twice."""

    code = "browser-failed"
    zh, en = "浏览器在抓取此页时中断（{detail}），重试一次仍未成功", "the browser broke off twice ({detail})"
    mend_zh = "请稍后再试，或用 --engine http 只抓取不运行脚本的部分。"
    mend_en = "Try again later, or use --engine http for what can be had without script."


# --- the model ----------------------------------------------------------------------------------------


class ModelFailed(CunzhaoError):
    """The language model was asked and gave nothing that can be used; the facts of the rules stand."""

    code = "model-failed"
    zh, en = "语言模型没有给出可用的回答（{detail}）", "the model gave no usable answer ({detail})"
    mend_zh = "规则抽取的结果不受影响；请检查设置 model.address、model.name 和 model.key。"
    mend_en = "What the rules find is not affected; check model.address, model.name and model.key."


# --- the store ----------------------------------------------------------------------------------------


class StoreError(CunzhaoError):
    """What is kept cannot be written or read."""


class DiskFull(StoreError):
    code = "disk-full"
    zh, en = "磁盘已满，已停止写入", "the disk is full; writing has stopped"
    mend_zh = "请清理空间后重试；此前保存的内容不受影响。"
    mend_en = "Free some space and try again; what was saved before is whole."


class PathUnusable(StoreError):
    """The operating system refuses a file or a folder; `detail` is its own words."""

    code = "path-unusable"
    zh, en = "无法读写（{detail}）", "it cannot be read or written ({detail})"
    mend_zh = "请检查这个路径是否存在、有没有读写权限，或换一个位置。"
    mend_en = "Check that the path exists and may be read and written, or choose another."

    @classmethod
    def of(cls, error: OSError, path: str = "") -> StoreError:
        """The error of `path`, or of the file the system names; a full disk is DiskFull."""
        named = path or str(error.filename or "?")
        if error.errno == errno.ENOSPC:
            return DiskFull(named)
        return cls(named, detail=error.strerror or str(error))


class DigestMismatch(StoreError):
    code = "digest-mismatch"
    zh = "内容摘要是 {actual}，记录为 {expected}：已被改动或损坏"
    en = "the payload is {actual}, the record says {expected}: it was changed or damaged"
    mend_zh = "请从备份恢复该 WARC 文件，或重新抓取。"
    mend_en = "Restore this WARC file from a backup, or capture the page again."


class RecordMissing(StoreError):
    code = "record-missing"
    zh, en = "存档中没有这条记录", "the archive has no such record"
    mend_zh = "请执行 cunzhao verify 查看缺失的文件。"
    mend_en = "Run `cunzhao verify` to see which files are missing."


class DatabaseUnreachable(StoreError):
    code = "database-unreachable"
    zh, en = "连不上数据库（{detail}）", "the database cannot be reached ({detail})"
    mend_zh = "请检查设置 storage.database 和数据库服务。"
    mend_en = "Check storage.database in the settings, and the database server."


class DatabaseDamaged(DatabaseUnreachable):
    code = "database-damaged"
    zh, en = "这个文件不是可用的数据库（{detail}）", "this file is no usable database ({detail})"
    mend_zh = "请把它移到别处（连同 -wal 和 -shm 文件），再执行 cunzhao rebuild，由存档文件重建。"
    mend_en = (
        "Move it away (with its -wal and -shm files), then run `cunzhao rebuild`: the archive holds all."
    )


# --- settings -----------------------------------------------------------------------------------------


class SettingsError(CunzhaoError):
    """The settings cannot be used; nothing was started."""


class SettingUnknown(SettingsError):
    code = "setting-unknown"
    zh, en = "没有这项设置", "there is no such setting"
    mend_zh = "可用的设置：{known}。"
    mend_en = "Known settings: {known}."


class SettingWrong(SettingsError):
    code = "setting-wrong"
    zh, en = "设置的值不对：{detail}", "wrong value: {detail_en}"
    mend_zh = "请改正后重试。"
    mend_en = "Correct it and try again."

    def __init__(self, input: str, *, detail: str, detail_en: str = "", **values: Any) -> None:
        super().__init__(input, detail=detail, detail_en=detail_en or detail, **values)


class PortTaken(SettingsError):
    code = "port-taken"
    zh, en = "这个端口已被占用", "this port is taken"
    mend_zh = "请关闭占用它的程序，或换一个端口（make run PORT=8900 SAMPLE_PORT=8901）。"
    mend_en = "Stop the program that holds it, or choose another port (make run PORT=8900 SAMPLE_PORT=8901)."


class AdministratorMissing(SettingsError):
    """Asked to be reached from other machines while nobody could log in."""

    code = "administrator-missing"
    zh = "要让其他机器访问，须先有一位管理员"
    en = "to be reached from elsewhere there must be an administrator"
    mend_zh = "请执行 cunzhao user add 姓名 --role administrator，再启动。"
    mend_en = "Run `cunzhao user add NAME --role administrator`, then start again."
