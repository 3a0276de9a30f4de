"""The address rule, trick by trick and by its laws."""

import ipaddress
from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cunzhao.egress.addresses import is_allowed, judge, literal, read_allow, read_ipv4
from cunzhao.errors import SettingWrong

REFUSED = [
    ("127.0.0.1", "loopback"),
    ("127.255.255.254", "loopback"),
    ("::1", "loopback"),
    ("0.0.0.0", "unspecified"),
    ("0.1.2.3", "unspecified"),
    ("::", "unspecified"),
    ("10.0.0.1", "private"),
    ("172.16.0.1", "private"),
    ("172.31.255.255", "private"),
    ("192.168.1.1", "private"),
    ("100.64.0.1", "shared"),  # CGNAT
    ("100.127.255.254", "shared"),
    ("169.254.1.1", "link-local"),
    ("fe80::1", "link-local"),
    ("fe80::1%eth0", "link-local"),
    ("febf::1", "link-local"),
    ("2400:3200::1%eth0", "link-local"),  # a zone makes it local
    ("fec0::1", "private"),  # site-local, deprecated
    ("fc00::1", "private"),
    ("fd12:3456:789a::1", "private"),
    ("169.254.169.254", "metadata"),  # AWS, GCP, Azure, OpenStack
    ("169.254.170.2", "metadata"),  # ECS task
    ("168.63.129.16", "metadata"),  # Azure, a public address by the registry
    ("100.100.100.200", "metadata"),  # Alibaba
    ("192.0.0.192", "metadata"),  # Oracle
    ("fd00:ec2::254", "metadata"),
    ("fd20:ce::254", "metadata"),
    ("::ffff:127.0.0.1", "loopback"),
    ("::ffff:7f00:1", "loopback"),
    ("::ffff:10.1.2.3", "private"),
    ("::ffff:168.63.129.16", "metadata"),
    ("::127.0.0.1", "loopback"),
    ("::a9fe:a9fe", "metadata"),
    ("::8.8.8.8", "reserved"),  # v4-compatible goes nowhere
    ("::ffff:0:127.0.0.1", "loopback"),  # SIIT
    ("64:ff9b::127.0.0.1", "loopback"),
    ("64:ff9b::a9fe:a9fe", "metadata"),
    ("64:ff9b::10.0.0.1", "private"),
    ("64:ff9b:1::10.0.0.1", "translation"),
    ("64:ff9b:1:fffe::8.8.8.8", "translation"),
    ("2002:7f00:1::", "loopback"),
    ("2002:a9fe:a9fe::", "metadata"),
    ("2002:c0a8:101::1", "private"),
    ("2001:0:7f00:1::", "loopback"),  # Teredo server inside
    ("2001:0:808:808:0:0:f5ff:fffe", "private"),  # Teredo client 10.0.0.1, its bits turned
    ("2001:0:808:808::808:808", "reserved"),  # Teredo client 247.247.247.247
    ("2a00:1450::5efe:192.168.0.1", "private"),  # ISATAP
    ("2a00:1450::200:5efe:127.0.0.1", "loopback"),
    ("224.0.0.1", "multicast"),
    ("239.255.255.250", "multicast"),
    ("ff02::1", "multicast"),
    ("255.255.255.255", "reserved"),
    ("240.0.0.1", "reserved"),
    ("192.0.0.8", "reserved"),
    ("192.0.2.1", "documentation"),
    ("198.51.100.7", "documentation"),
    ("203.0.113.9", "documentation"),
    ("2001:db8::1", "documentation"),
    ("3fff::1", "documentation"),
    ("198.18.0.1", "benchmarking"),
    ("192.88.99.1", "reserved"),
    ("3ffe::1", "reserved"),
    ("2001:10::1", "reserved"),
    ("4000::1", "reserved"),
    ("100::1", "reserved"),
    ("localhost", "not-an-address"),
    ("", "not-an-address"),
    ("1.2.3.4/8", "not-an-address"),
]


@pytest.mark.parametrize(("address", "why"), REFUSED)
def test_an_address_that_is_not_public_is_refused_by_name(address: str, why: str):
    assert judge(address) == why


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "114.114.114.114", "223.5.5.5", "172.32.0.1", "100.128.0.1", "2400:3200::1", "2a00:1450::1",
     "64:ff9b::8.8.8.8", "2002:808:808::1", "::ffff:8.8.8.8"],
)  # fmt: skip
def test_a_public_address_is_let_through(address: str):
    assert judge(address) == ""


