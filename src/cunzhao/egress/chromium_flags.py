"""Flags that leave Chromium no way but the gate. Seen with Chromium 156 under strace.

Without them it sends STUN packets to whatever a page names, mDNS to the local network, names to the system's
resolver, and goes straight to loopback. With them every connection ends at the gate; what remains are
`connect` calls on UDP sockets over which nothing is sent (Chromium asks the routing table so whether there is
IPv6, and which local address it would have).
"""

from __future__ import annotations


def chromium_flags(gate_address: tuple[str, int]) -> list[str]:
    """Command line flags for a Chromium whose every connection must go through the gate at this address.

    The credential is not among them: it is given when the gate asks (407), for each browser context under
    its own label; a context with a proxy setting of its own needs the bypass rule `<-loopback>` again. What
    is not about the network (headless, sandbox, profile) is left to the caller. None is a
    `--disable-features`, of which only the last on a command line counts.
    """
    host, port = gate_address
    return [
        f"--proxy-server=http://{host}:{port}",
        # Without it Chromium goes round the proxy for loopback and link-local hosts.
        "--proxy-bypass-list=<-loopback>",
        # Chromium resolves no name itself: none for dns-prefetch, none over HTTPS, none in mDNS. A proxy
        # leaves it no need to, and what still connects without one finds no address.
        f"--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE {host}",
        # UDP does not go through a proxy like ours: no HTTP/3, and WebRTC by way of the proxy or not at all.
        "--disable-quic",
        "--webrtc-ip-handling-policy=disable_non_proxied_udp",
        "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",  # its name in earlier builds
        # What Chromium fetches on its own account: updates, lists, reports, sync.
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-domain-reliability",
        "--disable-sync",
        "--disable-default-apps",
        "--no-first-run",
        "--no-pings",
    ]
