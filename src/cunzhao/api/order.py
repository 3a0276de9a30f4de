"""Operations on tags, collections and saved searches. Each asks core once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.responses import Response

from cunzhao.api.keeping import add_operations, json
from cunzhao.core.values.pages import CollectionPage
from cunzhao.core.values.workbench import (
    Arrangement,
    CollectionCard,
    CollectionEdit,
    CollectionsPage,
    NewCollection,
    NewSearch,
    SavedSearch,
    SearchEdit,
    TagChange,
    TagRename,
    TagsPage,
)

if TYPE_CHECKING:
    from cunzhao.core import Core


@dataclass(frozen=True, slots=True)
class TagOperations:
    core: Core

    def listed(self) -> Response:
        """Every tag with its links and those below it, and the last changes, which may be undone."""
        return json(self.core.tags())

    def rename(self, asked: TagRename) -> Response:
        """Rename a tag with all below it; where the new name is in use both become one."""
        return json(self.core.rename_tag(asked.old, asked.new))

    def undo(self, change: str) -> Response:
        """Take a renaming or merger back; what was changed since stays."""
        return json(self.core.undo_tag_change(change))


@dataclass(frozen=True, slots=True)
class CollectionOperations:
    core: Core

    def listed(self) -> Response:
        """Collections by title, and those taken away."""
        return json(self.core.collections())

    def make(self, new: NewCollection) -> Response:
        """Make a collection; put links in by `/links/bulk`."""
        return json(self.core.make_collection(new.title, new.note), 201)

    def shown(self, collection: str, cursor: str | None = None) -> Response:
        """A collection with its links in order; `next` is the cursor of the following page."""
        return json(self.core.collection(collection, cursor=cursor))

    def edit(self, collection: str, edit: CollectionEdit) -> Response:
        """Change title or note. With its `version`, refused (409) where it was edited meanwhile."""
        return json(
            self.core.edit_collection(collection, title=edit.title, note=edit.note, version=edit.version)
        )

    def arrange(self, collection: str, wanted: Arrangement) -> Response:
        """Put links in order; those not named stay. With `version`, refused (409) where it was edited."""
        return json(self.core.arrange_collection(collection, wanted.links, version=wanted.version))

    def remove(self, collection: str) -> Response:
        """Take a collection away; its links stay."""
        return json(self.core.remove_collection(collection))

    def restore(self, collection: str) -> Response:
        """Bring a collection back, with its order."""
        return json(self.core.restore_collection(collection))


@dataclass(frozen=True, slots=True)
class SearchOperations:
    core: Core

    def listed(self) -> Response:
        """Saved searches by name."""
        return json(self.core.saved_searches())

    def save(self, new: NewSearch) -> Response:
        """Keep a query with its filters, as they stand in a search page's address, under a name."""
        return json(self.core.save_search(new.name, new.query), 201)

    def edit(self, search: str, edit: SearchEdit) -> Response:
        """Change name or query. With its `version`, refused (409) where it was edited meanwhile."""
        return json(self.core.edit_search(search, name=edit.name, query=edit.query, version=edit.version))

    def drop(self, search: str) -> Response:
        """Drop a saved search; the answer holds what saving it again takes."""
        return json(self.core.drop_search(search))


def add_order(api: APIRouter, core: Core) -> None:
    tags, sets, searches = TagOperations(core), CollectionOperations(core), SearchOperations(core)
    one = "/collections/{collection}"
    add_operations(
        api,
        [
            ("GET", "/tags", tags.listed, "标签：层级、数目、最近的改动", 200, TagsPage),
            ("POST", "/tags/rename", tags.rename, "标签改名或合并", 200, TagChange),
            ("POST", "/tags/changes/{change}/undo", tags.undo, "撤销标签的改名或合并", 200, TagChange),
            ("GET", "/collections", sets.listed, "专题列表", 200, CollectionsPage),
            ("POST", "/collections", sets.make, "新建专题", 201, CollectionCard),
            ("GET", one, sets.shown, "一个专题和它的链接", 200, CollectionPage),
            ("PUT", one, sets.edit, "修改专题的名称或备注", 200, CollectionCard),
            ("PUT", f"{one}/order", sets.arrange, "排列专题里的链接", 200, CollectionCard),
            ("DELETE", one, sets.remove, "删除专题（可恢复）", 200, CollectionCard),
            ("POST", f"{one}/restore", sets.restore, "恢复专题", 200, CollectionCard),
            ("GET", "/searches", searches.listed, "保存的检索", 200, list[SavedSearch]),
            ("POST", "/searches", searches.save, "保存检索", 201, SavedSearch),
            ("PUT", "/searches/{search}", searches.edit, "修改保存的检索", 200, SavedSearch),
            ("DELETE", "/searches/{search}", searches.drop, "删除保存的检索", 200, SavedSearch),
        ],
    )