def forms(v4: int) -> list[IPv6Address]:
    return [
        IPv6Address(0xFFFF << 32 | v4),
        IPv6Address(0x0064FF9B << 96 | v4),
        IPv6Address(0x2002 << 112 | v4 << 80 | 7),
        IPv6Address(0x20010000 << 96 | 0x08080808 << 64 | (~v4 & 0xFFFFFFFF)),
        IPv6Address(0x2A001450 << 96 | 0x5EFE << 32 | v4),
    ]


@given(st.integers(0, 2**32 - 1))
def test_a_v4_address_refused_bare_is_refused_in_every_disguise(v4: int):
    bare = judge(str(IPv4Address(v4)))
    judged = [judge(str(form)) for form in forms(v4)]
    if bare:
        assert all(judged)
    else:
        mapped, nat64, six_to_four, teredo, _ = judged
        assert (mapped, nat64, six_to_four) == ("", "", "")
        assert teredo


@given(st.integers(0, 2**32 - 1).map(IPv4Address))
def test_what_python_calls_not_global_is_never_let_through(address: IPv4Address):
    if not address.is_global:
        assert judge(str(address))


@given(st.integers(0, 2**128 - 1).map(IPv6Address))
def test_no_ipv6_address_outside_global_unicast_is_let_through(address: IPv6Address):
    if judge(str(address)) == "":
        assert (
            address in ipaddress.ip_network("2000::/3")
            or address.ipv4_mapped
            or int(address) >> 96 == 0x64FF9B
        )


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("2130706433", "127.0.0.1"),
        ("0177.0.0.1", "127.0.0.1"),
        ("0x7f.1", "127.0.0.1"),
        ("0x7f000001", "127.0.0.1"),
        ("017700000001", "127.0.0.1"),
        ("127.1", "127.0.0.1"),
        ("127.0.1", "127.0.0.1"),
        ("127.0.0.1.", "127.0.0.1"),
        ("0", "0.0.0.0"),
        ("0x", "0.0.0.0"),
        ("192.168.257", "192.168.1.1"),
        ("8.8.8.8", "8.8.8.8"),
        ("www.gov.cn", None),
        ("localhost", None),
        ("1.2.3.4.cn", None),
        ("0x7f.com", None),
        ("12306.cn", None),
    ],
)
def test_numeric_hosts_are_read_as_browsers_read_them(host: str, address: str | None):
    assert read_ipv4(host) == (IPv4Address(address) if address else None)


@pytest.mark.parametrize("host", ["256.1.1.1", "1.2.3.4.5", "09.1", "4294967296", "1..1", "1.2.3.256", ".1"])
def test_what_can_only_be_an_address_and_is_none_is_an_error(host: str):
    with pytest.raises(ValueError):
        read_ipv4(host)


def test_brackets_of_an_ipv6_host_are_taken_off():
    assert literal("[::1]") == IPv6Address("::1")


@given(st.integers(0, 2**32 - 1))
def test_every_spelling_of_an_address_is_read_alike(n: int):
    dotted = IPv4Address(n)
    octets = dotted.packed
    spellings = [str(n), hex(n), "0" + oct(n)[2:], ".".join(hex(o) for o in octets)]
    spellings += [f"{octets[0]}.{n & 0xFFFFFF}", f"{octets[0]}.{octets[1]}.{n & 0xFFFF}"]
    assert {read_ipv4(s) for s in spellings} == {dotted}


ALLOW = read_allow(["127.0.0.1", "Intranet.Example:8099", "[::1]:80", "fd00::5", "政务.cn"])


@pytest.mark.parametrize(
    ("host", "port", "allowed"),
    [
        ("127.0.0.1", 1, True),
        ("127.0.0.2", 1, False),
        ("localhost", 80, False),  # as written: the name was not named
        ("intranet.example", 8099, True),
        ("INTRANET.EXAMPLE.", 8099, True),
        ("intranet.example", 80, False),
        ("sub.intranet.example", 8099, False),
        ("::1", 80, True),
        ("[::1]", 80, True),
        ("[0:0::1]", 80, True),
        ("::1", 81, False),
        ("fd00::5", 443, True),
        ("xn--zfr164b.cn", 80, True),
    ],
)
def test_the_allow_list_names_hosts_as_they_are_written(host: str, port: int, allowed: bool):
    assert is_allowed(host, port, ALLOW) is allowed


@pytest.mark.parametrize(
    "entry", ["http://a.cn", "10.0.0.0/8", "*.gov.cn", "a.cn:0", "a.cn:99999", "a b", "[::1", ":80", ""]
)
def test_an_entry_that_is_no_host_is_an_error_of_the_settings(entry: str):
    with pytest.raises(SettingWrong):
        read_allow([entry])
