"""Any exception as the error it means, with the HTTP status it is answered by. Pages use it too."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from cunzhao import errors
from cunzhao.errors import CunzhaoError

#: The first class that matches counts.
STATUS: tuple[tuple[type[CunzhaoError], int], ...] = (
    (errors.NotFound, 404),
    (errors.NoSuchChoice, 404),
    (errors.NameInUse, 409),
    (errors.QuoteMissing, 404),
    (errors.UsageWrong, 422),
    (errors.FieldsWrong, 422),
    (errors.FactChanged, 409),
    (errors.EditConflict, 409),
    (errors.FileTooLarge, 413),
    (errors.HostRefused, 421),
    (errors.CrossSiteRefused, 403),
    (errors.LoginNeeded, 401),
    (errors.LoginRefused, 401),
    (errors.TooManyAttempts, 429),
    (errors.PasswordWeak, 422),
    (errors.NameTaken, 409),
    (errors.LastAdministrator, 409),
    (errors.ShareGone, 404),
    (errors.AccessError, 403),
    (errors.SettingsError, 422),
    (errors.InputError, 400),
    (errors.FetchError, 502),
    (errors.DiskFull, 507),
)


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    error: CunzhaoError


def answer_to(exc: Exception, path: str) -> Answer:
    """The status and the error in words for whatever a handler raised at `path`."""
    if isinstance(exc, CunzhaoError):
        return Answer(next((code for kind, code in STATUS if isinstance(exc, kind)), 500), exc)
    if isinstance(exc, RequestValidationError):
        return Answer(422, _invalid(exc))
    if isinstance(exc, HTTPException):
        if isinstance(exc.__cause__, CunzhaoError):  # raised while the body was being read
            return answer_to(exc.__cause__, path)
        return Answer(exc.status_code, _of_status(exc, path))
    return Answer(500, errors.InternalError(path))


#: What pydantic finds wrong, by its code, in Chinese.
_WRONG = {
    "literal_error": "只能是 {expected}", "missing": "没有填写", "extra_forbidden": "这一项不存在",
    "int_parsing": "应是整数", "int_type": "应是整数", "int_from_float": "应是整数",
    "int_parsing_size": "数字太大", "float_parsing": "应是数字", "bool_parsing": "应是 true 或 false",
    "bool_type": "应是 true 或 false", "float_type": "应是数字",
    "string_type": "应是文字", "list_type": "应是一列", "tuple_type": "应是一列",
    "json_invalid": "不是合格的 JSON", "dict_type": "应是一个对象", "dataclass_type": "应是一个对象",
    "string_too_long": "太长，最多 {max_length} 字", "string_too_short": "太短，至少 {min_length} 字",
    "string_pattern_mismatch": "写法不对", "greater_than_equal": "应不小于 {ge}",
    "less_than_equal": "应不大于 {le}", "too_long": "太多，最多 {max_length} 项",
    "too_short": "太少，至少 {min_length} 项",
}  # fmt: skip


def _invalid(exc: RequestValidationError) -> CunzhaoError:
    first = exc.errors()[0]
    place, *names = (str(part) for part in first["loc"] if "[" not in str(part))
    where, name = ".".join((place, *names)), ".".join(names)
    told = {
        key: str(value).replace("'", "").replace(" or ", "、") for key, value in first.get("ctx", {}).items()
    }
    wrong = _WRONG[first["type"]].format_map(told) if first["type"] in _WRONG else first["msg"]
    at = f"里“{name}”" if name else ""  # of the whole no name is told
    detail = f"{'网址' if place in ('query', 'path') else '提交的内容'}{at}{wrong}"
    return errors.UsageWrong(where, detail=detail, detail_en=f"{where}: {first['msg']}")


def _of_status(exc: HTTPException, path: str) -> CunzhaoError:
    if exc.status_code == 404:
        return errors.PageMissing(path)
    if exc.status_code == 405:
        return errors.UsageWrong(path, detail="这个地址不支持此操作", detail_en="method not allowed here")
    return errors.UsageWrong(path, detail=f"请求无法处理（{exc.detail}）", detail_en=str(exc.detail))
