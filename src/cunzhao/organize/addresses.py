"""Two addresses that are most likely one page: how a link that is kept already is noticed. Pure.

More is taken for the same than `collect.urls.url_key` does, by which a link is named: nothing is merged by
this, a user is asked.
"""

from __future__ import annotations

import hashlib
import re
from urllib.parse import urlsplit

_PORTS = {"http": ":80", "https": ":443"}
#: Parameters that say where a reader came from, not what he reads.
_TRACKING = re.compile(
    r"utm_\w*|_?hs(?:enc|mi)|mc_[ce]id|(?:fb|gc|dc|msc|y|ttc|twc)lk?id|fbclid|gclid|dclid|igshid|spm|scm|"
    r"spm_id_from|vd_source|share_\w+|isappinstalled|from_source|from_spmid|unique_k|bd_vid|_t_t_t|ivk_sa",
    re.IGNORECASE,
)
#: WeChat's, under names that mean something elsewhere.
_WECHAT = re.compile(
    r"chksm|scene|subscene|clicktime|enterid|ascene|devicetype|nettype|abtest_cookie|pass_ticket|wx_header|"
    r"exportkey|sessionid|sharer_\w+|srcid|key|uin|version|lang",
    re.IGNORECASE,
)
_FROM = ("from=timeline", "from=singlemessage", "from=groupmessage")


def address_key(url: str) -> str:
    """What is the same for addresses of one page: `https://www.X.cn:443/a/?utm_source=b` -> `x.cn/a`.

    Left out are http or https, `www.`, the default port, slashes at the end of the path, the fragment and
    tracking parameters; the order of the others does not count. What is no http(s) address is its own key.
    Raises nothing.
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not parts.netloc:
        return url
    host = parts.netloc.lower().removesuffix(_PORTS[scheme]).removeprefix("www.")
    wanted = sorted(one for one in parts.query.split("&") if one and not _tracks(one, host))
    query = f"?{'&'.join(wanted)}" if wanted else ""
    return f"{host}{parts.path.rstrip('/')}{query}"


def address_id(url: str) -> str:
    """16 hex digits of `address_key`: short enough for any database to index."""
    return hashlib.sha256(address_key(url).encode("utf-8", "replace")).hexdigest()[:16]


def _tracks(parameter: str, host: str) -> bool:
    name = parameter.partition("=")[0]
    wechat = host == "mp.weixin.qq.com" and bool(_WECHAT.fullmatch(name))
    return wechat or parameter in _FROM or bool(_TRACKING.fullmatch(name))
