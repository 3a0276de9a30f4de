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


def _invalid(exc: RequestValidationError) -> CunzhaoError:
    first = exc.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    detail = f"请求的内容不合要求（{where}：{first['msg']}）"
    return errors.UsageWrong(where, detail=detail, detail_en=f"{where}: {first['msg']}")


def _of_status(exc: HTTPException, path: str) -> CunzhaoError:
    if exc.status_code == 404:
        return errors.PageMissing(path)
    if exc.status_code == 405:
        return errors.UsageWrong(path, detail="这个地址不支持此操作", detail_en="method not allowed here")
    return errors.UsageWrong(path, detail=f"请求无法处理（{exc.detail}）", detail_en=str(exc.detail))
