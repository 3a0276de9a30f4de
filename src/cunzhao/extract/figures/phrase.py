"""The noun phrase beside a quantity: what is cut off before, behind and after it.

The words cut off are data (`lexicon/indicator_*.txt`); here stand the frames that are no list of words:
`受…影响`, `由…的`, `比…`, `每…`. Dates are replaced by MARK before, so that they can stand anywhere.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from cunzhao.extract.figures.heads import is_agent, is_whole
from cunzhao.extract.figures.qualify import CHANGE, STATED
from cunzhao.extract.figures.verbs import a_deed, manner, only_verbs, signs_of, tree_of, verb_behind
from cunzhao.extract.lexicons import any_of, denominators, guarded

MARK = "◇"
_TIMELY = "的◇时前后初在底末间来份起期旬"  # what a time before the quantity ends with
_LONGEST = 24  # of the noun phrases behind a quantity
_TRIES = 3  # verbs that a phrase may be taken to end with
_ROUNDS = 12  # more layers than a clause has
_SINCE = re.compile(r"(?:由|从|(?<!来)自)[^，由从自]{0,10}(?:的|◇|时|前|后|初|目前|现在)$")
_DATED = re.compile(
    r"(?:◇|目前|现在|当前|如今)(?:底|末|初|时|前|后|期间|以来|份|起|同期|[上中下]旬)?的?$|[时前后]的$"
)
_TURNED = re.compile(
    r"(?:增[加长]?|[上提攀回]?升|提高?|[下]?降低?|减少?|上?涨|跌|扩[大展充容张]?|缩[小短减]?|收[窄缩]|拓[展宽]?|延[长伸]"
    r"|压[缩减]|调整?|拉[长近]|回落|发展|转变?|变化?|改善?|跨越?|迈|推[进高]|跃|回|掉|滑落?|跌落?|落|蹿|飙升?|冲|做|干|攀|壮大|集聚|恢复|种|养|卖|存)(?:到|至|为|成)$"
)
_AGAINST = re.compile(
    r"(?:(?<![占对环同评相])比(?![重例值率])|(?<![比计])较)[^，]{1,18}$"
    r"|(?:环比|同比|相比)[^，]{1,10}$|(?:与|同(?![类期])|跟|和)(?:[^，]{1,14}(?:相比|比较)|◇|上年|去年|全[国省市])[^，]{0,8}$"
)
_UNLIKE = re.compile(
    r"(?:(?<![占对环同评相])比|较)[^，]{1,14}(?:[多少高低快慢大小长短贵省]|便宜|划算)出?了?$"
)
_ADDED = re.compile(
    r"(?:比|较|与[^，]{1,10}相比)[^，]{0,14}(?:[多少][投收支卖产种养花缴用]|新增|净增|多增|少增|增产|减产)$"
)
_BESIDE = re.compile(r"(?:对照|对比|离|距离?|相较于?|相当于)[^，]{2,16}的$")  # 对照邻县的8502元
_FARTHER = re.compile(
    r"(?:增速|增幅|涨幅|降幅|增长率)?(?:分别)?(?:(?:高|低|快|慢|多|少|好|优)(?:出|于)|领先|落后(?![^，]*(?:企业|产能|设备|工艺|装备|机组)$)|超出|不及|不如)[^，]{1,16}$"
)
_AMONG = re.compile(r"(?<=[一-龥]{2})(?<![集高初其])中(?:的|仍|还|尚)?$")
_YEARS = re.compile(r"(?:[近前后]|过去|连续)?[一二两三四五六七八九十]{1,3}(?:个月|年)(?:间|来|以来|累计)?$")
_BECAUSE = re.compile(r"(?<=[一-龥]{2})(?:因(?![素此])|由于|受(?![理益教众惠训灾]))[^，]{2,14}$")
_LIMIT = re.compile(r"(?:[一二三五十百千]{0,2}[亿万]元|规模)以[上下]")
_BY_WHOM = re.compile(r"(?:项目|工程)?由[^，由]{2,14}?(?=(?:共同|联合|单独|独家)?(?:出资|投资))")  # 由甲|出资
_FRAME = re.compile(
    r"(?:受(?![理益教众惠训灾])|因(?!素)|由于|随着|通过|根据|依据|按照?|剔除|扣除|经(?![济营费适贸常停])"
    r"|在(?![建册校岗职线编园库途营产外手读])|从(?![业事严])|对(?![外口接])|对于|除了?(?![尘险权])|针对|围绕|聚焦|依托)"
    r"[^，]{1,20}?(?:影响下?|推动下?|带动下?|拉动下?|来?看|[划区]?分(?=$|[，◇])|计算|核算|测算|折算|统计|口径|因素后?"
    r"|基础上|情况下|条件下|前提下|方面|期间|之后|以后|后(?!备)|以来|时(?![间代尚速])|(?<![以之])上(?![市海网线报升年半涨调])"
    r"|(?<![以之])下(?![降游属岗辖一半年跌滑调])|中(?![国心小学间央部医型高级外]))"
)
_OF_CLAUSE = re.compile(r"(?:具有|拥有|持有|从事|参加|享受|纳入|列入|符合|承接)[^，的]{2,14}的(?=[一-龥]{2})")
_DOES = re.compile(r"(?<=[业司构位场行区门统户港])(?:累计|共|已)?(?:完成|实现|创造|取得)(?=[一-龥]{2})")
_QUOTED = re.compile(r"“([一-龥])”")  # 每年“吃”进15万吨
_AFTER = re.compile(
    r"每[百千万]?(?:平方公里|[万千百]?[人户亩辆])(?:就?[有达](?!效)|拥有)|[^，]{0,8}?(?:达产|满产|投产|建成|建好|投用|投运|竣工|完工|投入运营|启用)(?:之|以)?后"
)
_TOWARDS = re.compile(  # 损耗率|就往上走, 引桥|已经向海里伸出去
    r"(?:就|便|已经?|再|还|又|想)*(?:向|往|朝)[一-龥]{1,3}?(?:走|涨|拱|伸|推进|延伸|移|挪|降|提|退|铺|掘进|迁|跳|蹿|攀)(?:出去|过去|上去|下去|出|了)?了?$"
)
_RESTATES = re.compile(  # 折合|318亿美元, 每亩能收|3.5吨
    r"(?:折合|合|折|相当于|等于|合计|共计|总计|于|出|稳定|保持|维持|控制|变为|转为|成为|至)$"
    r"|[每一](?:亩|吨|公?斤|头|只|株|棵|人|户|家|套|台|件|单)"
)
_ERA = re.compile(r"[一-龥]{2,6}(?:(?<![售产课术灾背])后|前)")  # 停伐前
_THEN = re.compile(
    r"^.*[一-龥]{2}(?:(?<!成)就(?![业医诊读学近地餐])|(?<![冷退])却)(?=[一-龥]{2,}$)"
)  # 一个村就|分红
_ACTS = re.compile(
    r"(?<=[一-龥]{2})(?:[一-龥][着了]|一字|[分排站围编]成?[一二两三四五六几][班组批排队路圈列]|[一每][年天月季亩斤]|家家|户户(?!均)|人人(?!均))(?![一-龥]{0,4}的)"
)  # 塔吊|亮着灯
_SOME = re.compile(
    r"[全我本两三四五六七八九十][省市县区州地](?!级)|[一二两三四五六七八九十]{1,2}年(?!制|义务)(?:间|来|年均)?(?=[一-龥])"
)


_SIGN = re.compile(r"[^一-龥A-Za-z0-9“”《》·.]|中(?=，)|[0-9]{1,4}[年月日]")
_OWN_KIND = re.compile(r"(?<![市县省])[市县省](?!域|场|属|政|直|级)")
_LEADS = "◇0123456789每距超全我本一二两三四五六七八九十"
_GOODS = "地瓜菇笋长宽深厚钱税粮油煤电水气棉糖猪牛羊鸡鱼茶果菜"


@cache
def _one() -> str:
    of = rf"(?:{any_of(denominators())}|[碗单趟袋瓶]|载重吨|批次|批)"
    return rf"(?:每[0-9]{{0,6}}[百千万亿]?|(?<![第统万专单唯之不])一){of}"


@cache
def _per() -> re.Pattern[str]:
    return re.compile(f"{_one()}(?:{_one()})?")


@cache
def _each() -> re.Pattern[str]:
    """Per what: `铜价|每吨`, `标准提高到|每人每月`."""
    return re.compile(rf"(?<=[一-龥◇])(?:为|按|达|有)?(?:平均)?{_one()}(?:{_one()})?(?:{a_deed()})*+$")


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(
        r"[^一-龥A-Za-z0-9“《◇]|◇(?:底|末|初|前|后|起|份|以来|期间|时|[上中下]旬)?|[0-9]{1,2}[.、]|每[天日年月]|"
        rf"(?:距离?|超过)(?=◇)|{_SOME.pattern}|{guarded('indicator_lead.txt')}"
    )


@cache
def _trail() -> re.Pattern[str]:
    return re.compile(
        rf"(?:[，、；：“”（）的了]|[0-9]{{1,2}}月末?|[一二三四]季度末?|每[天日年月]|{guarded('indicator_trail.txt')})$"
    )


@cache
def _stop() -> re.Pattern[str]:
    return re.compile(tree_of("indicator_stop.txt"))


def _without_verb(stem: str) -> str:
    """`海铁联运班列开行` -> `海铁联运班列`, `牛肉面一天能卖` -> `牛肉面`: a verb behind a whole phrase,
    or one with a word of how it is done."""
    stem = _TOWARDS.sub("", stem) if "向" in stem or "往" in stem or "朝" in stem else stem
    verb = verb_behind(stem)
    for _ in range(_TRIES):
        if not verb or not verb.start():
            break
        rest = _cut_end(stem[: verb.start()], compared=False)
        goes = len(verb[0]) == 2 and verb[0][-1] in "掉去出进回"  # 柴油|吃掉38万元
        how = (len(rest) > 1 or rest in _GOODS) and (goes or manner().match(verb[0]))
        if rest and not how and len(verb[0]) > 1 and is_agent(rest):  # 上津镇|接待62万人次
            break
        if rest and (how or is_whole(rest)):
            return rest
        verb = verb_behind(stem, verb.start() + 1)  # 地租|就占
    return stem


def ends_with_verb(left: str) -> bool:
    """`平湖跟上海交界一共有|58.6公里边界线`: what is measured stands behind."""
    left = _each().sub("", STATED.sub("", left).removesuffix("了"))
    return bool(verb_behind(left))


def deed_of(left: str) -> str:
    """`全年预计交付` -> `交付`, `它一天能收` -> `一天能收`: the verb before a quantity."""
    done = verb_behind(STATED.sub("", left))
    if not done or _RESTATES.search(done[0]):
        return ""
    verb = manner().sub("", done[0].removesuffix("了"))
    if verb in ("有", "是", "为", "达", "共", "到", "占"):
        return ""
    return verb if len(verb) > 1 else done[0].lstrip("的了")


def says_nothing(stem: str) -> bool:
    """Only verbs and adverbs: `净增`, `新建`, `折合`."""
    return (
        (len(stem) == 1 and stem not in _GOODS)
        or bool(_ERA.fullmatch(stem) or _per().fullmatch(stem))
        or only_verbs(stem)
    )


def without_trail(phrase: str) -> str:
    """`出口额预计` -> `出口额`: one word less at its end."""
    may = phrase[-1:] in "，、；：“”（）的了月末度天日年" or phrase[-1:] in signs_of(
        "indicator_trail.txt", -1
    )
    return _trail().sub("", phrase) if may else phrase


def without_deed(noun: str) -> str:
    """`邻居|凑了`, `工人|分成`: a noun behind a quantity without what it does."""
    acted = _ACTS.search(noun)
    noun = noun[: acted.start()] if acted else noun
    done = verb_behind(noun)
    return noun[: done.start()] if done and done.start() > 1 else noun


def up_to_stop(right: str) -> str:
    """The noun phrase that the words right of a quantity begin with, or an empty string."""
    bound = _LIMIT.match(right)  # 26个|千万元以上技改项目
    begin = bound.end() if bound else 0
    sign = _SIGN.search(right, begin, _LONGEST)
    stop = _stop().search(right, begin, min(sign.end() if sign else _LONGEST, _LONGEST) + 4)
    end = min(m.start() if m else _LONGEST for m in (sign, stop))
    noun = right[:end].strip("“”的")
    return _AMONG.sub("", noun)


@lru_cache(maxsize=16)  # the same clause is asked for its noun from both sides
def find_stem(names: tuple[str, ...], left: str, *, compared: bool = False) -> str:
    """The noun phrase at the end of the left clause, or an empty string. `names` are the areas the sentence
    names, the longest first; `compared`: the quantity is a distance, `比…` and `高于…` name nothing."""
    stem = _QUOTED.sub(r"\1", left) if "”" in left else left.replace("“", "")
    stem = _cut_end(stem, compared)
    then = _THEN.sub("", stem) if "就" in stem or "却" in stem else stem
    stem = stem if only_verbs(then) else then
    stem = "" if stem.startswith(("因为", "由于")) else stem
    stem = _BY_WHOM.sub("", stem) if "由" in stem else stem
    stem = _cut_start(names, _BECAUSE.sub("", _DOES.sub("", _OF_CLAUSE.sub("", stem))))
    stem = _without_verb(_cut_end(_without_area(names, stem), compared))
    stem = stem.replace(MARK, "").strip("\0")
    return stem if stem.count("“") == stem.count("”") == 1 else stem.strip("“”")


def _cut_end(stem: str, compared: bool) -> str:
    for _ in range(_ROUNDS):
        cut = stem
        cut = STATED.sub("", _TURNED.sub("", cut) if cut[-1:] in "到至为成" else cut)
        if cut != stem and cut[-1:] in "到至":  # 增速掉到了
            stem = cut
            continue
        if cut[-1:] in _TIMELY:
            timeless = _BESIDE.sub("", _DATED.sub("", _SINCE.sub("", cut)))
            if timeless != cut:
                stem = timeless
                continue
        if "比" in cut or "较" in cut:
            cut = _UNLIKE.sub("", _ADDED.sub("", cut))
        cut = _FARTHER.sub("", cut)
        grown = CHANGE.sub("", cut)
        if grown != cut or compared:
            grown = _AGAINST.sub("", grown)
        grown = _each().sub("", grown) if "每" in grown or "一" in grown else grown
        cut = without_trail(_YEARS.sub("", grown) if grown[-1:] in "年月间来计" else grown)
        if cut == stem:
            break
        stem = cut
    return stem


def _cut_start(names: tuple[str, ...], stem: str) -> str:
    for _ in range(_ROUNDS):
        area = next(filter(stem.startswith, names), "") if stem.startswith(names) else ""
        short = area and len(stem) == len(area) + 1  # 清远鸡
        if short or stem.startswith(("至", "到", "—", "-"), len(area)):  # 成都至绵阳高铁
            area = ""
        frame = _FRAME.match(stem)
        first = stem[:1]
        may = first in _LEADS or first in signs_of("indicator_lead.txt", 0) or not first.isalnum()
        match = _lead().match(stem) if may else None
        done = _AFTER.match(stem) if "后" in stem or stem[:1] == "每" else None
        if area and _OWN_KIND.match(
            stem, len(area)
        ):  # 衢州|市银行业…: the full name may be that of another body
            area = stem[: len(area) + 1]
        length = len(area) or max(m.end() if m else 0 for m in (frame, done)) or (match.end() if match else 0)
        if not length:
            break
        stem = stem[length:]
    return stem


def _without_area(names: tuple[str, ...], stem: str) -> str:
    """`高新技术企业合肥` -> `高新技术企业`; `跨海大桥连接宁波` stays."""
    if not stem.endswith(names):
        return stem
    area = next(filter(stem.endswith, names))
    rest = stem[: len(stem) - len(area)]
    if rest.endswith("的"):  # 扬子江对岸的滁州
        return ""
    return rest if not rest or (is_whole(rest) and not rest.endswith("距离")) else stem
