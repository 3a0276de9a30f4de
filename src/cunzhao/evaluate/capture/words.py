"""The codes of captures in Chinese words: verdicts, engines, roles, reasons. Pages use them too."""

from __future__ import annotations

import re

VERDICTS = {
    "complete": "完整", "partial": "部分", "challenge": "验证页", "login": "需登录", "error": "错误页",
    "soft-404": "疑似失效", "refused": "已拒绝", "unreachable": "打不开",
}  # fmt: skip
VERDICT_HELP = {
    "complete": "页面和它用到的资源都已保存",
    "partial": "页面已保存，有内容没有取到",
    "challenge": "网站要求验证（滑块、脚本验证等），保存的不是正文",
    "login": "网站要求登录，保存的是登录页",
    "error": "网站返回错误状态，应答已留存",
    "soft-404": "状态正常，但内容像“页面不存在”",
    "refused": "出于安全考虑，未予访问",
    "unreachable": "没有收到任何应答",
}
ENGINES = {"http": "直接抓取", "browser": "浏览器抓取", "import": "文件导入"}
ROLES = {
    "page": "页面", "stylesheet": "样式表", "image": "图片", "script": "脚本", "font": "字体",
    "next-page": "下一页", "frame": "框架", "icon": "图标", "media": "音视频", "xhr": "脚本取的数据",
    "worker": "后台脚本", "websocket": "实时连接", "rendition": "截图、打印版等", "other": "其他",
    "redirect": "跳转",
    "screenshot": "截图", "pdf": "打印版", "dom": "脚本运行后的页面", "text": "页面文字",
    "session": "抓取环境", "certificate": "证书", "pageinfo": "页面信息",
}  # fmt: skip
#: What stands behind a verdict, or why something is missing.
REASONS = {
    "timeout": "超时", "host-unknown": "找不到主机",
    "connect-failed": "无法连接", "tls-failed": "加密连接失败", "redirect-loop": "循环跳转",
    "body-too-large": "超过大小上限", "decompression-bomb": "疑为压缩炸弹", "server-broke": "应答中断",
    "address-refused": "内部地址，未予访问", "http-status": "网站返回错误状态",
    "scheme-refused": "不支持的地址", "missing-requisites": "有资源没有取到",
    "script-drawn": "正文由脚本生成，直接抓取没有取到",
    "script-images": "图片由脚本加载，直接抓取没有取到",
    "too-many": "资源过多", "too-deep": "框架嵌套过深", "file-too-large": "文件太大",
    "not-capturable": "实时连接，无法留存", "blocked": "被页面自身的策略阻止", "aborted": "页面自行取消",
    "elsewhere": "转到了别的网站", "late": "到时限仍未取完", "not-rendered": "未能完整生成",
    "challenge": "网站要求验证", "login-wall": "网站要求登录",
    "soft-404": "内容像“页面不存在”", "browser-missing": "没有找到浏览器", "browser-failed": "浏览器出错",
    "internal": "程序出错", "not-a-url": "不是网址", "url-credentials": "网址中含有密码",
    "empty": "内容是空的", "error": "出错",
}  # fmt: skip
#: Why this engine.
ENGINE_REASONS = {
    "asked": "用户指定", "static": "静态页面，不需要浏览器", "warc": "取自其他程序的 WARC 文件",
    "script-drawn": "正文由脚本生成", "app-root": "页面本身是空的，内容由脚本生成",
    "empty-content": "正文位置是空的，由脚本填入", "script-list": "列表由脚本生成",
    "script-text": "正文写在脚本里", "script-images": "图片由脚本加载", "script-chart": "图表由脚本绘制",
    "script-frame": "框架里的内容由脚本生成", "script-redirect": "由脚本转到另一页",
    "noscript": "页面要求启用脚本", "script-check": "网站用脚本验证访问者",
    "little-text": "直接取得的文字太少",
}  # fmt: skip
OPERATORS = {
    "cli": "命令行（cunzhao save）",
    "web": "网页界面或接口",
    "import": "文件导入",
    "schedule": "定时任务",
}
OPTIONS = {
    "fetch_timeout_s": "单次请求时限（秒）", "max_body_bytes": "单个内容上限（字节）",
    "max_redirects": "最多跟随跳转次数", "max_requisites": "一页最多资源数",
    "connections_per_host": "同一主机最多连接数", "host_delay_s": "同一主机请求间隔（秒）",
    "user_agent": "User-Agent（直接抓取）", "browser_timeout_s": "浏览器打开一页的时限（秒）",
    "browser_quiet_s": "页面静止判定（秒）", "renditions": "浏览器另行留存",
}  # fmt: skip
#: What else a browser engine tells of its browser.
BROWSER = {
    "program": "程序文件", "revision": "修订号", "user_agent": "User-Agent", "headless": "无界面运行",
    "window": "窗口", "locale": "语言", "time_zone": "页面看到的时区", "service_workers": "Service Worker",
    "profile": "用户数据", "flags": "启动参数",
}  # fmt: skip
#: Values of theirs that are words.
VALUES = {"blocked": "已阻止", "a fresh one for each page, in memory": "每页一份全新的，只在内存中"}


def reason(code: str) -> str:
    """What stands behind a verdict or a missing requisite; an unknown code is shown as it is."""
    status = re.fullmatch(r"status-(\d{3})", code)
    return f"网站返回 {status[1]}" if status else REASONS.get(code, code)


def engine_reason(code: str) -> str:
    """Why this engine; an unknown code is shown as it is."""
    return ENGINE_REASONS.get(code) or reason(code)
