"""What is asked of the index, as tantivy's queries. A term is literally held by what it finds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from tantivy import FieldType, Occur, Query

from cunzhao.organize.entries import DOCUMENT, FACT, START, bigrams
from cunzhao.organize.filters import Filters
from cunzhao.organize.types import FactPlace, FactsWanted

_TITLE_BOOST = 3.0
_BEGIN_BOOST = 5.0
_TITLE_WORDS = 40  # bigrams of a term looked for in titles
_ALL_OF = ("tag", "has")
_ANY_OF = ("collection", "area", "source", "kind", "verdict")


def documents(schema: Any, terms: Sequence[Sequence[str]], filters: Filters) -> Any:
    """Documents with one of the folded spellings of each term, that pass the filters."""
    must = [(Occur.Must, _any(schema, "text", spellings)) for spellings in terms]
    must += [(Occur.Should, _in_title(schema, spellings[0])) for spellings in terms]
    must += [(Occur.Must, _silent(query)) for query in _passing(schema, filters)]
    if not terms:
        must.append((Occur.Must, _silent(Query.term_query(schema, "type", DOCUMENT))))
    return Query.boolean_query(must)


def facts(schema: Any, wanted: FactsWanted) -> Any:
    must = [(Occur.Must, _any(schema, "words", spellings)) for spellings in wanted.terms]
    if wanted.indicators:
        must.append((Occur.Must, _any(schema, "indicator", wanted.indicators)))
    if wanted.regions or wanted.areas:
        coded = [Query.term_query(schema, "fact_area", code) for code in wanted.areas]
        named = [held(schema, "region", region) for region in wanted.regions]
        must.append((Occur.Must, Query.boolean_query([(Occur.Should, q) for q in (*coded, *named)])))
    if wanted.year:
        must.append((Occur.Must, _silent(Query.term_query(schema, "fact_year", wanted.year))))
    if wanted.kinds:
        must.append((Occur.Must, _silent(_one_of(schema, "fact_kind", wanted.kinds))))
    if not must:
        must.append((Occur.Must, _silent(Query.term_query(schema, "type", FACT))))
    return Query.boolean_query(must)


def document(schema: Any, snapshot: str) -> Any:
    """The document itself, without its facts."""
    return _all(schema, snapshot=_sent(snapshot), type=DOCUMENT)


def fact(schema: Any, place: FactPlace) -> Any:
    """The fact at this place, and others of its kind that begin there."""
    return _all(schema, snapshot=place.snapshot, fact_kind=place.kind, start=place.start)


def titles(schema: Any, typed: str) -> Any:
    """Documents whose title holds what was typed, folded, or whose initials do; two characters at least."""
    within = [(Occur.Should, _all_of(schema, "title", bigrams(typed)))]
    if typed.isascii():
        begin = _all_of(schema, "initials", bigrams(START + typed))
        within += [(Occur.Should, _all_of(schema, "initials", bigrams(typed)))]
        within += [(Occur.Should, Query.boost_query(begin, _BEGIN_BOOST))]
    return Query.boolean_query(within)


def held(schema: Any, field: str, term: str) -> Any:
    """Entries whose field literally holds the folded term."""
    if len(term) == 1:
        return Query.regex_query(schema, field, f"{re.escape(term)}.")
    return _phrase(schema, field, term)


def _phrase(schema: Any, field: str, term: str) -> Any:
    """Every pair, though every second one would do (绍兴市区 is 绍兴 and, two on, 市区): one that runs across
    two words is rare, and the engine looks at positions only where the rarest pairs are."""
    pairs = bigrams(term)
    if len(pairs) == 1:
        return Query.term_query(schema, field, pairs[0])
    return Query.phrase_query(schema, field, [*pairs])


def _any(schema: Any, field: str, spellings: Sequence[str]) -> Any:
    if len(spellings) == 1:
        return held(schema, field, spellings[0])
    return Query.boolean_query([(Occur.Should, held(schema, field, one)) for one in spellings])


def _in_title(schema: Any, term: str) -> Any:
    pairs = bigrams(term)[:_TITLE_WORDS]
    return Query.boost_query(_all_of(schema, "title", pairs), _TITLE_BOOST) if pairs else Query.empty_query()


def _all_of(schema: Any, field: str, words: Sequence[str]) -> Any:
    found = [Query.term_query(schema, field, word, index_option="basic") for word in dict.fromkeys(words)]
    return found[0] if len(found) == 1 else Query.boolean_query([(Occur.Must, query) for query in found])


def _all(schema: Any, **values: Any) -> Any:
    each = [Query.term_query(schema, name, value, index_option="basic") for name, value in values.items()]
    return _silent(Query.boolean_query([(Occur.Must, one) for one in each]))


def _passing(schema: Any, filters: Filters) -> list[Any]:
    found = [
        Query.term_query(schema, name, v) for name in _ALL_OF for v in map(_sent, getattr(filters, name))
    ]
    found += [_one_of(schema, name, values) for name in _ANY_OF if (values := getattr(filters, name))]
    if filters.since or filters.until:
        found.append(Query.range_query(schema, "day", FieldType.Integer, filters.since, filters.until))
    return found


def _one_of(schema: Any, field: str, values: Sequence[str]) -> Any:
    return Query.boolean_query([(Occur.Should, Query.term_query(schema, field, _sent(v))) for v in values])


def _silent(query: Any) -> Any:
    """It decides what is found and says nothing about the order."""
    return Query.const_score_query(query, 0.0)


def _sent(text: str) -> str:
    """Without lone surrogates, which no UTF-8 can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")
