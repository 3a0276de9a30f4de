"""What every route of the pages and of the API needs: the one table. A route that is not in it opens to
administrators alone, and a test fails for it.

Of what changes something the words stand here too, for the audit log; where they are missing, `access` writes
its own entry about what was done.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from cunzhao.access.types import Role

#: anyone: without a login; person: whoever is logged in himself, no token; else the least role.
Need = Literal["anyone", "person", "viewer", "editor", "administrator"]
ROLE_WORDS: dict[Role, tuple[str, str]] = {
    "viewer": ("浏览者", "viewer"),
    "editor": ("编辑", "editor"),
    "administrator": ("管理员", "administrator"),
}


@dataclass(frozen=True, slots=True)
class Right:
    need: Need
    zh: str = ""
    en: str = ""


_OPEN = """
MOUNT /static
GET /login
POST /login
POST /settings/look
GET /shared/{secret}
GET /shared/{secret}/snapshot/{snapshot}
GET /shared/{secret}/view/{snapshot}
GET /shared/{secret}/view/{snapshot}/r
GET /shared/{secret}/view/{snapshot}/page/{page}.png
"""
_OWN = """
POST /logout
GET /account
POST /account/password
POST /account/tokens
POST /account/tokens/{token}/revoke
POST /account/logins/{login}/end
"""
_READ = """
GET /
GET /jobs/{job}
GET /links/{link}
GET /links/{link}/compare
GET /trash
GET /about
GET /settings
GET /feeds/links.atom
GET /feeds/contradictions.atom
GET /api
GET /api/openapi.json
GET /snapshot/{snapshot}
GET /snapshot/{snapshot}/record
GET /snapshot/{snapshot}/record.docx
GET /view/{snapshot}
GET /view/{snapshot}/r
GET /view/{snapshot}/page/{page}.png
GET /view/{snapshot}/{kind}
GET /icon/{snapshot}
GET /record/{record}
GET /download/{snapshot}
GET /search
GET /search/aliases
GET /search/facts
GET /figures
GET /figures.{form}
GET /figures/chart.{form}
GET /agreements
GET /agreements/network.{form}
GET /names
GET /projects
GET /projects/by-{by}.{form}
GET /collections
GET /collections/{collection}
GET /collections/{collection}.csv
GET /searches
GET /tags
GET /api/collections
GET /api/collections/{collection}
GET /api/collections/{collection}.csv
GET /api/links/{link}
GET /api/links/{link}/suggestions
GET /api/links/{link}/snapshots
GET /api/links/{link}/history
GET /api/links/{link}/compare
GET /api/searches
GET /api/tags
GET /tasks
GET /contradictions
GET /reposts
GET /reposts/{snapshot}
GET /brief
POST /brief
GET /snapshot/{snapshot}/facts/{fact}
GET /snapshot/{snapshot}/missing
GET /corrections
GET /corrections.jsonl
GET /indicators
GET /api/links
GET /api/snapshots/{snapshot}
GET /api/snapshots/{snapshot}/record
GET /api/snapshots/{snapshot}/record.docx
GET /api/snapshots/{snapshot}/text
GET /api/snapshots/{snapshot}/places
GET /api/snapshots/{snapshot}/payload
GET /api/snapshots/{snapshot}/renditions/{kind}
GET /api/search
GET /api/search/aliases
GET /api/search/facts
GET /api/search/titles
GET /api/figures
GET /api/figures/chart
GET /api/figures.{form}
GET /api/figures/chart.{form}
GET /api/agreements
GET /api/agreements.{form}
GET /api/agreements/network.{form}
GET /api/projects
GET /api/projects.{form}
GET /api/projects/by-{by}.{form}
GET /api/names
GET /api/names.{form}
GET /api/tasks
GET /api/contradictions
GET /api/reposts
GET /api/reposts/{snapshot}
GET /api/jobs
GET /api/jobs/{job}
GET /api/trash
GET /api/records/{record}
GET /api/corrections
GET /api/corrections.jsonl
GET /api/indicators
POST /api/brief
POST /mcp
GET /api/account
"""
_EDIT = """
GET /shares
POST /shares
POST /shares/{share}/revoke
GET /api/shares
POST /api/shares
DELETE /api/shares/{share}
POST /links | 提交链接 | links added
POST /import | 导入文件 | files imported
POST /links/files | 导入链接清单 | links added from files
POST /links/bulk | 批量处理链接 | acted on many links
POST /links/undo | 撤销批量处理 | act on many links undone
POST /links/{link}/tags | 设定标签 | tags set
POST /links/{link}/accept | 采用建议的标签 | suggested tag taken
POST /links/{link}/note | 写备注 | note written
POST /jobs/{job}/stop | 停止保存 | job stopped
POST /jobs/{job}/resume | 继续保存 | job resumed
POST /jobs/{job}/retry | 重试失败的链接 | failed links tried again
POST /jobs/{job}/dismiss | 收起任务 | job dismissed
POST /collections | 新建专题 | collection made
POST /collections/{collection} | 修改专题 | collection edited
POST /collections/{collection}/order | 调整专题次序 | collection put in order
POST /collections/{collection}/take | 移出专题 | taken out of a collection
POST /collections/{collection}/remove | 移除专题 | collection taken away
POST /collections/{collection}/restore | 恢复专题 | collection brought back
POST /search/aliases | 添加检索简称 | abbreviation added
POST /search/aliases/undo | 撤销检索简称 | abbreviation undone
POST /search/bulk | 批量处理检索结果 | acted on all links found
POST /search/bulk/undo | 撤销批量处理 | act on many links undone
POST /searches | 保存检索 | search saved
POST /searches/{search} | 修改保存的检索 | saved search edited
POST /searches/{search}/drop | 删除保存的检索 | saved search dropped
POST /tags/rename | 标签改名或合并 | tag renamed or merged
POST /tags/changes/{change}/undo | 撤销标签改名 | renaming of a tag undone
POST /links/{link}/remove | 移入回收站 | moved to the trash
POST /links/{link}/restore | 从回收站恢复 | restored from the trash
POST /snapshot/{snapshot}/facts/{fact} | 改正数据 | fact corrected
POST /snapshot/{snapshot}/facts/{fact}/reject | 标为不对 | fact rejected
POST /snapshot/{snapshot}/missing | 补充数据 | fact added
POST /snapshot/{snapshot}/checked | 标记核对 | kind checked
POST /corrections/{correction}/undo | 撤销改正 | correction undone
POST /indicators | 归并指标 | indicator named
POST /indicators/undo | 撤销归并 | name of an indicator undone
POST /api/jobs | 提交链接 | links added
POST /api/import | 导入文件 | files imported
POST /api/jobs/files | 导入链接清单 | links added from files
POST /api/jobs/{job}/stop | 停止保存 | job stopped
POST /api/jobs/{job}/resume | 继续保存 | job resumed
POST /api/jobs/{job}/retry | 重试失败的链接 | failed links tried again
POST /api/jobs/{job}/dismiss | 收起任务 | job dismissed
POST /api/links/bulk | 批量处理链接 | acted on many links
PUT /api/links/{link}/note | 写备注 | note written
POST /api/collections | 新建专题 | collection made
PUT /api/collections/{collection} | 修改专题 | collection edited
DELETE /api/collections/{collection} | 移除专题 | collection taken away
POST /api/collections/{collection}/restore | 恢复专题 | collection brought back
PUT /api/collections/{collection}/order | 调整专题次序 | collection put in order
POST /api/search/bulk | 批量处理检索结果 | acted on all links found
POST /api/search/aliases | 添加检索简称 | abbreviation added
DELETE /api/search/aliases | 撤销检索简称 | abbreviation undone
POST /api/searches | 保存检索 | search saved
PUT /api/searches/{search} | 修改保存的检索 | saved search edited
DELETE /api/searches/{search} | 删除保存的检索 | saved search dropped
POST /api/tags/rename | 标签改名或合并 | tag renamed or merged
POST /api/tags/changes/{change}/undo | 撤销标签改名 | renaming of a tag undone
PUT /api/links/{link}/tags | 设定标签 | tags set
DELETE /api/links/{link} | 移入回收站 | moved to the trash
POST /api/links/{link}/restore | 从回收站恢复 | restored from the trash
POST /api/snapshots/{snapshot}/corrections | 改正数据 | fact corrected
DELETE /api/corrections/{correction} | 撤销改正 | correction undone
PUT /api/snapshots/{snapshot}/checked/{kind} | 标记核对 | kind checked
DELETE /api/snapshots/{snapshot}/checked/{kind} | 取消核对 | kind unchecked
POST /api/indicators/aliases | 归并指标 | indicator named
DELETE /api/indicators/aliases/{alias:path} | 撤销归并 | name of an indicator undone
"""
_RULE = """
GET /links/{link}/purge
POST /links/{link}/purge | 彻底删除 | deleted for good
GET /users
POST /users
POST /users/{name}/role
POST /users/{name}/password
POST /users/{name}/disabled
POST /users/tokens/{token}/revoke
POST /settings/installation
GET /audit
GET /audit.csv
GET /api/settings
PUT /api/settings
GET /api/users
POST /api/users
PUT /api/users/{name}/role
PUT /api/users/{name}/password
GET /api/tokens
DELETE /api/tokens/{token}
GET /api/audit.csv
DELETE /api/trash/{link} | 彻底删除 | deleted for good
PUT /api/users/{name}/disabled
GET /api/audit
"""


def _table() -> dict[str, Right]:
    table = {}
    for need, lines in zip(get_args(Need), (_OPEN, _OWN, _READ, _EDIT, _RULE), strict=True):
        for line in lines.strip().splitlines():
            route, *words = (part.strip() for part in line.split(" | "))
            table[route] = Right(need, *words)
    return table


#: "METHOD /path/{template}" -> what it needs.
RIGHTS = _table()
UNKNOWN = Right("administrator")  # a route nobody has thought about
NOWHERE = Right("viewer")  # an address of no route: told as missing to those who may read

#: What `access` itself writes into the audit log.
DEEDS = {
    "login": ("登录", "logged in"), "login-failed": ("登录失败", "login failed"),
    "logout": ("退出", "logged out"),
    "login-ended": ("结束登录", "login ended"), "password-changed": ("修改密码", "password changed"),
    "password-reset": ("重设密码", "password reset"), "account-added": ("添加用户", "user added"),
    "role-set": ("设定角色", "role set"), "account-disabled": ("停用用户", "user shut out"),
    "account-enabled": ("启用用户", "user let in"), "token-added": ("新建令牌", "token made"),
    "token-revoked": ("撤销令牌", "token revoked"), "share-added": ("共享专题", "collection shared"),
    "share-revoked": ("停止共享", "share ended"), "setting-set": ("修改设置", "setting changed"),
    "hosts-allowed": ("修改允许访问的主机", "hosts allowed changed"),
}  # fmt: skip


def deed_words(action: str) -> tuple[str, str]:
    """What an entry of the audit log tells, in Chinese and English."""
    if action in DEEDS:
        return DEEDS[action]
    right = RIGHTS.get(action)
    return (right.zh, right.en) if right and right.zh else (action, action)
