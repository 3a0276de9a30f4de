"""The settings in words, in groups, for the page that shows them. A test misses the words of a new one."""

from __future__ import annotations

from dataclasses import dataclass

from cunzhao.language import N_


@dataclass(frozen=True, slots=True)
class Words:
    label: str
    unit: str = ""
    help: str = ""


SECONDS, BYTES, PAGES = N_("秒"), N_("字节"), N_("页")

#: Title: what it holds. Chinese texts, translated when they are shown.
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("工作习惯"), ("region", "lang")),
    (
        N_("模型"),
        (
            "model_address", "model_name", "model_key", "model_timeout_s", "model_piece_chars",
            "model_pieces",
        ),
    ),
    (N_("网络"), ("allow_hosts", "connections_per_host", "host_delay_s", "user_agent")),
    (
        N_("保存网页"),
        (
            "pages_at_once", "fetch_timeout_s", "max_body_bytes", "max_redirects", "max_requisites",
            "next_pages", "attachments",
        ),
    ),
    (N_("浏览器"), ("browser", "browser_pages", "browser_timeout_s", "browser_quiet_s", "renditions")),
    (N_("读取文件"), ("ocr_pages", "office", "parse_timeout_s", "parse_memory_bytes", "max_decoded_bytes")),
    (N_("存放"), ("database", "warc_max_bytes")),
)  # fmt: skip

WORDS: dict[str, Words] = {
    "lang": Words(N_("消息的语言"), help=N_("命令行、任务和导出里的文字；页面的语言在上面选。空着按系统。")),
    "region": Words(N_("本地"), help=N_("文中不写地名时，数字算哪里的，例如 绍兴市。")),
    "model_address": Words(
        N_("服务地址"),
        help=N_("OpenAI 兼容的服务，例如 http://127.0.0.1:8000/v1；空着就不问模型。正文会发给它。"),
    ),
    "model_name": Words(N_("模型名称"), help=N_("按服务里的叫法。")),
    "model_key": Words(N_("密钥"), help=N_("不显示，也不写进日志。")),
    "model_timeout_s": Words(N_("一次提问最多"), SECONDS),
    "model_piece_chars": Words(N_("一次发送"), N_("字")),
    "model_pieces": Words(N_("一份文件最多提问"), N_("次"), N_("超出的部分不发送。")),
    "allow_hosts": Words(
        N_("允许访问的内网主机"),
        help=N_(
            "平时只访问公网。写“主机”或“主机:端口”，用逗号隔开，例如 oa.example.gov.cn。改动记入操作记录。"
        ),
    ),
    "connections_per_host": Words(N_("同一主机同时连接")),
    "host_delay_s": Words(N_("同一主机两次请求间隔"), SECONDS),
    "user_agent": Words(N_("浏览器标识（User-Agent）")),
    "pages_at_once": Words(N_("同时保存"), PAGES),
    "fetch_timeout_s": Words(N_("取一个文件最多"), SECONDS),
    "max_body_bytes": Words(N_("单个文件最大"), BYTES),
    "max_redirects": Words(N_("最多跟随跳转"), N_("次")),
    "max_requisites": Words(N_("一页最多附带的图片、样式等")),
    "next_pages": Words(N_("接着保存“下一页”"), PAGES, N_("一篇文章分几页时。")),
    "attachments": Words(N_("随页面保存的附件")),
    "browser": Words(N_("浏览器程序"), help=N_("Chromium、Chrome 或 Edge 的位置；空着自动寻找。")),
    "browser_pages": Words(N_("浏览器同时打开"), PAGES),
    "browser_timeout_s": Words(N_("浏览器打开一页最多"), SECONDS),
    "browser_quiet_s": Words(N_("没有流量多久算打开完"), SECONDS),
    "renditions": Words(N_("浏览器另存的样子"), help=N_("截图、PDF、DOM、文字；none 为都不存。")),
    "ocr_pages": Words(N_("一份扫描件最多识别"), PAGES),
    "office": Words(N_("LibreOffice 程序"), help=N_("读 .doc 和 .wps 用；空着自动寻找。")),
    "parse_timeout_s": Words(N_("读一份文件最多"), SECONDS),
    "parse_memory_bytes": Words(N_("读文件最多用内存"), BYTES),
    "max_decoded_bytes": Words(N_("解压后最大"), BYTES),
    "database": Words(N_("数据库"), help=N_("空着用数据文件夹里的 SQLite。")),
    "warc_max_bytes": Words(N_("一个 WARC 文件最大"), BYTES),
}
SOURCES = {
    "default": N_("默认"), "file": N_("设置文件"), "environment": N_("环境变量"), "flag": N_("启动参数"),
}  # fmt: skip
